/** What the strata of a blob are: how much of where its pairs lie is said by whole numbers that S gives each pair. */
import * as d3 from "d3-array";
import { type RandomStream, shuffle } from "../../models/random.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { compareWithNull, type ComparisonWithNull } from "../statistics/null_comparison.ts";

/** What pairs are grouped by. */
export type StratumProperty =
  /** Pairs of the cloud of the same feature. */
  | "featureDegree"
  /** Pairs of the cloud on the same neuron. */
  | "neuronDegree"
  /** Rectangles of three pairs of the cloud that the pair closes. */
  | "rectangles";

/** How far the groups of one property are apart in one blob. */
export interface Stratification {
  /** What the pairs are grouped by. */
  readonly property: StratumProperty;
  /** η²: the share of the variance of E that lies between groups; in the null model the groups are dealt out anew. */
  readonly encoder: ComparisonWithNull;
  /** The same of D. */
  readonly decoder: ComparisonWithNull;
  /** The groups with at least ten pairs, ascending. */
  readonly groups: readonly StratumGroup[];
}

/** The pairs of a blob with one value of a property. */
export interface StratumGroup {
  /** The value. */
  readonly value: number;
  /** How many pairs. */
  readonly pairs: number;
  /** Mean E. */
  readonly encoder: number;
  /** Mean D. */
  readonly decoder: number;
}

const draws = 200;
const smallestGroup = 10;

/** Measures the strata of a blob of some pairs (i·h + j) by each property. */
export function strataOf(
  { encoder, decoder }: { readonly encoder: Float32Array; readonly decoder: Float32Array },
  { hidden, featureDegrees, neuronDegrees }: Pick<SignMatrix, "hidden" | "featureDegrees" | "neuronDegrees">,
  walks: ArrayLike<number>,
  blob: Int32Array,
  random: RandomStream,
): Stratification[] {
  const values: Record<StratumProperty, (pair: number) => number> = {
    featureDegree: (pair) => featureDegrees[Math.floor(pair / hidden)],
    neuronDegree: (pair) => neuronDegrees[pair % hidden],
    rectangles: (pair) => walks[pair],
  };
  const [e, d] = [encoder, decoder].map((matrix) => Float64Array.from(blob, (pair) => matrix[pair]));
  return Object.entries(values).map(([property, valueOf]) => {
    const labels = Int32Array.from(blob, valueOf);
    const observed = [e, d].map((weights) => shareBetween(weights, labels));
    const shuffled = labels.slice();
    const drawn = d3.range(draws).map(() => {
      shuffle(shuffled, random);
      return [e, d].map((weights) => shareBetween(weights, shuffled));
    });
    const beside = (matrix: 0 | 1) => compareWithNull(observed[matrix], drawn.map((shares) => shares[matrix]));
    const groups = d3.groups(d3.range(blob.length), (index) => labels[index])
      .filter(([, members]) => members.length >= smallestGroup)
      .sort(([a], [b]) => a - b);
    return {
      property: property as StratumProperty,
      encoder: beside(0),
      decoder: beside(1),
      groups: groups.map(([value, members]) => ({
        value,
        pairs: members.length,
        encoder: d3.mean(members, (index) => e[index])!,
        decoder: d3.mean(members, (index) => d[index])!,
      })),
    };
  });
}

/** η² of values in groups; 0 where they do not vary. */
function shareBetween(values: Float64Array, labels: Int32Array): number {
  const mean = d3.mean(values) ?? 0;
  const sums = new Map<number, { count: number; sum: number }>();
  let total = 0;
  values.forEach((value, index) => {
    const group = sums.get(labels[index]) ?? { count: 0, sum: 0 };
    sums.set(labels[index], { count: group.count + 1, sum: group.sum + value - mean });
    total += (value - mean) ** 2;
  });
  return total === 0 ? 0 : d3.sum(sums.values(), ({ count, sum }) => sum ** 2 / count) / total;
}
