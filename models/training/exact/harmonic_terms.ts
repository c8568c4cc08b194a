/**
 * What harmonics of the activation add to the loss, averaged over all supports and all noise. Given the support z_j is
 * normal with mean s_j = Σ_{i∈I} E_ji and the covariance C = σ² E Eᵀ, so that
 *
 * E[sin(w z_j) sin(w′ z_k)] = ½ Σ_± ∓ e^{−(w² C_jj + w′² C_kk ± 2 w w′ C_jk)/2} E cos(w s_j ± w′ s_k),
 *
 * and e^{i(w s_j ± w′ s_k)} is a product over the support. The derivation: docs/closed_form.md.
 */
import { add, cos, exp, multiply, sin, square, subtract } from "../../graph/elementwise_ops.ts";
import { full, reduceSum, reshape } from "../../graph/layout_ops.ts";
import { matmul } from "../../graph/linear_algebra_ops.ts";
import { staticShape } from "../../graph/tensor_shape.ts";
import { diagonal, diagonalMatrix, gram, innerProduct } from "../../graph/symmetric_ops.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { AveragedLoss } from "../../losses/loss.ts";
import type { Parameters } from "../../network/denoiser.ts";
import { type Complex, powersNeeded, subsetAverages, weightedSubsetAverage } from "./subset_averages.ts";

/** What the terms need of an experiment. */
export interface HarmonicProblem {
  /** k. */
  readonly activeFeatures: number;
  /** σ². */
  readonly noiseVariance: number;
  /** λ. */
  readonly lambdaOn: number;
}

/** The sums over the support that the loss is made of. */
interface Sums {
  /** E Σ_all y². */
  readonly total?: Tensor;
  /** E Σ_{i∈I} y_i². */
  readonly squareOn?: Tensor;
  /** E Σ_{i∈I} (1 − 2·y_i). */
  readonly linearOn?: Tensor;
}

/**
 * E a_j of one sine, in the products with the targets; and of the 1 of every target a share.
 *
 * @param frequency a scalar, as is the amplitude
 * @param share this sine's share of the ones
 */
export function meanTerm(
  problem: HarmonicProblem,
  { encoder, decoder }: Parameters,
  { frequency, amplitude }: { frequency: Tensor; amplitude: Tensor },
  share: number,
): AveragedLoss {
  const { onChance, onAverages, damping } = harmonic(problem, encoder, frequency);
  const outputs = multiply(innerProduct(decoder, multiply(onAverages.imaginary, damping)), amplitude);
  return lossOf(problem, { linearOn: add(multiply(outputs, -2 * onChance), share * problem.activeFeatures) });
}

/** E a_j² of one cosine of the activation's square. */
export function squareTerm(
  problem: HarmonicProblem,
  { encoder, decoder }: Parameters,
  { frequency, amplitude }: { frequency: Tensor; amplitude: Tensor },
): AveragedLoss {
  const { onChance, averages, onAverages, damping } = harmonic(problem, encoder, frequency);
  const power = multiply(square(decoder), multiply(damping, amplitude));
  return lossOf(problem, {
    total: innerProduct(reduceSum(power, { axes: [0], keepAxes: true }), averages.real),
    squareOn: multiply(innerProduct(power, onAverages.real), onChance),
  });
}

/**
 * E a_j a_k of two sines, j ≠ k.
 *
 * @param amplitude the product of the two, twice where they differ
 * @param powers how many power sums are taken along, see `powersNeeded`
 */
