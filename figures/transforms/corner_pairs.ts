import { degrees, signAdjacency, type SignMatrix } from "../../analysis/signs/sign_matrix.ts";
import type { Weights } from "../../models/network/weights.ts";
import type { CornerPairs } from "../charts/displacements/corner_types.ts";

/** The pairs at the nonzeros of S, both corners folded onto the upper right by their sign, with their features' degrees. */
export function cornerPairs({ encoder, decoder, hidden }: Weights, matrix: SignMatrix): CornerPairs {
  const featureDegrees = degrees(signAdjacency(matrix).byFeature);
  const pairs = Array.from(matrix.signs.keys()).filter((pair) => matrix.signs[pair] !== 0);
  return {
    encoder: Float32Array.from(pairs, (pair) => encoder[pair] * matrix.signs[pair]),
    decoder: Float32Array.from(pairs, (pair) => decoder[pair] * matrix.signs[pair]),
    degree: Int32Array.from(pairs, (pair) => featureDegrees[Math.floor(pair / hidden)]),
  };
}
