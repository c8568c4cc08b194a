/** How many nodes have each degree, and how many pairs of nodes each overlap, beside random graphs: whole distributions. */
import * as d3 from "d3-array";
import { randomStream } from "../../models/random.ts";
import { fixedDegreeSigns, iidSigns } from "./null_models.ts";
import type { Incidence, SignMatrix } from "../signs/sign_matrix.ts";

/** How often each whole number occurs under a null model. */
export interface NullCounts {
  /** As tables and figures name the null model. */
  readonly name: string;
  /** Mean over draws of how often 0, 1, 2, … occurs. */
  readonly mean: readonly number[];
  /** Spread over draws. */
  readonly sd: readonly number[];
}

/** How often each whole number occurs in S and under null models. */
export interface CountsUnderNulls {
  /** How often 0, 1, 2, … occurs. */
  readonly observed: readonly number[];
  /** The same counts under each null model. */
  readonly nulls: readonly NullCounts[];
}

/** Distributions for either side of the bipartite graph. */
export interface BothSides {
  /** Of the features, or of pairs of them. */
  readonly features: CountsUnderNulls;
  /** Of the neurons, or of pairs of them. */
  readonly neurons: CountsUnderNulls;
}

/** The graph of S, counted. */
export interface GraphCounts {
  /** Draws of each null model. */
  readonly draws: number;
  /** Nodes by their number of neighbours, against iid entries with as many nonzeros. */
  readonly degrees: BothSides;
  /** Pairs of nodes by the number of neighbours they share, against iid entries and against S's own degrees rewired. */
  readonly overlaps: BothSides;
}

/** Counts of one graph: a row for each number that a node or a pair can have. */
type Histograms = Readonly<Record<"degrees" | "overlaps", Readonly<Record<"features" | "neurons", number[]>>>>;

/**
 * Counts degrees and overlaps of S and of draws of the null models; 1.5 s at d = 3072, h = 1024 and 4,000 nonzeros.
 * See {@linkcode randomGraphTests}.
 *
 * @param signs S
 * @param options draws of each null model and the seed
 */
export function graphCounts(signs: SignMatrix, { draws = 100, seed = 0 } = {}): GraphCounts {
  const observed = histograms(signs);
  const sample = (name: string, draw: (random: ReturnType<typeof randomStream>) => SignMatrix) => {
    const random = randomStream(seed, "graph counts", name);
    return { name, graphs: Array.from({ length: draws }, () => histograms(draw(random))) };
  };
  const iid = sample("independent entries", (random) => iidSigns(signs, random));
  const fixed = sample("the same degrees", (random) => fixedDegreeSigns(signs, random));
  const compare = (what: keyof Histograms, side: keyof BothSides, samples: readonly (typeof iid)[]) => ({
    observed: observed[what][side],
    nulls: samples.map(({ name, graphs }) => ({ name, ...moments(graphs.map((graph) => graph[what][side])) })),
  });
  const both = (what: keyof Histograms, samples: readonly (typeof iid)[]) => ({
    features: compare(what, "features", samples),
    neurons: compare(what, "neurons", samples),
  });
  return { draws, degrees: both("degrees", [iid]), overlaps: both("overlaps", [iid, fixed]) };
}

function histograms(signs: SignMatrix): Histograms {
  const { byFeature, byNeuron, featureDegrees, neuronDegrees } = signs;
  return {
    degrees: { features: histogram(featureDegrees), neurons: histogram(neuronDegrees) },
    overlaps: {
      features: overlapHistogram(byFeature, byNeuron),
      neurons: overlapHistogram(byNeuron, byFeature),
    },
  };
}

/** How often 0, 1, 2, … occurs. */
function histogram(values: ArrayLike<number>): number[] {
  const counts: number[] = [];
  for (let index = 0; index < values.length; index++) add(counts, values[index], 1);
  return counts;
}

/** How many pairs of nodes on one side share 0, 1, 2, … neighbours; see `pairOverlaps` for the walk. */
function overlapHistogram(from: Incidence, back: Incidence): number[] {
  const nodes = from.start.length - 1;
  const shared = new Int32Array(nodes);
  const touched = new Int32Array(nodes);
  const counts: number[] = [];
  let sharing = 0;
  for (let node = 0; node < nodes; node++) {
    let count = 0;
    for (let edge = from.start[node]; edge < from.start[node + 1]; edge++) {
      const neighbour = from.indices[edge];
      for (let step = back.start[neighbour]; back.indices[step] < node; step++) {
        const other = back.indices[step];
        if (shared[other]++ === 0) touched[count++] = other;
      }
    }
    for (let index = 0; index < count; index++) {
      add(counts, shared[touched[index]], 1);
      shared[touched[index]] = 0;
    }
    sharing += count;
  }
  add(counts, 0, nodes * (nodes - 1) / 2 - sharing);
  return counts;
}

function add(counts: number[], value: number, amount: number): void {
  while (counts.length <= value) counts.push(0);
  counts[value] += amount;
}

function moments(samples: readonly (readonly number[])[]): { mean: number[]; sd: number[] } {
  const length = d3.max(samples, (sample) => sample.length)!;
  const values = Array.from({ length }, (_, value) => samples.map((sample) => sample[value] ?? 0));
  return { mean: values.map((counts) => d3.mean(counts)!), sd: values.map((counts) => d3.deviation(counts) ?? 0) };
}
