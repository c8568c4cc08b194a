/** Features of several types: what a type says, and what follows for each feature. */
import { z } from "zod";
import type { Schema } from "../../options_schema.ts";

/** A number for all features of a type, or one that falls with the feature's rank r = 1, 2, … as first · r^(−exponent). */
export type Quantity = number | {
  /** The number of the first feature. */
  readonly first: number;
  /** 0 or more; 1 is Zipf's law. */
  readonly exponent: number;
};

/** What the features of one type have in common. */
export interface FeatureType {
  /** What it is called in tables and figures. @default its number */
  readonly name?: string;
  /** Its share of the features, relative to the other types'. @default 1 */
  readonly share: number;
  /** Weight of an error in the feature's output. @default 1 */
  readonly importance: Quantity;
  /** Chance to be on, relative to the other features'. @default 1 */
  readonly frequency: Quantity;
  /** x* of the feature where it is on. @default 1 */
  readonly amplitude: Quantity;
  /** σ² of the noise on the feature's coordinate. @default `task.noiseVariance` */
  readonly noiseVariance?: number;
}

/** The properties of each feature, d numbers each. */
export interface FeatureProperties {
  /** Index of its type. */
  readonly type: Int32Array;
  /** Weight of an error in its output. */
  readonly importance: Float64Array;
  /** Chance to be on, relative to the others'. */
  readonly frequency: Float64Array;
  /** x* where it is on. */
  readonly amplitude: Float64Array;
  /** σ² of the noise on it. */
  readonly noiseVariance: Float64Array;
}

const positive = z.number().positive();
const quantity: Schema<Quantity> = z.union([
  positive,
  z.strictObject({ first: positive.default(1), exponent: z.number().min(0).max(4) }),
]);

/** Checks the types of an experiment. */
export const featureTypes: Schema<readonly FeatureType[]> = z.array(z.strictObject({
  name: z.string().regex(/^[\w -]{1,24}$/, "must be 1 to 24 letters, digits, spaces and dashes").optional(),
  share: positive.default(1),
  importance: quantity.default(1),
  frequency: quantity.default(1),
  amplitude: quantity.default(1),
  noiseVariance: z.number().nonnegative().optional(),
})).min(1);

/** How many features each type has: its share of d, rounded so that they add up to d. */
export function featuresByType(features: number, types: readonly Pick<FeatureType, "share">[]): number[] {
  const total = types.reduce((sum, { share }) => sum + share, 0);
  let [shares, given] = [0, 0];
  return types.map(({ share }) => {
    shares += share;
    const before = given;
    given = Math.round(features * shares / total);
    return given - before;
  });
}

/**
 * The properties of every feature. The types stand one after another in the order of their list.
 *
 * @param features d
 * @param task the types, and the σ² of those that say none
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { featureProperties } from "./feature_types.ts";
 * const plain = { share: 1, importance: 1, frequency: 1, amplitude: 1 };
 * const rare = { ...plain, frequency: { first: 1, exponent: 1 } };
 * const { frequency } = featureProperties(4, { types: [plain, rare], noiseVariance: 0.005 });
 * assertEquals([...frequency], [1, 1, 1, 0.5]);
 * ```
 */
export function featureProperties(
  features: number,
  { types, noiseVariance }: { readonly types: readonly FeatureType[]; readonly noiseVariance: number },
): FeatureProperties {
  const counts = featuresByType(features, types);
  const each = (value: (type: FeatureType, rank: number) => number) =>
    types.flatMap((type, index) => Array.from({ length: counts[index] }, (_, place) => value(type, place + 1)));
  const quantities = (key: "importance" | "frequency" | "amplitude") =>
    Float64Array.from(each((type, rank) => atRank(type[key], rank)));
  return {
    type: Int32Array.from(each((type) => types.indexOf(type))),
    importance: quantities("importance"),
    frequency: quantities("frequency"),
    amplitude: quantities("amplitude"),
    noiseVariance: Float64Array.from(each((type) => type.noiseVariance ?? noiseVariance)),
  };
}

function atRank(quantity: Quantity, rank: number): number {
  return typeof quantity === "number" ? quantity : quantity.first * rank ** -quantity.exponent;
}
