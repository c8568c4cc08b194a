import { bin2d, type Window } from "./bin2d.ts";

/**
 * How crowded it is around each of a few points: the count of the cell it lies in, of a coarse grid over the window.
 *
 * @param points indices of the points, all inside the window
 * @param cells of the grid along each axis
 * @returns a count for each of `points`, itself included
 */
export function crowding(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  points: Uint32Array,
  window: Window,
  cells: number,
): Uint32Array {
  const { counts } = bin2d(xs, ys, window, cells, cells);
  const place = (value: number, [low, high]: readonly [number, number]) =>
    Math.min(cells - 1, Math.floor((value - low) * cells / (high - low)));
  return points.map((point) => counts[place(ys[point], window.y) * cells + place(xs[point], window.x)]);
}
