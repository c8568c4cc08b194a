/**
 * The learned weights of a denoiser, as everything after training sees them.
 *
 * Both matrices are held feature-major, so that one index names one pair: entry
 * `i * hidden + j` belongs to feature i and neuron j in either array. The shapes of
 * PyTorch (`encoder.weight` [h, d]) exist on disk only; see `models/run/run_weights.ts`.
 */
export interface Weights {
  /** Number of features, d. */
  readonly features: number;
  /** Number of neurons, h. */
  readonly hidden: number;
  /** E[j, i] at `i * hidden + j`; length d·h. */
  readonly encoder: Float32Array;
  /** D[i, j] at `i * hidden + j`; length d·h. */
  readonly decoder: Float32Array;
}

/** The parameters of any network by name, entry by entry as the network shapes them. */
export type ParameterArrays = Readonly<Record<string, Float32Array>>;
