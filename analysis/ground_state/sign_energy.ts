/** The objective of c·S with its optimal decoder, exactly, kept up to date while entries of S change. */
import * as d3 from "d3-array";
import { FailureError } from "../../models/errors.ts";
import { choleskyFactor, solveLower, solveUpper } from "../numerics/cholesky.ts";
import { type SecondMoments, secondMoments, signPair, type SignProblem } from "./second_moments.ts";

/** A change of one entry of S. */
export interface SignChange {
  readonly feature: number;
  readonly neuron: number;
  /** What the entry becomes: −1, 0 or 1. */
  readonly sign: number;
}

/** S with its energy. */
export interface SignEnergy {
  /** S feature-major, as it is now; only `change` may write to it. */
  readonly entries: Int8Array;
  /** The objective, penalties included, of c·S with the decoder that is best for it. */
  energy(): number;
  /** That decoder, feature-major. */
  decoder(): Float32Array;
  /** Changes entries of S. */
  change(changes: readonly SignChange[]): void;
}

/**
 * The energy of S: the least objective over all decoders, on infinite data, at E = c·S.
 *
 * Feature i's row of the decoder minimises D_iᵀ H_i D_i − 2λκ b_i·D_i + λκ, so L = λκd − λ²κ² Σ_i b_iᵀ H_i⁻¹ b_i, with the
 * forms of `secondMoments`. H_i is that of a feature without neurons, H, but in the rows and columns of its own n
 * neurons J. With K all others, the Schur complement of H_KK leaves n equations:
 *
 * b_iᵀ H_i⁻¹ b_i = b_Kᵀ A b_K + rᵀ (H_i,JJ − V A Vᵀ)⁻¹ r, A = H_KK⁻¹, V = H_i,JK, r = b_J − V A b_K.
 *
 * The rows of V belong to one neuron and one sign, b_K is the same for all features, and A = (G − G_:J G_JJ⁻¹ G_J:)_KK
 * with G = H⁻¹. So all inner products are entries of Z = [I V b]ᵀ G [I V b], V with the rows of both signs of every
 * neuron, corrected by n columns of it. Replacing a neuron of S sweeps its index out of Z and in again: two changes of
 * rank one, (3h + 1)² numbers each.
 */
export function signEnergy(problem: SignProblem, entries: Int8Array, amplitude: number): SignEnergy {
  const { features, hidden, lambdaOn, encoderRidge } = problem;
  const moments = secondMoments(problem, entries, amplitude);
  const products = sweptProducts(moments, hidden);
  const solve = featureSolver(moments, products, hidden);
  const rate = 2 / features;

  return {
    entries: moments.entries,
    energy() {
      let gained = 0;
      for (let feature = 0; feature < features; feature++) gained += solve(feature).gain;
      return lambdaOn * rate * (features - lambdaOn * rate * gained) +
        encoderRidge * amplitude ** 2 * d3.sum(moments.degrees);
    },
    decoder() {
      const decoder = new Float32Array(features * hidden);
      for (let feature = 0; feature < features; feature++) {
        writeSolution(solve(feature), products, decoder.subarray(feature * hidden, (feature + 1) * hidden));
      }
      return decoder.map((value) => lambdaOn * rate * value);
    },
    change(changes) {
      for (const [neuron, own] of d3.group(changes, ({ neuron }) => neuron)) {
        products.sweepOut(neuron);
        moments.change(neuron, own);
        products.sweepIn(neuron);
      }
    },
  };
}

/** Z: the inner products under G of the unit vectors, the rows of V for the signs −1 and 1, and b. */
interface SweptProducts {
  /** Z, row-major, symmetric; index j is the unit vector of neuron j. */
  readonly values: Float64Array;
  /** Rows and columns of Z. */
  readonly size: number;
  /** Index of the row of V of a neuron for a sign. */
  rowIndex(neuron: number, sign: number): number;
  /** Index of b. */
  readonly meanIndex: number;
  /** Takes a neuron out of G. */
  sweepOut(neuron: number): void;
  /** Puts it in again, with the forms as they are now. */
  sweepIn(neuron: number): void;
}

