/** The corner clusters split into types: what decides where in its corner a pair lies. */
import { type Gaussianity, gaussianity } from "../statistics/gaussianity.ts";
import { holmAdjusted } from "../statistics/multiple_testing.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";

/** A rule that puts the pairs of the corners into types. */
export interface Splitting {
  /** What decides the type. */
  readonly name: "one type" | "feature degree" | "feature and neuron degree";
  /** The type of each pair, as a name. */
  readonly typeOf: readonly string[];
}

/** The pairs of one type. */
export interface CornerType extends Gaussianity {
  /** Its name, one of `Splitting.typeOf`. */
  readonly type: string;
}

/** What is left of a cluster's shape when each type has its own mean and spread. */
export interface SplitCorner {
  /** What decides the type. */
  readonly name: Splitting["name"];
  /** Fraction of the variance that lies between the types. */
  readonly explained: number;
  /** The types with at least `leastTypePairs` pairs. */
  readonly types: readonly CornerType[];
  /** How many of these types are compatible with a Gaussian: Anderson–Darling, Holm's correction at 1 %. */
  readonly gaussian: number;
  /** All pairs of these types together, each in units of its type's spread from its type's mean. */
  readonly pooled: Gaussianity;
}

/** Types with fewer pairs have no shape to speak of. */
export const leastTypePairs = 50;

/** Finer and finer splittings of the corner pairs, each knowing S alone. */
export function cornerSplittings(signs: SignMatrix, pairs: Int32Array): Splitting[] {
  const { hidden, featureDegrees, neuronDegrees } = signs;
  const degreeOf = (pair: number) => featureDegrees[Math.floor(pair / hidden)];
  return [
    { name: "one type", typeOf: Array.from(pairs, () => "all") },
    { name: "feature degree", typeOf: Array.from(pairs, (pair) => `${degreeOf(pair)}`) },
    {
      name: "feature and neuron degree",
      typeOf: Array.from(pairs, (pair) => `${degreeOf(pair)}, ${neuronDegrees[pair % hidden]}`),
    },
  ];
}

/**
 * Splits the values of a corner into types.
 *
 * @param values folded values, one for each of `pairs`
 * @param pairs i·h + j
 * @param splitting from `cornerSplittings` on the same pairs
 * @returns null where no type has enough pairs that vary
 */
export function splitCorner(
  values: Float32Array,
  pairs: Int32Array,
  { name, typeOf }: Splitting,
  hidden: number,
): SplitCorner | null {
  const groups = [...Map.groupBy(typeOf.keys(), (index) => typeOf[index])];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const total = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  let between = 0;
  for (const [, indices] of groups) {
    const own = indices.reduce((sum, index) => sum + values[index], 0) / indices.length;
    between += indices.length * (own - mean) ** 2;
  }
  const large = groups.filter(([, indices]) =>
    indices.length >= leastTypePairs && indices.some((index) => values[index] !== values[indices[0]])
  );
  if (large.length === 0) return null;
  const blockOf = (indices: readonly number[]) => indices.map((index) => Math.floor(pairs[index] / hidden));
  const types = large
    .map(([type, indices]) => ({ type, ...gaussianity(indices.map((index) => values[index]), blockOf(indices)) }))
    .sort((a, b) => b.count - a.count);
  const standard = large.flatMap(([type, indices]) => {
    const { mean, sd: spread } = types.find((candidate) => candidate.type === type)!;
    return indices.map((index) => (values[index] - mean) / spread);
  });
  return {
    name,
    explained: total > 0 ? between / total : 0,
    types,
    gaussian: holmAdjusted(types.map((type) => type.andersonDarlingPValue)).filter((p) => p > 0.01).length,
    pooled: gaussianity(standard, blockOf(large.flatMap(([, indices]) => indices))),
  };
}
