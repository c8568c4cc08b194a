/** How the shapes and the prediction change with the size of the network, at a fixed ratio d/h. */
import { places } from "./displacement_clusters.ts";
import type { PinningFieldSectionData } from "./pinning_field_measurement.ts";
import { matrices } from "./weight_vector.ts";

/** One quantity over networks of growing size. */
export interface SizeTrend {
  readonly quantity: string;
  readonly points: readonly { readonly features: number; readonly value: number; readonly error: number }[];
  /** What the central limit theorem predicts for infinite size, or null where it says nothing. */
  readonly limit: number | null;
}

/** A network of d features and what was measured on it. */
export interface SizedPinningField {
  readonly features: number;
  readonly data: PinningFieldSectionData;
}

/**
 * Trends of the kurtosis of field and displacements, each corner pair in units of its type, and of the correlation of the
 * prediction with the settled weights.
 *
 * @param networks any number, in any order
 * @returns trends whose points ascend in size; kurtosis has jackknife errors, the correlation has Fisher's error
 */
export function sizeTrends(networks: readonly SizedPinningField[]): SizeTrend[] {
  const sorted = networks.toSorted((a, b) => a.features - b.features);
  const trend = (
    quantity: string,
    limit: number | null,
    measure: (data: PinningFieldSectionData) => { value: number; error: number } | undefined,
  ): SizeTrend => ({
    quantity,
    limit,
    points: sorted.flatMap(({ features, data }) => {
      const measured = measure(data);
      return measured === undefined ? [] : [{ features, ...measured }];
    }),
  });
  const kurtosis = (shape: { excessKurtosis: number; excessKurtosisError: number } | undefined) =>
    shape && { value: shape.excessKurtosis, error: shape.excessKurtosisError };
  return matrices.flatMap((matrix) => [
    ...places.map((place) =>
      trend(
        `excess kurtosis of the field, ${matrix}, ${place}`,
        0,
        ({ clusters }) => kurtosis(clusters.field[`${matrix}, ${place}`]),
      )
    ),
    trend(
      `excess kurtosis, ${matrix}, centre, one scale`,
      0,
      ({ shapes }) => kurtosis(shapes.learned.centre[matrix].standardised),
    ),
    trend(
      `excess kurtosis, ${matrix}, corner, by types`,
      0,
      ({ shapes }) => kurtosis(shapes.learned.corner[matrix].at(-1)?.pooled),
    ),
    trend(
      `excess kurtosis, ${matrix}, corner, predicted, by types`,
      0,
      ({ shapes }) => kurtosis(shapes.predicted.corner[matrix].at(-1)?.pooled),
    ),
    ...places.map((place) =>
      trend(`correlation of the prediction, ${matrix}, ${place}`, null, ({ unfinished }) => {
        const { correlation, pairs } = unfinished.continuation.settled[matrix][place];
        return { value: correlation, error: (1 - correlation ** 2) / Math.sqrt(Math.max(1, pairs - 3)) };
      })
    ),
  ]);
}
