/** The learned network beside networks that were built by hand. */
import { isSignEnergyKnown } from "../ground_state/ground_state.ts";
import type { Section } from "../report/section.ts";
import { buildByHand, type HandBuilt, handBuiltCost } from "./hand_built.ts";
import { handBuiltSchema } from "./hand_built_schema.ts";
import { handBuiltText } from "./hand_built_text.ts";
import { handBuiltVerdicts } from "./hand_built_verdicts.ts";

/** Sparse signs drawn by hand with their optimal decoders; null where the energy of an S is not known. */
export const handBuiltSection: Section<HandBuilt | null> = {
  title: "Built by hand",
  schema: handBuiltSchema,
  analyse({ config, weights, signs, device, report }) {
    if (!isSignEnergyKnown(config)) return null;
    return buildByHand(config, { weights, signs }, { seed: config.training.seed, device, report });
  },
  trainingSteps: () => handBuiltCost.energies * handBuiltCost.stepsPerEnergy,
  summarise: (data, { model }) =>
    data === null ? "Known for the rebalanced loss on 2-hot samples and odd φ." : handBuiltText(data, model.hidden),
  verdicts: (data) => data === null ? [] : handBuiltVerdicts(data),
};
