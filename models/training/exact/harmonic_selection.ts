/** Which harmonics and which pairs of them count at given weights. */
import { UsageError } from "../../errors.ts";
import type { Config } from "../../experiment/config.ts";
import { oddBoundedValue } from "../../experiment/requirements.ts";
import { cosinesOfSquare, type Harmonics, sinesOf } from "./harmonics.ts";

/** The harmonics of an activation, and the pairs of sines that count. */
export interface HarmonicSelection {
  /** φ. */
  readonly sines: Harmonics;
  /** φ². */
  readonly cosines: Harmonics;
  /** Pairs of sines, by their places; heaviest first. */
  readonly pairs: readonly SinePair[];
}

/** Two sines, each pair once. */
export interface SinePair {
  readonly first: number;
  readonly second: number;
  /** The product of their amplitudes, twice where they differ. */
  readonly amplitude: number;
  /** |amplitude| times what the noise leaves of such products, averaged over the neurons by their power in the decoder. */
  readonly weight: number;
}

/** How far φ's image is kept away from where z comes: what it makes there falls with the square of e^distance. */
function marginFor(tolerance: number): number {
  return Math.max(2.5, 3.5 + Math.log(1e-6 / tolerance) / 2);
}

/** The farthest place that φ is folded at: some 500 harmonics, which the rule behind their amplitudes still resolves. */
const farthestTurn = 100;

/** The chance beyond which no z is looked for. */
const rare = 1e-5;
/** Amplitudes of single sines, which cost little, are kept down to so many times the tolerance. */
const singles = 3;

/**
 * @param weights feature-major [d, h] both
 * @param tolerance pairs of less weight are left out
 * @param later how much later than need be φ is folded
 * @throws {UsageError} if the activation is not odd and bounded, or z goes too far, as in a network that is dead of noise
 */
export function selectHarmonics(
  config: Pick<Config, "model" | "task">,
  weights: { readonly encoder: Float32Array; readonly decoder: Float32Array },
  tolerance: number,
  later = 0,
): HarmonicSelection {
  const value = oddBoundedValue(config);
  if (value === undefined) {
    throw new UsageError("model.activation: its harmonics are known of odd and bounded ones only.");
  }
  const variances = squaresByNeuron(config, weights.encoder).map((square) => square * config.task.noiseVariance);
  // Whole halves, so that small steps of a descent change nothing.
  const turn = Math.ceil(reachOf(config, weights.encoder, variances) + marginFor(tolerance)) / 2 + later;
  if (!(turn <= farthestTurn)) {
    throw new UsageError("The harmonics of the activation are known only where |z| stays below some 200.");
  }
  const sines = sinesOf(value, turn, singles * tolerance);
  const powers = squaresByNeuron(config, weights.decoder);
  const power = powers.reduce((sum, power) => sum + power, 0) || 1;
  const left = (square: number) =>
    powers.reduce((sum, power, j) => sum + power * Math.exp(-square * variances[j] / 2), 0) / power;
  const pairs = sines.frequencies.flatMap((w, first) =>
    sines.frequencies.slice(0, first + 1).map((lower, second): SinePair => {
      const amplitude = (first === second ? 1 : 2) * sines.amplitudes[first] * sines.amplitudes[second];
      return { first, second, amplitude, weight: Math.abs(amplitude) * left(w ** 2 + lower ** 2) };
    })
  );
  return {
    sines,
    cosines: cosinesOfSquare(value, turn, singles * tolerance),
    pairs: pairs.filter(({ weight }) => weight >= tolerance).sort((a, b) => b.weight - a.weight),
  };
}

function squaresByNeuron({ model: { features, hidden } }: Pick<Config, "model">, matrix: Float32Array): number[] {
  const squares = Array<number>(hidden).fill(0);
  for (let i = 0; i < features; i++) {
    for (let j = 0; j < hidden; j++) squares[j] += matrix[i * hidden + j] ** 2;
  }
  return squares;
}

/** Where |z| is hardly ever: the least that all of the k largest weights allow and Chernoff's bound does. */
function reachOf(
  { model: { features, hidden }, task: { activeFeatures } }: Pick<Config, "model" | "task">,
  encoder: Float32Array,
  variances: readonly number[],
): number {
  const tails = -Math.log(rare);
  const reaches = variances.map((variance, j) => {
    const sizes = Array.from({ length: features }, (_, i) => Math.abs(encoder[i * hidden + j])).sort((a, b) => b - a);
    const largest = sizes.slice(0, activeFeatures).reduce((sum, size) => sum + size, 0) + 3 * Math.sqrt(variance);
    const chernoff = [0.5, 1, 1.5, 2, 3, 4, 6].map((t) => {
      const cumulants = sizes.reduce((sum, size) => sum + Math.cosh(t * size) - 1, 0);
      return (tails + activeFeatures / features * cumulants + t ** 2 * variance / 2) / t;
    });
    return Math.min(largest, ...chernoff);
  });
  return Math.max(...reaches);
}
