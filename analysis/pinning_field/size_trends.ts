/** How the shapes and the prediction change with the size of the network, at a fixed ratio d/h. */
import { clusterName } from "../displacements/cluster_names.ts";
import { regions } from "../displacements/displacement_clusters.ts";
import { frozenChange } from "../report/thresholds.ts";
import type { PinningFieldSectionData } from "./pinning_field_measurement.ts";
import { matrices } from "../derivatives/weight_vector.ts";

/** One quantity over networks of growing size. */
export interface SizeTrend {
  /** What it is, in words. */
  readonly quantity: string;
  /** A value with its error for each network, by growing d. */
  readonly points: readonly {
    /** d. */
    readonly features: number;
    readonly value: number;
    readonly error: number;
    /** What the sum over overlaps alone would have, or null where it says nothing. */
    readonly theory: number | null;
  }[];
  /** The value of a Gaussian, or null for quantities that are no shape. */
  readonly gaussian: number | null;
}

/** A network of d features and what was measured on it. */
export interface SizedPinningField {
  /** d. */
  readonly features: number;
  /** Its key `pinningField`. */
  readonly data: PinningFieldSectionData;
}

function isFrozen({ classes, unfinished: { continuation: { changes } } }: PinningFieldSectionData): boolean {
  const edges = classes.reduce((sum, { pairs }) => sum + pairs, 0);
  return changes.created + changes.pruned + changes.flipped <= frozenChange * edges;
}

/**
 * Trends of the kurtosis of field and displacements, each corner pair in units of its type, and of the correlation of the
 * prediction with the weights after continued training. See {@linkcode analysePinningField}.
 *
 * @param networks any number, in any order; those whose S has not frozen are left out
 * @returns trends whose points ascend in size, with jackknife errors over features
 */
export function sizeTrends(networks: readonly SizedPinningField[]): SizeTrend[] {
  const sorted = networks.filter(({ data }) => isFrozen(data)).toSorted((a, b) => a.features - b.features);
  const trend = (
    quantity: string,
    gaussian: number | null,
    measure: (data: PinningFieldSectionData) => { value: number; error: number; theory?: number } | undefined,
  ): SizeTrend => ({
    quantity,
    gaussian,
    points: sorted.flatMap(({ features, data }) => {
      const measured = measure(data);
      return measured === undefined ? [] : [{ features, theory: null, ...measured }];
    }),
  });
  const kurtosis = (shape: { excessKurtosis: number; excessKurtosisError: number } | undefined) =>
    shape && { value: shape.excessKurtosis, error: shape.excessKurtosisError };
  return matrices.flatMap((matrix) => [
    trend(`excess kurtosis of the field, ${clusterName(matrix, "centre")}`, 0, ({ clusters, overlapSums }) => {
      const measured = kurtosis(clusters.field[`${matrix}, centre`]);
      return measured && { ...measured, theory: overlapSums.excessKurtosis };
    }),
    trend(
      `excess kurtosis of the field, ${clusterName(matrix, "corner")}`,
      0,
      ({ clusters }) => kurtosis(clusters.field[`${matrix}, corner`]),
    ),
    trend(
      `excess kurtosis, ${clusterName(matrix, "centre")}, one scale`,
      0,
      ({ shapes }) => kurtosis(shapes.learned.centre[matrix].standardised),
    ),
    trend(
      `excess kurtosis, ${clusterName(matrix, "corner")}, by types`,
      0,
      ({ shapes }) => kurtosis(shapes.learned.corner[matrix].at(-1)?.pooled),
    ),
    trend(
      `excess kurtosis, ${clusterName(matrix, "corner")}, predicted, by types`,
      0,
      ({ shapes }) => kurtosis(shapes.predicted.corner[matrix].at(-1)?.pooled),
    ),
    ...regions.map((region) =>
      trend(
        `correlation with continued weights, ${clusterName(matrix, region)}`,
        null,
        ({ unfinished: { continuation } }) => ({
          value: continuation.predicted[matrix][region].correlation,
          error: continuation.predictedError[matrix][region],
        }),
      )
    ),
  ]);
}