function sweptProducts({ forms, means }: SecondMoments, hidden: number): SweptProducts {
  const size = 3 * hidden + 1;
  const meanIndex = size - 1;
  const values = new Float64Array(size * size);
  const rowIndex = (neuron: number, sign: number) => hidden * (sign === 1 ? 2 : 1) + neuron;
  const base = forms[signPair(0, 0)];
  const rowForms = { [-1]: forms[signPair(-1, 0)], 1: forms[signPair(1, 0)] };
  /** [j, l]: what the row of V of neuron l, for a sign, has at neuron j. */
  const columnForms = { [-1]: forms[signPair(0, -1)], 1: forms[signPair(0, 1)] };

  function addRankOne(vector: Float64Array, factor: number): void {
    for (let row = 0; row < size; row++) {
      const scaled = factor * vector[row];
      if (scaled === 0) continue;
      const start = row * size;
      for (let column = 0; column < size; column++) values[start + column] += scaled * vector[column];
    }
  }

  /** Z times a vector on the neurons: the inner products under G of everything with it. */
  function timesNeurons(vector: Float64Array): Float64Array {
    const result = new Float64Array(size);
    for (let neuron = 0; neuron < hidden; neuron++) {
      const factor = vector[neuron];
      if (factor === 0) continue;
      const start = neuron * size;
      for (let column = 0; column < size; column++) result[column] += factor * values[start + column];
    }
    return result;
  }

  /** Writes one row and column of Z for a vector on the neurons. */
  function writeVector(index: number, vector: Float64Array): void {
    // Its own entry is a double product, and no other column may be read that is not yet written.
    const products = timesNeurons(vector);
    let square = 0;
    for (let neuron = 0; neuron < hidden; neuron++) square += products[neuron] * vector[neuron];
    products[index] = square;
    for (let other = 0; other < size; other++) {
      values[index * size + other] = values[other * size + index] = products[other];
    }
  }

  function sweepOut(neuron: number): void {
    const column = values.slice(neuron * size, (neuron + 1) * size);
    addRankOne(column, -1 / column[neuron]);
    for (let other = 0; other < size; other++) values[neuron * size + other] = values[other * size + neuron] = 0;
  }

  function sweepIn(neuron: number): void {
    const coupling = base.slice(neuron * hidden, (neuron + 1) * hidden);
    coupling[neuron] = 0;
    // ŷ = (−G·coupling, 1): what G gains is ŷŷᵀ/s, s the Schur complement.
    const vector = timesNeurons(coupling);
    let schur = base[neuron * hidden + neuron];
    for (let other = 0; other < hidden; other++) schur -= vector[other] * coupling[other];
    if (!(schur > 0)) throw new FailureError("the quadratic form of the decoder has lost its positive definiteness.");
    for (let index = 0; index < size; index++) vector[index] = -vector[index];
    vector[neuron] = 1;
    // The other rows of V, and b, have an entry at this neuron that G did not see so far.
    for (let other = 0; other < hidden; other++) {
      vector[rowIndex(other, -1)] += columnForms[-1][neuron * hidden + other];
      vector[rowIndex(other, 1)] += columnForms[1][neuron * hidden + other];
    }
    vector[meanIndex] += means[1][neuron];
    addRankOne(vector, 1 / schur);
    for (const sign of [-1, 1] as const) {
      writeVector(rowIndex(neuron, sign), rowForms[sign].subarray(neuron * hidden, (neuron + 1) * hidden));
    }
  }

  for (let neuron = 0; neuron < hidden; neuron++) sweepIn(neuron);
  return { values, size, rowIndex, meanIndex, sweepOut, sweepIn };
}

/** The equations of one feature, solved; the arrays are those of the next call, since there are millions of calls. */
interface FeatureSolution {
  /** n. */
  readonly degree: number;
  /** Its neurons, J. */
  readonly neurons: Int32Array;
  /** Indices in Z of the rows of V of these neurons. */
  readonly vectors: Int32Array;
  /** Cholesky factor of G_JJ. */
  readonly own: Float64Array;
  /** Cholesky factor of H_i,JJ − V A Vᵀ. */
  readonly complement: Float64Array;
  /** That factor's inverse times r. */
  readonly rest: Float64Array;
  /** b_iᵀ H_i⁻¹ b_i. */
  readonly gain: number;
}

