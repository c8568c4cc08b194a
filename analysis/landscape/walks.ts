/**
 * Which neighbourhoods of S a displacement in the centre sums over.
 *
 * A zero of S joins a feature i to a neuron j that are no neighbours. The least that leads from one to the other is a walk of
 * three edges, i – j' – i' – j; summed with the signs of its edges it is the first order, (S Sᵀ S)_ij. Higher orders are longer walks,
 * and the same walks with factors of degrees or with a piece that is gone through twice.
 */
import { randomStream } from "../../models/random.ts";
import type { MatrixName, WeightVector } from "../derivatives/weight_vector.ts";
import { pairsByRegion } from "../displacements/displacement_clusters.ts";
import { leastSquares } from "../numerics/least_squares.ts";
import { neighbourhood } from "../pinning_field/local_theory.ts";
import { eachOverlap } from "../signs/overlaps.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";

/** Classes of walks, each added to those before it. */
export const walkClasses: readonly WalkClass[] = [
  "threeWalks",
  "dressed",
  "oneSigned",
  "repeated",
  "fiveWalks",
  "sevenWalks",
];

/** A class of walks: of three edges; with degrees on the way; signed at one end only; with overlaps squared and cubed; longer. */
export type WalkClass = "threeWalks" | "dressed" | "oneSigned" | "repeated" | "fiveWalks" | "sevenWalks";

/** R² of the sum over walks of a class and all classes before it, coefficients fitted to other features. */
export type WalkShares = Readonly<Record<WalkClass, number>>;

/** Columns over the zeros of S by class, in the order of `pairsByRegion`. */
export type WalkSums = Readonly<Record<WalkClass, readonly Float32Array[]>>;

/** Sums over the walks that lead to every zero of S. */
export function walkSums(signs: SignMatrix): WalkSums {
  const { hidden, entries, featureDegrees, neuronDegrees } = signs;
  const { centre } = pairsByRegion(signs);
  const { overlap, shared, collision, bias } = neighbourhood(signs);
  const dense = Float32Array.from(entries);
  // A: overlaps of features, C: overlaps of neurons, neither with itself.
  const leftOf = (x: Float32Array) => timesOverlaps(signs, x);
  const rightOf = (x: Float32Array) => timesNeuronOverlaps(signs, x);
  const three = leftOf(dense);
  const [left, right] = [leftOf(three), rightOf(three)];
  const ofFeature = (pair: number) => featureDegrees[Math.floor(pair / hidden)];
  const ofNeuron = (pair: number) => neuronDegrees[pair % hidden];
  const times = (x: Float32Array, factor: (pair: number) => number) => x.map((value, pair) => value * factor(pair));
  // Σ o_ii' n_i' s_i'j: the walk with the degree of the feature in between.
  const between = leftOf(times(dense, ofFeature));
  const betweenNeurons = rightOf(times(dense, ofNeuron));
  const squared = collisionCubes(signs);
  const column = (x: Float32Array) => Float32Array.from(centre, (pair) => x[pair]);
  const listed: Record<WalkClass, Float32Array[]> = {
    threeWalks: [overlap],
    dressed: [times(overlap, ofFeature), times(overlap, ofNeuron), between, betweenNeurons],
    oneSigned: [bias, shared, times(bias, ofFeature), times(bias, ofNeuron)],
    repeated: [collision, squared],
    fiveWalks: [left, right],
    sevenWalks: [leftOf(left), leftOf(right), rightOf(right)],
  };
  return Object.fromEntries(walkClasses.map((name) => [name, listed[name].map(column)])) as Record<
    WalkClass,
    Float32Array[]
  >;
}

/**
 * How much of the variance of values in the centre each class of walks explains, together with the classes before it: fitted on
 * half of the features, compared on the other half.
 */
export function walkShares(sums: WalkSums, vector: WeightVector, matrix: MatrixName, signs: SignMatrix): WalkShares {
  const { centre } = pairsByRegion(signs);
  const values = Float32Array.from(centre, (pair) => vector[matrix][pair]);
  const random = randomStream(0, "walks");
  const half = Uint8Array.from({ length: signs.features }, () => random.integer(2));
  const rows = [0, 1].map((side) =>
    Int32Array.from(centre.keys()).filter((row) => half[Math.floor(centre[row] / signs.hidden)] === side)
  );
  const columns: Float32Array[] = [];
  return Object.fromEntries(walkClasses.map((name) => {
    columns.push(...sums[name]);
    let [misses, squares] = [0, 0];
    rows.forEach((unseen, side) => {
      const fit = leastSquares(columns, values, rows[1 - side]);
      for (const row of unseen) {
        const predicted = fit.reduce((sum, factor, index) => sum + factor * columns[index][row], 0);
        misses += (values[row] - predicted) ** 2;
        squares += values[row] ** 2;
      }
    });
    return [name, squares > 0 ? 1 - misses / squares : 0];
  })) as Record<WalkClass, number>;
}

/** Σ_{i' ≠ i} (S Sᵀ)_ii' x_i'j. */
function timesOverlaps({ hidden, byFeature, byNeuron }: SignMatrix, x: Float32Array): Float32Array {
  const result = new Float32Array(x.length);
  eachOverlap(byFeature, byNeuron, (feature, other, overlap) => {
    if (overlap === 0) return;
    const [one, two] = [feature * hidden, other * hidden];
    for (let neuron = 0; neuron < hidden; neuron++) {
      result[one + neuron] += overlap * x[two + neuron];
      result[two + neuron] += overlap * x[one + neuron];
    }
  });
  return result;
}

/** Σ_i' s_i'j o_ii'³. */
function collisionCubes(signs: SignMatrix): Float32Array {
  const { hidden, entries, byFeature, byNeuron } = signs;
  const result = new Float32Array(entries.length);
  const addEnds = (feature: number, other: number, cube: number) => {
    const { indices, signs: ends } = signs.neuronsOf(other);
    indices.forEach((neuron, edge) => result[feature * hidden + neuron] += ends[edge] * cube);
  };
  eachOverlap(byFeature, byNeuron, (feature, other, overlap) => {
    addEnds(feature, other, overlap ** 3);
    addEnds(other, feature, overlap ** 3);
  });
  return result;
}

/** Σ_{j' ≠ j} x_ij' (Sᵀ S)_j'j. */
function timesNeuronOverlaps({ features, hidden, byFeature, byNeuron }: SignMatrix, x: Float32Array): Float32Array {
  const result = new Float32Array(x.length);
  eachOverlap(byNeuron, byFeature, (neuron, other, overlap) => {
    if (overlap === 0) return;
    for (let row = 0; row < features * hidden; row += hidden) {
      result[row + neuron] += overlap * x[row + other];
      result[row + other] += overlap * x[row + neuron];
    }
  });
  return result;
}
