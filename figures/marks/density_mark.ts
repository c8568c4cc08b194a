import type * as Plot from "@observablehq/plot";
import { theme } from "../render/figure_theme.ts";
import { numbered, type NumberedMark } from "./numbered_mark.ts";
import type { Bins2d } from "../transforms/bin2d.ts";

/** The least counts of the theme's levels, spread evenly in the logarithm from `least` to `largest`. */
export function logThresholds(least: number, largest: number): number[] {
  const ratio = Math.max(2, largest / least);
  return theme.levels.map((_, level) => least * ratio ** (level / theme.levels.length));
}

/**
 * A Plot mark that shows counts in the cells of a grid as filled vector paths, one a level: crisp at every zoom, and in
 * the colours of the theme. A level's path covers every cell at or above it, so that no ground shines through the
 * seams between levels; neighbouring cells of a row are one rectangle, which keeps millions of points in some 100 kB.
 *
 * @param bins from `bin2d`
 * @param least cells with fewer points stay empty
 */
export function density(bins: Bins2d, least: number): NumberedMark {
  const draw: Plot.RenderFunction = (_index, scales, _values, _dimensions, context) => {
    const left = scales.x!(bins.x[0]);
    const bottom = scales.y!(bins.y[0]);
    const cellWidth = (scales.x!(bins.x[1]) - left) / bins.columns;
    const cellHeight = (scales.y!(bins.y[1]) - bottom) / bins.rows;
    const group = context.document.createElementNS("http://www.w3.org/2000/svg", "g");
    group.setAttribute("aria-label", "density");
    group.setAttribute("transform", `translate(${left},${bottom}) scale(${cellWidth},${cellHeight})`);
    for (const [level, threshold] of logThresholds(least, bins.largest).entries()) {
      const d = runs(bins, threshold);
      if (d === "") break;
      const path = context.document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("fill", theme.levels[level]);
      path.setAttribute("d", d);
      group.append(path);
    }
    return group;
  };
  return numbered(draw, "density", () => cells(bins, least));
}

/** The cells that are shown, with their edges. */
function* cells({ x, y, columns, rows, counts }: Bins2d, least: number) {
  const along = ([low, high]: readonly [number, number], part: number) => low + part * (high - low);
  for (const [cell, count] of counts.entries()) {
    if (count < least || count === 0) continue;
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    yield {
      x1: along(x, column / columns),
      x2: along(x, (column + 1) / columns),
      y1: along(y, row / rows),
      y2: along(y, (row + 1) / rows),
      count,
    };
  }
}

/** Rectangles, in cells, over the runs of cells in each row that hold at least `least` points. */
function runs({ counts, columns, rows }: Bins2d, least: number): string {
  const parts: string[] = [];
  for (let row = 0; row < rows; row++) {
    let start = -1;
    for (let column = 0; column <= columns; column++) {
      const full = column < columns && counts[row * columns + column] >= least;
      if (full && start < 0) start = column;
      if (!full && start >= 0) {
        parts.push(`M${start} ${row}h${column - start}v1h${start - column}z`);
        start = -1;
      }
    }
  }
  return parts.join("");
}