/** A function that solves the equations of a feature. */
function featureSolver({ entries, forms, means }: SecondMoments, products: SweptProducts, hidden: number) {
  const { values, size, rowIndex, meanIndex } = products;
  const neurons = new Int32Array(hidden);
  const signs = new Int8Array(hidden);
  const vectors = new Int32Array(hidden + 1);
  const rest = new Float64Array(hidden);
  let own = new Float64Array(0);
  let complement = own;
  let solved = own;

  return (feature: number): FeatureSolution => {
    let degree = 0;
    for (let neuron = 0, entry = feature * hidden; neuron < hidden; neuron++, entry++) {
      if (entries[entry] === 0) continue;
      neurons[degree] = neuron;
      signs[degree] = entries[entry];
      vectors[degree++] = rowIndex(neuron, entries[entry]);
    }
    vectors[degree] = meanIndex;
    if (own.length < degree * degree) {
      own = new Float64Array(degree * degree);
      complement = new Float64Array(degree * degree);
      solved = new Float64Array((degree + 1) * degree);
    }
    // G_JJ = L Lᵀ; a row of `solved` is L⁻¹ G_J,: times a row of V, or times b.
    for (let row = 0; row < degree; row++) {
      const start = neurons[row] * size;
      for (let column = 0; column <= row; column++) own[row * degree + column] = values[start + neurons[column]];
      for (let vector = 0; vector <= degree; vector++) solved[vector * degree + row] = values[start + vectors[vector]];
    }
    requireDefinite(choleskyFactor(own, degree));
    for (let vector = 0; vector <= degree; vector++) solveLower(own, degree, solved, vector * degree);

    for (let row = 0; row < degree; row++) {
      for (let column = 0; column <= row; column++) {
        const form = forms[signPair(signs[row], signs[column])][neurons[row] * hidden + neurons[column]];
        complement[row * degree + column] = form - under(row, column);
      }
      rest[row] = means[signs[row] + 1][neurons[row]] - under(row, degree);
    }
    requireDefinite(choleskyFactor(complement, degree));
    solveLower(complement, degree, rest);
    let gain = under(degree, degree);
    for (let row = 0; row < degree; row++) gain += rest[row] ** 2;
    return { degree, neurons, vectors, own, complement, rest, gain };

    /** A product under A of two of the vectors. */
    function under(a: number, b: number): number {
      let product = values[vectors[a] * size + vectors[b]];
      for (let k = 0; k < degree; k++) product -= solved[a * degree + k] * solved[b * degree + k];
      return product;
    }
  };
}

/** H_i⁻¹ b_i of a feature, written into a row of numbers for the neurons. */
function writeSolution(
  { degree, neurons, vectors, own, complement, rest }: FeatureSolution,
  { values, size, meanIndex }: SweptProducts,
  row: Float32Array,
): void {
  const corners = rest.slice(0, degree);
  solveUpper(complement, degree, corners);
  // G y with y = b − Vᵀ x_J; A y = (G y − G_:J G_JJ⁻¹ (G y)_J)_K, whatever y has in J.
  const under = Float64Array.from(row, (_, neuron) => {
    let sum = values[neuron * size + meanIndex];
    for (let k = 0; k < degree; k++) sum -= corners[k] * values[neuron * size + vectors[k]];
    return sum;
  });
  const answer = Float64Array.from({ length: degree }, (_, k) => under[neurons[k]]);
  solveLower(own, degree, answer);
  solveUpper(own, degree, answer);
  for (let neuron = 0; neuron < row.length; neuron++) {
    let sum = under[neuron];
    for (let k = 0; k < degree; k++) sum -= values[neuron * size + neurons[k]] * answer[k];
    row[neuron] = sum;
  }
  for (let k = 0; k < degree; k++) row[neurons[k]] = corners[k];
}

function requireDefinite(definite: boolean): void {
  if (!definite) throw new FailureError("the quadratic form of the decoder has lost its positive definiteness.");
}
