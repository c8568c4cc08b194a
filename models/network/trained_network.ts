import type { Config } from "../experiment/config.ts";
import type { MetricsRow } from "../run/metrics.ts";
import type { ParameterArrays, Weights } from "./network_weights.ts";

/** A network after its training, as everything that measures and draws takes it. */
export interface TrainedNetwork {
  /** How it was trained. */
  readonly config: Config;
  /** The two matrices. Of a network with others it is an error to ask for them. */
  readonly weights: Weights;
  /** Every parameter by name. @default those two */
  readonly parameters?: ParameterArrays;
  /** The log of the training, a row for every ten steps. */
  readonly metrics: readonly MetricsRow[];
}
