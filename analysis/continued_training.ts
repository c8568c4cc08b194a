/** What changes when a training goes on: which edges of S still turn over, and how the prediction fares then. */
import { type Agreement, agreementOf } from "./agreement.ts";
import { type ByCluster, byCluster, foldedValues } from "./displacement_clusters.ts";
import type { PinningField } from "./pinning_field.ts";
import type { SignMatrix } from "./sign_matrix.ts";
import { addScaled, type WeightVector } from "./weight_vector.ts";

/** A run against its own continuation. */
export interface ContinuedTraining {
  /** Zeros of S that became nonzeros, and nonzeros that became zeros. */
  readonly born: number;
  readonly died: number;
  /** The displacements at the end of the run, as a prediction of those after its continuation. */
  readonly movement: ByCluster<Agreement>;
  /** The prediction from S against the continuation, and the same for the pairs whose sign has stayed. */
  readonly agreement: ByCluster<Agreement>;
  readonly agreementWhereSignsStay: ByCluster<Agreement>;
}

/**
 * Holds a prediction that was made from the signs of a run against the weights after more training.
 *
 * @param prediction of the run
 * @param signs S of the run, which the prediction was made from
 * @param continued the weights after more training at a decaying learning rate
 * @param continuedSigns their signs
 */
export function continuedTraining(
  { ideal, learned, predicted }: PinningField,
  signs: SignMatrix,
  continued: WeightVector,
  continuedSigns: SignMatrix,
): ContinuedTraining {
  const after = addScaled(continued, -1, ideal);
  const [start, forecast, end] = [learned, predicted, after].map((vector) => foldedValues(vector, signs));
  let born = 0;
  let died = 0;
  const stayed = signs.signs.map((sign, pair) => {
    const now = continuedSigns.signs[pair];
    if (sign === 0 && now !== 0) born++;
    if (sign !== 0 && now === 0) died++;
    return sign === now ? 1 : 0;
  });
  // The same folding as of the values, so that places correspond.
  const mask = foldedValues({ encoder: Float32Array.from(stayed), decoder: Float32Array.from(stayed) }, signs);
  return {
    born,
    died,
    movement: byCluster((matrix, place) => agreementOf(start[matrix][place], end[matrix][place])),
    agreement: byCluster((matrix, place) => agreementOf(forecast[matrix][place], end[matrix][place])),
    agreementWhereSignsStay: byCluster((matrix, place) => {
      const stays = (_: number, index: number) => mask[matrix][place][index] !== 0;
      return agreementOf(forecast[matrix][place].filter(stays), end[matrix][place].filter(stays));
    }),
  };
}
