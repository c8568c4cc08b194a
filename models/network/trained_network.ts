import type { Config } from "../experiment/config.ts";
import type { MetricsRow } from "../run/metrics.ts";
import type { Weights } from "./weights.ts";

/** A network after its training, as everything that measures and draws takes it. */
export interface TrainedNetwork {
  /** How it was trained. */
  readonly config: Config;
  /** The two matrices. */
  readonly weights: Weights;
  /** The log of the training, a row for every ten steps. */
  readonly metrics: readonly MetricsRow[];
}
