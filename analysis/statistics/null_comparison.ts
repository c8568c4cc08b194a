/** One observed number compared with draws of it under a null model. */
import * as d3 from "d3-array";
import { normalTail } from "./normal_distribution.ts";

/** An observation beside its null model. */
export interface ComparisonWithNull {
  /** The number itself. */
  readonly observed: number;
  /** Mean over the draws. */
  readonly nullMean: number;
  /** Spread over the draws; 0 where all agree. */
  readonly nullSd: number;
  /** (observed − nullMean) / nullSd; null where the null does not vary but the observation differs. */
  readonly z: number | null;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Tests whether an observation could be one more draw of a null model.
 *
 * Ranks among 200 draws cannot give a p below 0.01, which no correction for many tests survives. So the draws' mean,
 * spread and skewness are taken for those of a shifted gamma (Pearson III) distribution, whose deviates become
 * nearly normal by Wilson and Hilferty's cube root (PNAS 17, 1931); that the three are estimated from n draws is
 * allowed for as in a prediction interval, by Student's t with n − 1 degrees of freedom, made normal by Wallace's
 * formula (Ann. Math. Statist. 30, 1959). A p far below 1/n is an extrapolation: read it as "very small".
 *
 * Where all draws agree there is no such scale. An observation that differs is then either impossible under the null
 * (`fixedByNull`: p = 0) or rarer than the draws can tell (p = 1/(n + 1)).
 *
 * @param observed the number
 * @param draws the same number under the null; at least 3
 * @param fixedByNull whether the null model fixes the number by construction
 * @throws {RangeError} if there are fewer than 3 draws
 */
export function compareWithNull(observed: number, draws: readonly number[], fixedByNull = false): ComparisonWithNull {
  const count = draws.length;
  if (count < 3) throw new RangeError(`A null model needs at least 3 draws, got ${count}.`);
  const nullMean = d3.mean(draws)!;
  const nullSd = d3.deviation(draws)!;
  const rounding = 1e-10 * Math.max(Math.abs(nullMean), Math.abs(observed));
  if (nullSd <= rounding) {
    const constant = { observed, nullMean: draws[0], nullSd: 0 };
    if (Math.abs(observed - draws[0]) <= rounding) return { ...constant, z: 0, p: 1 };
    return { ...constant, z: null, p: fixedByNull ? 0 : 1 / (count + 1) };
  }
  const z = (observed - nullMean) / nullSd;
  const skewness = d3.mean(draws, (draw) => (draw - nullMean) ** 3)! / nullSd ** 3;
  const student = symmetrised(z, shrunk(skewness, 6 / count)) / Math.sqrt(1 + 1 / count);
  const freedom = count - 1;
  const normal = (8 * freedom + 1) / (8 * freedom + 3) * Math.sqrt(freedom * Math.log1p(student ** 2 / freedom));
  return { observed, nullMean, nullSd, z, p: 2 * normalTail(normal) };
}

/** An estimate less what its own error variance may have put into it (positive-part James–Stein). */
function shrunk(estimate: number, variance: number): number {
  return estimate === 0 ? 0 : estimate * Math.max(0, 1 - variance / estimate ** 2);
}

/** A standardised Pearson III deviate as a nearly normal one. */
function symmetrised(z: number, skewness: number): number {
  const inside = 1 + skewness * z / 2;
  // Beyond the end of the gamma's short tail, and without skewness, the normal tail stands in: it is the longer one.
  if (Math.abs(skewness) < 1e-6 || inside <= 0) return z;
  return 6 / skewness * (Math.cbrt(inside) - 1) + skewness / 6;
}
