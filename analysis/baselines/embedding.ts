/** How features lie in the hidden layer: the rows of the first matrix, for networks with and without axes of their own. */
import * as d3 from "d3-array";
import type { Config } from "../../models/experiment/config.ts";
import type { ParameterArrays } from "../../models/network/network_weights.ts";
import { type RandomStream, randomStream } from "../../models/random.ts";
import { parametersOf } from "../../models/training/training_state.ts";
import { findClusters } from "../clusters/clusters.ts";
import { compareWithNull, type ComparisonWithNull } from "../statistics/null_comparison.ts";
import { excessKurtosis, median } from "../statistics/moments.ts";

/** The vectors of the features, one after another. */
export interface Embedding {
  /** d. */
  readonly features: number;
  /** h. */
  readonly dimensions: number;
  /** W feature-major, [d, h]. */
  readonly vectors: Float32Array;
}

/** Where the features of a plane point. */
export interface PlaneAngles {
  /** Each feature's vector. */
  readonly vectors: readonly (readonly [x: number, y: number])[];
  /** Degrees between neighbours, of those features that are represented, all the way around. */
  readonly gaps: readonly number[];
  /** 360° over their number. */
  readonly expected: number;
  /** Root mean square of the gaps less what is expected, degrees; the null is as many random directions. */
  readonly deviation: ComparisonWithNull;
}

/** Whether the entries of W tell its axes from others. */
export interface AxisTests {
  /** Excess kurtosis of the entries, beside the same vectors in randomly rotated axes. */
  readonly kurtosis: ComparisonWithNull;
  /** Clusters of the entries away from zero, by the tool that finds the corners of weight pairs. */
  readonly corners: number;
}

/** Key `embedding` of `analysis.json`. */
export interface EmbeddingData {
  /** h. */
  readonly dimensions: number;
  /** ‖W‖²_F. */
  readonly squaredNorm: number;
  /** Features whose squared length is at least half of the largest. */
  readonly represented: number;
  /**
   * The share of a dimension that each feature has: |W_i|² / Σ_j (Ŵ_i·W_j)², 1 for a feature that is orthogonal to all others.
   * (Elhage et al. 2022, "Toy Models of Superposition".)
   */
  readonly shares: readonly number[];
  /** Cosines between the first features, row by row. */
  readonly cosines: readonly (readonly number[])[];
  /** Null but in a plane. */
  readonly plane: PlaneAngles | null;
  /** Null where there are too few entries. */
  readonly axes: AxisTests | null;
}

/** Features of which all cosines are kept, for the figure. */
const SHOWN = 48;
/** Axes that are drawn at most in a random rotation. */
const MOST_AXES = 64;
const ROTATIONS = 50;
const DIRECTIONS = 2000;
/** Half of a standard normal's values are within this of 0. */
const NORMAL_QUARTILE = 0.6745;
/** Fewest dimensions for which entries are looked at. */
const FEWEST_DIMENSIONS = 8;

/** The first matrix of a network, which has a row for every feature. */
export function embeddingOf({ model }: Pick<Config, "model">, parameters: ParameterArrays): Embedding {
  const [[name, { shape: [features, dimensions] }]] = Object.entries(parametersOf({ model }));
  return { features, dimensions, vectors: parameters[name] };
}

/**
 * Measures an embedding.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { measureEmbedding } from "./embedding.ts";
 * const opposite = { features: 2, dimensions: 2, vectors: Float32Array.of(1, 0, -1, 0) };
 * const { plane, shares } = measureEmbedding(opposite);
 * assertAlmostEquals(plane!.gaps[0], 180);
 * assertAlmostEquals(shares[0], 1 / 2);
 * ```
 */
