/** The groups of displacements whose shapes two charts show. */
import { matrices } from "../../../analysis/derivatives/weight_vector.ts";
import { regions } from "../../../analysis/displacements/displacement_clusters.ts";
import type { PinningFieldSectionData } from "../../../analysis/pinning_field/pinning_field_measurement.ts";
import type { Material } from "../../render/figure_material.ts";
import { displacementGroups } from "../../transforms/displacement_groups.ts";

/** Displacements of one cluster or type, or what the prediction leaves of them. */
export interface ResidualGroup {
  /** "encoder, centre" and the like. */
  readonly name: string;
  /** The displacements, in units of the weights. */
  readonly values: ArrayLike<number>;
  /** Their mean. */
  readonly mean: number;
  /** Their spread. */
  readonly sd: number;
  /** Third standardised moment. */
  readonly skewness: number;
  /** Fourth standardised moment, less the three of a Gaussian. */
  readonly excessKurtosis: number;
  /** p value of the Kolmogorov–Smirnov test against the Gaussian of this mean and spread. */
  readonly ksPValue: number;
  /** Spread of the displacements that theory predicts for the same weights, where it does. */
  readonly predictedSpread?: number;
}

/** Groups of at least so many values have a shape that a figure can show. */
const leastShown = 200;
/** More panels of displacements would not be looked at. */
const mostGroups = 8;

/** The largest groups of a run, and what the prediction leaves of the sampled displacements. */
export function residualGroups({ weights, signs, analysis }: Material): ResidualGroup[] | undefined {
  const { residuals, pinningField } = analysis;
  if (!residuals) return undefined;
  const values = displacementGroups(weights, signs);
  const predictedSpreads = Object.fromEntries(
    matrices.flatMap((matrix) =>
      regions.map((region) => [`${matrix}, ${region}`, pinningField?.[matrix][region].predictedSpread])
    ),
  );
  const learned = Object.entries(residuals)
    .filter(([name, { count }]) => count >= leastShown && values.has(name))
    .slice(0, mostGroups)
    .map(([name, shape]) => ({ name, values: values.get(name)!, predictedSpread: predictedSpreads[name], ...shape }));
  return pinningField ? [...learned, ...leftGroups(pinningField)] : learned;
}

function leftGroups({ sample, clusters }: PinningFieldSectionData): ResidualGroup[] {
  return matrices.flatMap((matrix) =>
    regions.flatMap((region) => {
      const { predicted, learned } = sample[matrix][region];
      const shape = clusters.left[`${matrix}, ${region}`];
      if (shape === undefined || learned.length < leastShown) return [];
      const values = learned.map((value, index) => value - predicted[index]);
      return [{ ...shape, name: `${matrix}, ${region}, left by the prediction`, values }];
    })
  );
}
