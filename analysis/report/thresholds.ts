/** Where verdicts draw their lines, and why there. */

/**
 * Shares of a variance. More than half is most of it: what is left then is smaller than what is explained. Less than a tenth
 * is next to nothing, a correlation below 0.32. Between the two a claim stays open.
 */
export const explainedShare = { most: 0.5, little: 0.1 } as const;

/**
 * Where two objectives count as equal: three standard errors apart, which chance exceeds once in 370 times, or the rounding of
 * float32 sums over a few thousand samples, where every sample costs the same.
 */
export const equalWithin = { errors: 3, rounding: 1e-5 } as const;

/** How much more one objective may be than another to count as good: several times its error over draws on `quick`. */
export const asGood = 0.01;

/**
 * The correlation that a control may have: three standard errors of that many independent pairs, which chance exceeds
 * once in 370 times, or 0.02, which explains 0.04 % of a variance and is too small to matter.
 */
export function chanceCorrelation(pairs: number): number {
  return Math.max(0.02, 3 / Math.sqrt(pairs));
}

/** Share of the edges that may still change in continued training for S to count as frozen. */
export const frozenChange = 0.05;

/**
 * What "Gaussian" allows. An excess kurtosis of 0.5 is that of Student's t with 16 degrees of freedom, which has twice the
 * Gaussian's share beyond three spreads; half of it is allowed to the skewness.
 */
export const gaussianBounds = { excessKurtosis: 0.5, skewness: 0.25 };

/** Largest spread of the encoder weights for a value to count as exact: about 1 % of the corner. */
export const exactSpread = 0.02;

/**
 * Share of the nonzeros with the majority sign of their neuron above which neurons count as having one sign: all but one in a
 * hundred. Fair signs give 0.63 on `quick`.
 */
export const oneSignPurity = 0.99;

/**
 * How near a predicted p must come to the measured one, relatively, to count as a prediction: about ten times the error of
 * a measured p, which is 1.1 % on `quick`.
 */
export const predictedWithin = 0.1;

/** Family-wise level of the tests of S against random graphs: the usual one in twenty, over all statistics and nulls together. */
export const familyWiseLevel = 0.05;

/**
 * How far apart, in spreads of the displacements, two descents may end and still count as one minimum: a hundred times less than
 * two independent draws would be, and a hundred times more than the force of 1e−4 that is left makes where curvature is average.
 */
export const sameMinimum = 0.01;

/** How far, of what is expected, angles may be off for a polygon to count as regular: a pentagon's by 3.6°. */
export const regularWithin = 0.05;
