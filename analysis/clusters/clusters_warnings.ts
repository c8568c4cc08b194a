import type { Config } from "../../models/experiment/config.ts";
import type { Clusters } from "./clusters.ts";

/** Says where no weight lies in a corner, and what to change. */
export function clustersWarnings({ threshold }: Clusters, { optimizer, training, imported }: Config): string[] {
  if (threshold !== null) return [];
  const remedy = imported === undefined
    ? `; lower optimizer.learningRate (${optimizer.learningRate}) or raise training.steps (${training.steps})`
    : "";
  return [
    "No weight lies in a corner: the weight pairs do not part into clusters, so that there are no signs S to study" +
    `${remedy}.`,
  ];
}
