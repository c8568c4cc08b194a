/** A histogram of all weight pairs of a network. */

/** Counts of pairs (encoder weight, decoder weight) in the cells of a square grid. */
export interface PairDensity {
  /** The least and the largest encoder weight, then the least and the largest decoder weight: the edges of the grid. */
  readonly range: readonly [number, number, number, number];
  /** Cells × cells counts; cell (column, row) at row · cells + column, and row 0 has the least decoder weights. */
  readonly counts: Uint32Array;
}

/**
 * Counts all weight pairs in cells × cells cells of a grid that just holds them, in two passes: three million pairs take
 * some 20 ms.
 *
 * @param encoder, decoder finite weights, at least one pair, in the same order
 * @param cells along each side
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pairDensity } from "./pair_density.ts";
 * const { range, counts } = pairDensity(Float32Array.of(-1, 1, 1), Float32Array.of(0, 2, 2), 2);
 * assertEquals([...range], [-1, 1, 0, 2]);
 * assertEquals([...counts], [1, 0, 0, 2]);
 * ```
 */
export function pairDensity(encoder: Float32Array, decoder: Float32Array, cells: number): PairDensity {
  const [left, right] = extent(encoder);
  const [bottom, top] = extent(decoder);
  // Where all weights are the same, any width puts them into the first cell.
  const perX = cells / (right - left || 1);
  const perY = cells / (top - bottom || 1);
  const counts = new Uint32Array(cells * cells);
  for (let pair = 0; pair < encoder.length; pair++) {
    // The largest weights belong to the last cell. Bit-or cuts the fraction off.
    const column = Math.min(cells - 1, ((encoder[pair] - left) * perX) | 0);
    const row = Math.min(cells - 1, ((decoder[pair] - bottom) * perY) | 0);
    counts[row * cells + column]++;
  }
  return { range: [left, right, bottom, top], counts };
}

function extent(values: Float32Array): [number, number] {
  let low = values[0];
  let high = values[0];
  for (let place = 1; place < values.length; place++) {
    const value = values[place];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
