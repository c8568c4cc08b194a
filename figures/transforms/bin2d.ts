import { max } from "d3-array";

/** A part of the plane: [low, high] along each axis. */
export interface Window {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Counts of points in the cells of a regular grid over a window. */
export interface Bins2d extends Window {
  readonly columns: number;
  readonly rows: number;
  /** Cell (column, row) at `row * columns + column`; row 0 has the smallest y. */
  readonly counts: Uint32Array;
  /** Points inside the window. */
  readonly inside: number;
  /** The fullest cell's count. */
  readonly largest: number;
}

/**
 * Counts the points (x, y) of a window in a grid of `columns` × `rows` cells; points outside are left out.
 * Works on typed arrays in one pass: millions of points take tens of milliseconds.
 */
export function bin2d(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  window: Window,
  columns: number,
  rows: number,
): Bins2d {
  const counts = new Uint32Array(columns * rows);
  let inside = 0;
  forEachInside(xs, ys, { ...window, columns, rows }, (_, cell) => {
    counts[cell]++;
    inside++;
  });
  return { ...window, columns, rows, counts, inside, largest: max(counts) ?? 0 };
}

/** Indices of the points whose cell holds fewer than `limit` points: those that a density would hide. */
export function rarePoints(xs: ArrayLike<number>, ys: ArrayLike<number>, bins: Bins2d, limit: number): Uint32Array {
  let total = 0;
  for (const count of bins.counts) if (count < limit) total += count;
  const indices = new Uint32Array(total);
  let next = 0;
  forEachInside(xs, ys, bins, (index, cell) => {
    if (bins.counts[cell] < limit) indices[next++] = index;
  });
  return indices;
}

/** Calls `visit` with the index and the cell of every point inside the window, edges included. */
function forEachInside(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  { x: [left, right], y: [bottom, top], columns, rows }: Window & { columns: number; rows: number },
  visit: (index: number, cell: number) => void,
): void {
  const perX = columns / (right - left);
  const perY = rows / (top - bottom);
  for (let index = 0; index < xs.length; index++) {
    const x = xs[index];
    const y = ys[index];
    if (!(x >= left && x <= right && y >= bottom && y <= top)) continue;
    const column = Math.min(columns - 1, Math.floor((x - left) * perX));
    const row = Math.min(rows - 1, Math.floor((y - bottom) * perY));
    visit(index, row * columns + column);
  }
}
