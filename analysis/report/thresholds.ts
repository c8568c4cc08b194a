/** Where verdicts draw their lines, and why there. */

/**
 * Shares of a variance. More than half is most of it: what is left then is smaller than what is explained. Less than a tenth
 * is next to nothing, a correlation below 0.32. Between the two a claim stays open.
 */
export const explainedShare = { most: 0.5, little: 0.1 } as const;

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
