/**
 * A formula for the displacement of each weight from its neighbourhood in S, without any solve.
 *
 * Expand the field at w* in the overlaps between features. Feature i acts on neuron j, to which it does not belong,
 * through the features q that neuron j serves: i and q collide by their overlap o_iq = (S Sᵀ)_iq, and neuron j feels
 * the collision with the sign s_qj. To first order the field is a sum over the features of one neuron,
 *
 *     X_ij = Σ_{q ∈ j} s_qj o_iq = (S Sᵀ S)_ij,
 *
 * nearly independent terms of mean zero, one for each walk i – neuron – q – j over edges of S. Where walks are many the
 * central limit theorem makes the sum Gaussian; where they are few it is heavy-tailed, with the excess kurtosis that X
 * has over the zeros of S, about 1 / (mean number of walks). The number of walks follows from the degrees, whatever the
 * size of the network. What else can appear at this range respects the same symmetry, δ → −δ when neuron j is flipped: T_j = Σ_q s_qj (the bias of a neuron),
 * Σ_q s_qj n_iq with n_iq the number of shared neurons, Σ_q s_qj o_iq², and each of X and T times the degrees of i
 * and j, on which the curvature depends. In a corner the same sums, taken without the pair's own term and folded by its
 * sign, stand beside the degrees themselves.
 *
 * The coefficients are numbers for the whole network; they are fitted on one half of the features and used on the other.
 */
import { randomStream } from "../../models/random.ts";
import type { ByCluster, Region } from "../displacements/displacement_clusters.ts";
import { byCluster, pairsByRegion } from "../displacements/displacement_clusters.ts";
import { leastSquares } from "../numerics/least_squares.ts";
import { excessKurtosis } from "../statistics/moments.ts";
import { eachOverlap } from "../signs/overlaps.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import type { WeightVector } from "../derivatives/weight_vector.ts";

/** The sums over the neighbourhood of every pair, feature-major [d, h]. */
export interface Neighbourhood {
  /** X_ij: signed overlaps of the feature with the features of the neuron, the pair's own term left out. */
  readonly overlap: Float32Array;
  /** Σ_q s_qj n_iq: shared neurons, with the sign of the neuron's end only. */
  readonly shared: Float32Array;
  /** Σ_q s_qj o_iq². */
  readonly collision: Float32Array;
  /** T_j: the sum of the neuron's signs, the pair's own left out. */
  readonly bias: Float32Array;
  /** Σ_q |s_qj| n_iq: the number of terms of ±1 in `overlap`. */
  readonly walks: Float32Array;
}

/**
 * Walks from every feature over its neurons to the features it meets there, and on to their neurons.
 * See {@linkcode randomGraphTests}.
 *
 * @param signs S
 */
export function neighbourhood(signs: SignMatrix): Neighbourhood {
  const { hidden, entries, byFeature, byNeuron } = signs;
  const [overlap, shared, collision, bias, walks] = Array.from({ length: 5 }, () => new Float32Array(entries.length));
  const totals = new Int32Array(hidden);
  entries.forEach((sign, pair) => totals[pair % hidden] += sign);
  const meet = (feature: number, other: number, overlapWith: number, sharedWith: number) => {
    const { indices, signs: ends } = signs.neuronsOf(other);
    for (let edge = 0; edge < indices.length; edge++) {
      const pair = feature * hidden + indices[edge];
      // In a corner the two also meet in the pair's own neuron, which is no neighbourhood.
      const own = entries[pair] * ends[edge];
      const overlapElsewhere = overlapWith - own;
      const sharedElsewhere = sharedWith - Math.abs(own);
      overlap[pair] += ends[edge] * overlapElsewhere;
      shared[pair] += ends[edge] * sharedElsewhere;
      collision[pair] += ends[edge] * overlapElsewhere ** 2;
      walks[pair] += sharedElsewhere;
    }
  };
  eachOverlap(byFeature, byNeuron, (feature, other, overlapWith, sharedWith) => {
    meet(feature, other, overlapWith, sharedWith);
    meet(other, feature, overlapWith, sharedWith);
  });
  entries.forEach((sign, pair) => bias[pair] = totals[pair % hidden] - sign);
  return { overlap, shared, collision, bias, walks };
}

/** How many terms the sum over overlaps has at a zero of S, and what shape that gives it. */
export interface OverlapSums {
  /** Mean number of walks of length three from the feature to the neuron. */
  readonly walks: number;
  /** Excess kurtosis of (S Sᵀ S)_ij over the zeros of S: what the field has there if it is this sum. */
  readonly excessKurtosis: number;
}

/** Counts the terms of the overlap sums in the centre of S. */
export function overlapSums(signs: SignMatrix): OverlapSums {
  const { centre } = pairsByRegion(signs);
  const { walks, overlap } = neighbourhood(signs);
  return {
    walks: centre.reduce((sum, pair) => sum + walks[pair], 0) / Math.max(1, centre.length),
    excessKurtosis: excessKurtosis(Float32Array.from(centre, (pair) => overlap[pair])),
  };
}

