/** An odd activation, and its square, as sums of harmonics, whose averages over supports and noise are known. */

/** Σ_m amplitudes[m] · sin(frequencies[m] · z), or the same with cosines. */
export interface Harmonics {
  /** w, ascending. */
  readonly frequencies: readonly number[];
  /** b. */
  readonly amplitudes: readonly number[];
}

/** Points of the rule that an amplitude is computed by: far more than the highest harmonic has periods. */
const points = 2048;
/** The highest frequency that is ever of use: tanh(z)³ has e^(−πw/2) left there, in single precision nothing. */
const highestFrequency = 16;

/**
 * An odd activation as sines: the Fourier series of φ folded at the turning point, φ(2·turn − z) = φ(z). A bounded φ is
 * level there, so that the series is right far beyond it: up to where the image of 0 begins to show, near 2·turn − 2.
 *
 * @param value φ for z ≥ 0
 * @param turn where φ is folded
 * @param smallest amplitudes after the last one of this size are left out
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { sinesOf } from "./harmonics.ts";
 * const { frequencies, amplitudes } = sinesOf(Math.tanh, 5, 1e-6);
 * const sum = frequencies.reduce((sum, w, m) => sum + amplitudes[m] * Math.sin(1.5 * w), 0);
 * assertAlmostEquals(sum, Math.tanh(1.5), 1e-4);
 * ```
 */
export function sinesOf(value: (z: number) => number, turn: number, smallest: number): Harmonics {
  const frequencies = below(highestFrequency, (m) => (m + 0.5) * Math.PI / turn);
  return untilSmall({
    frequencies,
    amplitudes: frequencies.map((w) => 2 * mean(turn, (z) => value(z) * Math.sin(w * z))),
  }, smallest);
}

/** The square of an odd activation as cosines, folded in the same way. */
export function cosinesOfSquare(value: (z: number) => number, turn: number, smallest: number): Harmonics {
  const frequencies = below(highestFrequency, (m) => m * Math.PI / turn);
  const amplitudes = frequencies.map((w, m) => (m === 0 ? 1 : 2) * mean(turn, (z) => value(z) ** 2 * Math.cos(w * z)));
  return untilSmall({ frequencies, amplitudes }, smallest);
}

function below(limit: number, frequency: (m: number) => number): number[] {
  const all: number[] = [];
  for (let m = 0; frequency(m) <= limit; m++) all.push(frequency(m));
  return all;
}

/** The mean of a function between 0 and `turn`, by the midpoint rule: exact for harmonics. */
function mean(turn: number, f: (z: number) => number): number {
  let sum = 0;
  for (let place = 0; place < points; place++) sum += f(turn * (place + 0.5) / points);
  return sum / points;
}

function untilSmall({ frequencies, amplitudes }: Harmonics, smallest: number): Harmonics {
  const last = amplitudes.findLastIndex((b) => Math.abs(b) >= smallest);
  return { frequencies: frequencies.slice(0, last + 1), amplitudes: amplitudes.slice(0, last + 1) };
}
