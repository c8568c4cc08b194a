import type { SignMatrix } from "../../analysis/signs/sign_matrix.ts";
import type { Weights } from "../../models/network/weights.ts";
import type { CornerPairs } from "../charts/displacements/corner_types.ts";

/** The pairs at the nonzeros of S, both corners folded onto the upper right by their sign, with their features' degrees. */
export function cornerPairs({ encoder, decoder, hidden }: Weights, matrix: SignMatrix): CornerPairs {
  const featureDegrees = matrix.featureDegrees;
  const pairs = Array.from(matrix.entries.keys()).filter((pair) => matrix.entries[pair] !== 0);
  return {
    encoder: Float32Array.from(pairs, (pair) => encoder[pair] * matrix.entries[pair]),
    decoder: Float32Array.from(pairs, (pair) => decoder[pair] * matrix.entries[pair]),
    degree: Int32Array.from(pairs, (pair) => featureDegrees[Math.floor(pair / hidden)]),
  };
}