/** What the formula gives. */
export interface LocalTheory {
  /** Predicted displacements, in units of the weights, as if the features had never been seen; 0 where not predicted. */
  readonly displacement: WeightVector;
  /** Mean of the coefficients of both halves, by the names of the terms, for regressors of spread 1. */
  readonly coefficients: ByCluster<Readonly<Record<string, number>>>;
}

/**
 * Fits the formula's coefficients to displacements, half of the features at a time, and predicts the other half.
 *
 * @param signs S
 * @param displacement learned minus ideal weights
 * @param seed of the split
 */
export function localTheory(signs: SignMatrix, displacement: WeightVector, seed = 0): LocalTheory {
  const { features, hidden, entries } = signs;
  const pairs = pairsByRegion(signs);
  const random = randomStream(seed, "local-theory");
  const half = Uint8Array.from({ length: features }, () => random.integer(2));
  const terms = { centre: termsOf(signs, pairs.centre, "centre"), corner: termsOf(signs, pairs.corner, "corner") };
  const predicted = { encoder: new Float32Array(entries.length), decoder: new Float32Array(entries.length) };
  const coefficients = byCluster((name, region) => {
    const listed = pairs[region];
    const columns = Object.values(terms[region]);
    const response = Float32Array.from(listed, (pair) => displacement[name][pair] * (entries[pair] || 1));
    const rows = [0, 1].map((side) =>
      Int32Array.from(listed.keys()).filter((row) => half[Math.floor(listed[row] / hidden)] === side)
    );
    const fits = rows.map((used) => leastSquares(columns, response, used));
    rows.forEach((unseen, side) => {
      for (const row of unseen) {
        const folded = columns.reduce((sum, column, term) => sum + fits[1 - side][term] * column[row], 0);
        predicted[name][listed[row]] = folded * (entries[listed[row]] || 1);
      }
    });
    return Object.fromEntries(
      Object.keys(terms[region]).map((term, index) => [term, (fits[0][index] + fits[1][index]) / 2]),
    );
  });
  return { displacement: predicted, coefficients };
}

/** The name of the term with the largest coefficient; the terms are of spread 1 all. */
export function strongestTerm(coefficients: Readonly<Record<string, number>>): string {
  return Object.entries(coefficients).reduce((a, b) => Math.abs(b[1]) > Math.abs(a[1]) ? b : a)[0];
}

/** The regressors for the pairs of one region, scaled to spread 1. */
function termsOf(signs: SignMatrix, pairs: Int32Array, region: Region): Record<string, Float32Array> {
  const { hidden, entries, featureDegrees, neuronDegrees } = signs;
  const sums = neighbourhood(signs);
  const fold = (values: Float32Array) => Float32Array.from(pairs, (pair) => values[pair] * (entries[pair] || 1));
  const feature = inUnitsOfSpread(Float32Array.from(pairs, (pair) => featureDegrees[Math.floor(pair / hidden)]));
  const neuron = inUnitsOfSpread(Float32Array.from(pairs, (pair) => neuronDegrees[pair % hidden]));
  const times = (a: Float32Array, b: Float32Array) => a.map((value, row) => value * b[row]);
  const overlap = fold(sums.overlap);
  const bias = fold(sums.bias);
  const odd = {
    overlap,
    shared: fold(sums.shared),
    collision: fold(sums.collision),
    bias,
    "overlap × feature degree": times(overlap, feature),
    "overlap × neuron degree": times(overlap, neuron),
    "bias × feature degree": times(bias, feature),
    "bias × neuron degree": times(bias, neuron),
  };
  const mean = signs.edges / hidden;
  const siblings = Float32Array.from(pairs, (pair) => {
    const { indices } = signs.neuronsOf(Math.floor(pair / hidden));
    const total = indices.reduce((sum, other) => sum + neuronDegrees[other], 0) - neuronDegrees[pair % hidden];
    return indices.length > 1 ? total / (indices.length - 1) : mean;
  });
  const scaled = Object.entries(odd).map(([name, values]) => [name, inUnitsOfSpread(values, 0)]);
  if (region === "centre") return Object.fromEntries(scaled);
  return {
    constant: new Float32Array(pairs.length).fill(1),
    ...Object.fromEntries(scaled),
    "feature degree": feature,
    "neuron degree": neuron,
    "neuron degree²": neuron.map((value) => value * value),
    "mean degree of the feature's other neurons": inUnitsOfSpread(siblings),
  };
}

/** (values − centre) / spread; the centre is the mean unless given. */
function inUnitsOfSpread(values: Float32Array, centre?: number): Float32Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  const spread = Math.sqrt(squares) || 1;
  return values.map((value) => (value - (centre ?? mean)) / spread);
}