export function measureEmbedding(embedding: Embedding, { seed = 0 } = {}): EmbeddingData {
  const { features, dimensions } = embedding;
  const lengths = Float64Array.from({ length: features }, (_, feature) => dot(embedding, feature, feature));
  const largest = d3.max(lengths)!;
  const isRepresented = (feature: number) => lengths[feature] >= largest / 2;
  const shares = d3.range(features).map((feature) => {
    const length = lengths[feature];
    if (length === 0) return 0;
    return length ** 2 / d3.sum(d3.range(features), (other) => dot(embedding, feature, other) ** 2);
  });
  const shown = d3.range(Math.min(features, SHOWN));
  const represented = d3.range(features).filter(isRepresented);
  return {
    dimensions,
    squaredNorm: d3.sum(lengths),
    represented: represented.length,
    shares,
    cosines: shown.map((feature) =>
      shown.map((other) => dot(embedding, feature, other) / (Math.sqrt(lengths[feature] * lengths[other]) || 1))
    ),
    plane: dimensions === 2 && represented.length > 1 ? planeAngles(embedding, represented, seed) : null,
    axes: dimensions < FEWEST_DIMENSIONS ? null : axisTests(embedding, seed),
  };
}

function dot({ dimensions, vectors }: Embedding, feature: number, other: number): number {
  let sum = 0;
  for (let axis = 0; axis < dimensions; axis++) {
    sum += vectors[feature * dimensions + axis] * vectors[other * dimensions + axis];
  }
  return sum;
}

function planeAngles({ features, vectors }: Embedding, represented: readonly number[], seed: number): PlaneAngles {
  const angles = represented.map((feature) => Math.atan2(vectors[2 * feature + 1], vectors[2 * feature]));
  const gaps = gapsOf(angles);
  const expected = 360 / angles.length;
  const deviationOf = (gaps: readonly number[]) => Math.sqrt(d3.mean(gaps, (gap) => (gap - expected) ** 2)!);
  const { uniform } = randomStream(seed, "embedding", "directions");
  const draws = d3.range(DIRECTIONS).map(() => deviationOf(gapsOf(angles.map(() => 2 * Math.PI * uniform()))));
  return {
    vectors: d3.range(features).map((feature) => [vectors[2 * feature], vectors[2 * feature + 1]]),
    gaps,
    expected,
    deviation: compareWithNull(deviationOf(gaps), draws),
  };
}

/** Degrees from each direction to the next, counter-clockwise. */
function gapsOf(angles: readonly number[]): number[] {
  const sorted = d3.sort(angles);
  const next = [...sorted.slice(1), sorted[0] + 2 * Math.PI];
  return sorted.map((angle, index) => (next[index] - angle) * 180 / Math.PI);
}

function axisTests(embedding: Embedding, seed: number): AxisTests {
  const { features, dimensions, vectors } = embedding;
  const random = randomStream(seed, "embedding", "rotations");
  const draws = d3.range(ROTATIONS).map(() => {
    const axes = orthonormal(dimensions, Math.min(dimensions, MOST_AXES), random);
    const entries = new Float32Array(features * axes.length);
    for (let feature = 0, entry = 0; feature < features; feature++) {
      const vector = vectors.subarray(feature * dimensions, (feature + 1) * dimensions);
      for (const axis of axes) entries[entry++] = innerProduct(vector, axis);
    }
    return excessKurtosis(entries);
  });
  // The tool is for points in a plane, and its threshold for their densities: each entry gets a random one beside it, as wide
  // as most entries are about 0.
  const width = median(vectors.map(Math.abs)) / NORMAL_QUARTILE;
  const beside = vectors.map(() => width * random.normal());
  const { centres } = findClusters({ features, hidden: dimensions, encoder: vectors, decoder: beside });
  return {
    kurtosis: compareWithNull(excessKurtosis(vectors), draws),
    corners: centres.filter(({ sign }) => sign !== 0).length,
  };
}

/** Random orthonormal vectors, by Gram and Schmidt. */
function orthonormal(dimensions: number, count: number, { normal }: RandomStream): Float64Array[] {
  const axes: Float64Array[] = [];
  while (axes.length < count) {
    const axis = Float64Array.from({ length: dimensions }, normal);
    for (const other of axes) {
      const share = innerProduct(axis, other);
      for (let index = 0; index < dimensions; index++) axis[index] -= share * other[index];
    }
    const length = Math.sqrt(innerProduct(axis, axis));
    axes.push(axis.map((value) => value / length));
  }
  return axes;
}

function innerProduct(a: Float32Array | Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < b.length; index++) sum += a[index] * b[index];
  return sum;
}