export function productTerm(
  problem: HarmonicProblem,
  { encoder, decoder }: Parameters,
  { frequencies: [first, second], amplitude }: { frequencies: readonly [Tensor, Tensor]; amplitude: Tensor },
  powers: number,
): AveragedLoss {
  const [features, hidden] = staticShape("productTerm", encoder.shape);
  const size = { ...problem, features };
  const covariance = gram(encoder, problem.noiseVariance);
  const squares = gram(decoder);
  const one = full(1, encoder.type, [hidden]);
  const others = subtract(reshape(one, [1, hidden]), diagonalMatrix(one));
  const variance = diagonal(covariance);
  const damping = multiply(
    reshape(dampingOf(variance, first), [hidden, 1]),
    multiply(reshape(dampingOf(variance, second), [1, hidden]), multiply(amplitude, 0.5)),
  );
  const shared = multiply(multiply(first, second), covariance);
  const weight = multiply(damping, others);

  const left = powersOf(encoder, first, powers);
  const right = powersOf(encoder, second, powers);
  const sums = left.map((power, place) => conjugateSums(power, right[place], 1 / features));
  const weighted = left.map((power, place) => conjugateSums(times(decoder, power), times(decoder, right[place]), 1));
  const [difference, sum] = (["difference", "sum"] as const).map((which) => {
    const averages = subsetAverages(size, sums.map((both) => both[which]));
    const on = weightedSubsetAverage(size, averages, weighted.map((both) => both[which]));
    return { all: averages[averages.length - 1].real, on: on.real };
  });
  const [near, far] = [multiply(weight, exp(shared)), multiply(weight, exp(multiply(shared, -1)))];
  const between = (which: "all" | "on") => subtract(multiply(near, difference[which]), multiply(far, sum[which]));
  return lossOf(problem, {
    total: innerProduct(squares, between("all")),
    squareOn: multiply(reduceSum(between("on")), problem.activeFeatures / features),
  });
}

/** on = Σ_{i∈I}(y_i − 1)², off = Σ_{i∉I} y_i². */
function lossOf({ lambdaOn }: HarmonicProblem, { total, squareOn, linearOn }: Sums): AveragedLoss {
  const on = [squareOn, linearOn].filter((sum) => sum !== undefined).reduce(add);
  const off = total === undefined ? multiply(on, 0) : squareOn === undefined ? total : subtract(total, squareOn);
  return { data: add(multiply(on, lambdaOn), off), parts: { on, off } };
}

/** The averages of e^{iwz} for one frequency. */
function harmonic({ activeFeatures, noiseVariance }: HarmonicProblem, encoder: Tensor, frequency: Tensor) {
  const [features, hidden] = staticShape("harmonic", encoder.shape);
  const size = { features, activeFeatures };
  const powers = powersOf(encoder, frequency, powersNeeded(size));
  const meanOf = (x: Tensor) => multiply(reduceSum(x, { axes: [0], keepAxes: true }), 1 / features);
  const averages = subsetAverages(
    size,
    powers.map(({ real, imaginary }) => ({ real: meanOf(real), imaginary: meanOf(imaginary) })),
  );
  const variance = multiply(reduceSum(square(encoder), { axes: [0] }), noiseVariance);
  return {
    onChance: activeFeatures / features,
    /** Over all supports, [1, h]. */
    averages: averages[averages.length - 1],
    /** Over those of each feature, [d, h]. */
    onAverages: weightedSubsetAverage(size, averages, powers),
    /** What the noise leaves, [1, h]. */
    damping: reshape(dampingOf(variance, frequency), [1, hidden]),
  };
}

/** e^{−w²v/2}. */
function dampingOf(variance: Tensor, frequency: Tensor): Tensor {
  return exp(multiply(variance, multiply(square(frequency), -0.5)));
}

/** e^{inwE} for n = 1, 2, …. */
function powersOf(encoder: Tensor, frequency: Tensor, count: number): Complex[] {
  return Array.from({ length: count }, (_, place) => {
    const angle = multiply(encoder, multiply(frequency, place + 1));
    return { real: cos(angle), imaginary: sin(angle) };
  });
}

function times(x: Tensor, { real, imaginary }: Complex): Complex {
  return { real: multiply(x, real), imaginary: multiply(x, imaginary) };
}

/** Σ_i a_ij b_ik and Σ_i a_ij b*_ik, times a factor: [h, h] from [d, h]. */
function conjugateSums(a: Complex, b: Complex, scale: number): { readonly sum: Complex; readonly difference: Complex } {
  const over = (x: Tensor, y: Tensor) => matmul(x, y, { transposeA: true, scale });
  const [even, odd] = [over(a.real, b.real), over(a.imaginary, b.imaginary)];
  const [first, second] = [over(a.imaginary, b.real), over(a.real, b.imaginary)];
  return {
    sum: { real: subtract(even, odd), imaginary: add(first, second) },
    difference: { real: add(even, odd), imaginary: subtract(first, second) },
  };
}
