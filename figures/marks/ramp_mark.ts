import * as Plot from "@observablehq/plot";
import { textWidth } from "../render/render_text.ts";
import { theme } from "../render/figure_theme.ts";

/** The key of a density: the theme's levels in a row between two words, as a plot without axes. */
export function ramp(from: string, to: string): Plot.PlotOptions {
  const start = textWidth(from, { size: theme.tickSize }) + 8;
  const step = 9;
  const end = start + step * theme.levels.length;
  const y = 10;
  return {
    width: Math.ceil(end + 8 + textWidth(to, { size: theme.tickSize })),
    height: 2 * y,
    margin: 0,
    x: { type: "identity", axis: null },
    y: { type: "identity", axis: null },
    marks: [
      Plot.rect(theme.levels, {
        x1: (_, level: number) => start + step * level,
        x2: (_, level: number) => start + step * (level + 1),
        y1: y - 6,
        y2: y + 6,
        fill: (colour: string) => colour,
      }),
      Plot.text([from], { x: start - 8, y, textAnchor: "end", fill: theme.ink }),
      Plot.text([to], { x: end + 8, y, textAnchor: "start", fill: theme.ink }),
    ],
  };
}
