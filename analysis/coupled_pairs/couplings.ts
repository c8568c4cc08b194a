/** Which pairs the pairs of a blob are coupled to: what their partners tell of which pairs are in it. */
import type { RandomStream } from "../../models/random.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { compareWithNull, type ComparisonWithNull } from "../statistics/null_comparison.ts";
import { type Kept, shuffledPairs } from "./pair_shuffles.ts";

/** The partners of pair (j, i) that may be coupled to it. */
export type Relation =
  /** Pairs of the cloud on the same neuron j. */
  | "cloudOfNeuron"
  /** Pairs of the cloud of the same feature i. */
  | "cloudOfFeature"
  /** Rectangles (j, q), (l, q), (l, i) of three pairs of the cloud that the pair closes. */
  | "cloudAroundRectangle"
  /** Pairs of the same blob on the same neuron. */
  | "blobOfNeuron"
  /** Pairs of the same blob of the same feature. */
  | "blobOfFeature";

/** What one kind of partner tells. */
export interface Coupling {
  /** Which partners are counted. */
  readonly relation: Relation;
  /** Partners of a pair of the blob on average. */
  readonly ofBlob: number;
  /** Partners of a zero of S that is not in the blob, on average. */
  readonly ofOthers: number;
  /** Mutual information, in bits, between "is in the blob" and the number of partners, over the zeros of S. */
  readonly bits: number;
  /** It as a share of the bits that say which zeros of S are in the blob. */
  readonly share: number;
  /** The bits beside shuffles of the blob that keep its number in each row, column, or both. */
  readonly nulls: Readonly<Record<Kept, ComparisonWithNull>>;
}

const draws = 200;

/** More partners than this count as this many. */
const most = 15;

/**
 * Measures all couplings of a blob.
 *
 * @param signs S, whose positive nonzeros are the cloud
 * @param walks for each pair how many rectangles of three pairs of the cloud it closes
 * @param blob zeros of S, i·h + j
 */
export function couplingsOf(
  signs: SignMatrix,
  walks: ArrayLike<number>,
  blob: Int32Array,
  randomOf: (kept: Kept) => RandomStream,
): Coupling[] {
  const { hidden, features, entries } = signs;
  const zeros = Array.from(entries.keys()).filter((pair) => entries[pair] <= 0);
  const ofLine = (pairs: Iterable<number>, side: "neuron" | "feature") => {
    const counts = new Int32Array(side === "neuron" ? hidden : features);
    const lineOf = side === "neuron" ? (pair: number) => pair % hidden : (pair: number) => Math.floor(pair / hidden);
    for (const pair of pairs) counts[lineOf(pair)]++;
    return { counts, lineOf };
  };
  const cloud = Array.from(entries.keys()).filter((pair) => entries[pair] > 0);
  const [cloudOfNeuron, cloudOfFeature] = [ofLine(cloud, "neuron"), ofLine(cloud, "feature")];
  const zerosOf = { neuron: ofLine(zeros, "neuron").counts, feature: ofLine(zeros, "feature").counts };
  const fixed: readonly (readonly [Relation, (pair: number) => number])[] = [
    ["cloudOfNeuron", (pair) => cloudOfNeuron.counts[pair % hidden]],
    ["cloudOfFeature", (pair) => cloudOfFeature.counts[Math.floor(pair / hidden)]],
    ["cloudAroundRectangle", (pair) => walks[pair]],
  ];
  const everywhere = fixed.map(([, partners]) => histogram(zeros, partners));
  const tablesOf = (set: Int32Array): Table[] => [
    ...fixed.map(([, partners], index) => ({ all: everywhere[index], inside: histogram(set, partners) })),
    ...(["neuron", "feature"] as const).map((side) => ofBlobItself(ofLine(set, side).counts, zerosOf[side])),
  ];
  const drawn = (kept: Kept) =>
    Array.from(shuffledPairs(signs, blob, kept, draws, randomOf(kept)), (set) => tablesOf(set).map(bitsOf));
  const nulls = { rows: drawn("rows"), columns: drawn("columns"), both: drawn("both") };
  const uncertainty = entropy([blob.length, zeros.length - blob.length]);
  const relations: readonly Relation[] = [...fixed.map(([relation]) => relation), "blobOfNeuron", "blobOfFeature"];
  return tablesOf(blob).map((table, index) => {
    const bits = bitsOf(table);
    const beside = (kept: Kept) => compareWithNull(bits, nulls[kept].map((draw) => draw[index]));
    return {
      relation: relations[index],
      ofBlob: meanOf(table.inside),
      ofOthers: meanOf(table.all.map((count, partners) => count - table.inside[partners])),
      bits,
      share: bits / uncertainty,
      nulls: { rows: beside("rows"), columns: beside("columns"), both: beside("both") },
    };
  });
}

/** How many zeros of S have 0, 1, 2 … partners, and how many of these are in the blob. */
interface Table {
  readonly all: Float64Array;
  readonly inside: Float64Array;
}

function histogram(pairs: ArrayLike<number>, partners: (pair: number) => number): Float64Array {
  const counts = new Float64Array(most + 1);
  for (let index = 0; index < pairs.length; index++) counts[Math.min(most, partners(pairs[index]))]++;
  return counts;
}

/** A pair of the blob does not count itself. */
function ofBlobItself(counts: Int32Array, zeros: Int32Array): Table {
  const table = { all: new Float64Array(most + 1), inside: new Float64Array(most + 1) };
  counts.forEach((count, line) => {
    if (count > 0) {
      table.inside[Math.min(most, count - 1)] += count;
      table.all[Math.min(most, count - 1)] += count;
    }
    table.all[Math.min(most, count)] += zeros[line] - count;
  });
  return table;
}

function bitsOf({ all, inside }: Table): number {
  const outside = all.map((count, partners) => count - inside[partners]);
  const [total, within] = [sumOf(all), sumOf(inside)];
  return Math.max(0, entropy(all) + entropy([within, total - within]) - entropy([...inside, ...outside]));
}

/** In bits. */
function entropy(counts: ArrayLike<number>): number {
  const total = sumOf(counts);
  let bits = 0;
  for (let index = 0; index < counts.length; index++) {
    if (counts[index] > 0) bits -= counts[index] / total * Math.log2(counts[index] / total);
  }
  return bits;
}

function sumOf(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < counts.length; index++) sum += counts[index];
  return sum;
}

function meanOf(counts: Float64Array): number {
  return counts.reduce((sum, count, partners) => sum + count * partners, 0) / sumOf(counts);
}
