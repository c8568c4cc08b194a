/** Features put together by what they have in common. */
import { mean, range } from "d3-array";
import { featureProperties, type FeatureType } from "../../models/data/typed/feature_types.ts";
import { featureChances, type TypedOptions } from "../../models/data/typed/typed.ts";

/** Features that are alike: those of a type or, where a quantity of the type falls with the rank, of some ranks of it. */
export interface FeatureGroup {
  /** The name of the type, with the ranks if they are not all. */
  readonly name: string;
  /** Index of the type. */
  readonly type: number;
  /** The first of the features. */
  readonly first: number;
  /** How many they are, one after another. */
  readonly features: number;
  /** Mean chance to be on. */
  readonly chance: number;
  /** Mean weight of an error in the output. */
  readonly importance: number;
  /** Mean x* where they are on. */
  readonly amplitude: number;
  /** σ² of the noise on them. */
  readonly noiseVariance: number;
}

/** Groups of a type whose features differ: as many equal steps of the logarithm of the rank. */
const rankGroups = 6;

/** The groups of features of a task with types, in the order of the features. */
export function featureGroups(features: number, task: TypedOptions): FeatureGroup[] {
  const properties = featureProperties(features, task);
  const chances = featureChances(features, task);
  return task.types.flatMap((type, index) => {
    const first = properties.type.indexOf(index);
    const count = properties.type.lastIndexOf(index) + 1 - first;
    const over = (values: Float64Array, from: number, to: number) => mean(values.subarray(first + from, first + to))!;
    return (fallsWithRank(type) ? rankSteps(count) : [[0, count] as const]).map(([from, to]): FeatureGroup => ({
      name: nameOf(type, index) + (to - from === count ? "" : `, ranks ${from + 1}–${to}`),
      type: index,
      first: first + from,
      features: to - from,
      chance: over(chances, from, to),
      importance: over(properties.importance, from, to),
      amplitude: over(properties.amplitude, from, to),
      noiseVariance: properties.noiseVariance[first],
    }));
  });
}

function nameOf({ name }: FeatureType, index: number): string {
  return name ?? `type ${index + 1}`;
}

function fallsWithRank({ importance, frequency, amplitude }: FeatureType): boolean {
  return [importance, frequency, amplitude].some((quantity) => typeof quantity === "object" && quantity.exponent > 0);
}

/** From where to where the ranks of each group go, counted from 0. */
function rankSteps(count: number): (readonly [number, number])[] {
  const end = (step: number) => Math.round((count + 1) ** (step / rankGroups)) - 1;
  return range(rankGroups).map((step) => [end(step), end(step + 1)] as const).filter(([from, to]) => to > from);
}
