import type { Config } from "../../models/experiment/config.ts";
import { significant, withError } from "../report/number_text.ts";
import { isDead } from "./dead_network.ts";
import type { LossData } from "./held_out.ts";

/** Says of a dead network that it is, and what to change. */
export function lossWarnings(data: LossData, { optimizer, imported }: Config): string[] {
  if (!isDead(data)) return [];
  const { heldOut: { objective, standardError }, zeroNetwork } = data;
  const remedy = imported === undefined
    ? `lower optimizer.learningRate (${optimizer.learningRate}), task.noiseVariance or loss.decoderRidge, or raise training.steps`
    : "say which activation, task and loss the weights were trained with";
  return [
    `The network is dead: its held-out objective, ${withError(objective, standardError)}, is no better than the ` +
    `${significant(zeroNetwork!.objective, 4)} of a network that returns zero; ${remedy}.`,
  ];
}
