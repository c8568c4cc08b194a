/** The claims that the frozen signs speak to. */
import type { Config } from "../../models/experiment/config.ts";
import { percent } from "../report/number_text.ts";
import type { Verdict } from "../report/section.ts";
import { oneSignPurity } from "../report/thresholds.ts";
import type { SignStructure } from "./signs.ts";

/** Without superposition: one feature a neuron. With it: one sign a neuron. */
export function signsVerdicts(data: SignStructure, { model, loss }: Config): Verdict[] {
  return model.hidden > model.features ? [oneFeatureANeuron(data)] : [rowSign(data, loss)];
}

function oneFeatureANeuron({ neuronDegrees }: SignStructure): Verdict {
  const serving = neuronDegrees.reduce((sum, count) => sum + count, 0);
  const several = neuronDegrees.slice(2).reduce((sum, count) => sum + count, 0);
  return {
    claim: "Without superposition each neuron serves at most one feature.",
    measured: `${several} of ${serving} neurons (${percent(several / serving)}) serve two features or more`,
    against: "none",
    partOf: [3],
    verdict: several === 0 ? "supported" : "not supported",
  };
}

function rowSign({ rowSignPurity }: SignStructure, loss: Config["loss"]): Verdict {
  const { value, nullMean, nullSd } = rowSignPurity;
  return {
    claim: "The nonzeros of a neuron share one sign (footnote).",
    measured: `${percent(value)} carry the majority sign of their neuron`,
    against: `100 % if they share it; ${percent(nullMean)} ± ${percent(nullSd)} if signs are fair coins`,
    // The study says it of the rebalanced loss; the signs of GeLU with the softmax loss are another matter.
    partOf: loss.name === "rebalanced" ? [4] : [],
    verdict: value > oneSignPurity ? "supported" : "not supported",
  };
}
