/**
 * Averages over all k-subsets I of d features of a product Π_{i∈I} u_i: elementary symmetric polynomials over their number
 * of terms, by Newton's identities from the power means of u. Entry by entry, for tensors of any shape.
 */
import { add, multiply, subtract } from "../../graph/elementwise_ops.ts";
import type { Tensor } from "../../graph/tensor.ts";

/** A complex tensor. */
export interface Complex {
  readonly real: Tensor;
  readonly imaginary: Tensor;
}

/** How many features there are, and how many of them are on. */
export interface SubsetSize {
  /** d. */
  readonly features: number;
  /** k. */
  readonly activeFeatures: number;
}

/** What the power sums that are left out may make of an average of 1, unless more is said. */
const usuallyLeftOut = 1e-6;

/**
 * How many power sums are needed. The n-th enters with about (k/d)ⁿ⁻¹ and k times: all k of them where k is small, a few where k is large
 * but d larger still.
 */
export function powersNeeded({ features, activeFeatures }: SubsetSize, leftOut = usuallyLeftOut): number {
  let powers = 1;
  while (powers < activeFeatures && activeFeatures * (activeFeatures / features) ** powers > leftOut) powers++;
  return powers;
}

/** The factor of the n-th power mean in Newton's identity for averages: C(d, r−n) / C(d−1, r−1). */
function newtonFactor(features: number, r: number, n: number): number {
  let factor = features / (features - r + 1);
  for (let power = 1; power < n; power++) factor *= (r - power) / (features - r + power + 1);
  return factor;
}

/**
 * The averages over subsets of 1, …, k features: f_r = Σ_n (−1)ⁿ⁻¹ C(d, r−n)/C(d−1, r−1) · f_(r−n) · P_n, f_0 = 1.
 *
 * @param powerMeans P_n = Σ_i u_iⁿ / d for n = 1, 2, …, as many as `powersNeeded` says
 */
export function subsetAverages({ features, activeFeatures }: SubsetSize, powerMeans: readonly Complex[]): Complex[] {
  const averages: Complex[] = [];
  for (let r = 1; r <= activeFeatures; r++) averages.push(newtonSum(features, r, averages, powerMeans));
  return averages;
}

/**
 * The sum over features of what their subsets have on the average, each with a weight: Σ_i g_i E[Π_{l∈I} u_l | i ∈ I]. It is
 * Newton's identity once more, with weighted powers.
 *
 * @param averages what `subsetAverages` gives
 * @param weighted Σ_i g_i u_iⁿ for n = 1, 2, …
 */
export function weightedSubsetAverage(
  { features, activeFeatures }: SubsetSize,
  averages: readonly Complex[],
  weighted: readonly Complex[],
): Complex {
  return newtonSum(features, activeFeatures, averages, weighted);
}

function newtonSum(features: number, r: number, averages: readonly Complex[], powers: readonly Complex[]): Complex {
  return powers.slice(0, r).map((power, place) => {
    const n = place + 1;
    const factor = (n % 2 === 1 ? 1 : -1) * newtonFactor(features, r, n);
    return scaled(n === r ? power : product(averages[r - n - 1], power), factor);
  }).reduce((a, b) => ({ real: add(a.real, b.real), imaginary: add(a.imaginary, b.imaginary) }));
}

function product(a: Complex, b: Complex): Complex {
  return {
    real: subtract(multiply(a.real, b.real), multiply(a.imaginary, b.imaginary)),
    imaginary: add(multiply(a.real, b.imaginary), multiply(a.imaginary, b.real)),
  };
}

function scaled({ real, imaginary }: Complex, factor: number): Complex {
  return { real: multiply(real, factor), imaginary: multiply(imaginary, factor) };
}
