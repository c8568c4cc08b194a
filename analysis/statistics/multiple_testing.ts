/**
 * Holm's adjusted p values: rejecting those at most α keeps the chance of any false alarm in the family at α, however
 * the tests depend on each other.
 *
 * Source: Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6 (1979).
 *
 * @param pValues of the whole family
 * @returns adjusted values in the same order
 * @throws {RangeError} if a value is not in [0, 1]
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { holmAdjusted } from "./multiple_testing.ts";
 * assertEquals(holmAdjusted([0.5, 0.01, 0.02]), [0.5, 0.03, 0.04]);
 * ```
 */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((index, rank) => {
    const p = pValues[index];
    if (!(p >= 0 && p <= 1)) throw new RangeError(`A p value must be between 0 and 1, got ${p}.`);
    largest = Math.max(largest, Math.min(1, p * (pValues.length - rank)));
    adjusted[index] = largest;
  });
  return adjusted;
}
