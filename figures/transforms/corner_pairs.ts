import type { SignMatrix } from "../../analysis/signs/sign_matrix.ts";
import type { Weights } from "../../models/network/network_weights.ts";

/** The pairs in the corner clusters, both corners folded onto the upper right by their sign. */
export interface CornerPairs {
  /** E[j, i]·S[i, j]. */
  readonly encoder: ArrayLike<number>;
  /** D[i, j]·S[i, j], in the same order. */
  readonly decoder: ArrayLike<number>;
  /** How many neurons the pair's feature sits on. */
  readonly degree: ArrayLike<number>;
}

/** The pairs at the nonzeros of S, both corners folded onto the upper right by their sign, with their features' degrees. */
export function cornerPairs({ encoder, decoder, hidden }: Weights, signs: SignMatrix): CornerPairs {
  const featureDegrees = signs.featureDegrees;
  const pairs = Array.from(signs.entries.keys()).filter((pair) => signs.entries[pair] !== 0);
  return {
    encoder: Float32Array.from(pairs, (pair) => encoder[pair] * signs.entries[pair]),
    decoder: Float32Array.from(pairs, (pair) => decoder[pair] * signs.entries[pair]),
    degree: Int32Array.from(pairs, (pair) => featureDegrees[Math.floor(pair / hidden)]),
  };
}
