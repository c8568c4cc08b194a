/** What a figure module returns: panels of Plot options with their places, and the words around them. */
import type * as Plot from "@observablehq/plot";
import { type Swatch, swatches } from "../marks/swatches_mark.ts";
import { theme } from "./figure_theme.ts";

/**
 * What the library Observable Plot makes a plot from, and documents.
 *
 * @internal
 */
export type PlotOptions = Plot.PlotOptions;

/** One plot inside a figure; `options.width` and `options.height` give its size. */
export interface Panel {
  /** Left edge in CSS pixels from the left edge of the figure. */
  readonly x: number;
  /** Top edge in CSS pixels below the title. */
  readonly y: number;
  /** The plot. */
  readonly options: PlotOptions;
}

/** Panels with their places on a ground of some size. */
export interface Arrangement {
  /** CSS pixels. */
  readonly width: number;
  /** Height of the panels in CSS pixels, without title and caption. */
  readonly height: number;
  /** From the lowest to the one on top. */
  readonly panels: readonly Panel[];
}

/** Numbers behind a figure, as a page shows them under it. Every row begins with what it is about. */
export interface NumberTable {
  /** Names of the columns. */
  readonly columns: readonly string[];
  /** Text for each of the columns. */
  readonly rows: readonly (readonly string[])[];
}

/** The words of a figure. */
export interface FigureText {
  /** Stem of the file name: lower-case words joined by dashes. */
  readonly name: string;
  /** Heading. */
  readonly title: string;
  /** Two sentences or so: what to see, and the one number that matters. Plain text. */
  readonly caption: string;
  /** The other numbers. */
  readonly tables: readonly NumberTable[];
}

/** A complete figure, ready for `renderFigure`. */
export interface Figure extends FigureText, Arrangement {
  /** The same on a narrow screen. */
  readonly phone: Arrangement;
}

/** How the plots of a figure are laid out. */
export interface Layout {
  /** Plots in a row, which share the width equally. Default 1: one above the other. */
  columns?: number;
  /** What the colours mean, shown on top. Default none. */
  key?: readonly Swatch[];
}

/**
 * A figure of plots in rows: one column at the theme's column width, more at its wide width, and one narrow column on a
 * phone. See {@linkcode chart}.
 *
 * @param text name, title, caption and numbers
 * @param plots row by row; each needs a height, the width is set here
 */
export function gridFigure(text: FigureText, plots: readonly PlotOptions[], layout: Layout = {}): Figure {
  const { columns = 1, key = [] } = layout;
  return {
    ...text,
    ...arranged(plots, columns, key, columns === 1 ? theme.width : theme.wideWidth),
    phone: arranged(plots, 1, key, theme.phoneWidth),
  };
}

function arranged(
  plots: readonly PlotOptions[],
  columns: number,
  key: readonly Swatch[],
  width: number,
): Arrangement {
  const share = Math.floor(width / columns);
  const panels: Panel[] = [];
  let y = 0;
  if (key.length > 0) {
    const options = swatches(key, width);
    panels.push({ x: 0, y, options });
    y += options.height;
  }
  for (let first = 0; first < plots.length; first += columns) {
    const row = plots.slice(first, first + columns);
    row.forEach((options, column) => panels.push({ x: column * share, y, options: { ...options, width: share } }));
    y += Math.max(...row.map(({ height = 0 }) => height));
  }
  return { width, height: y, panels };
}
