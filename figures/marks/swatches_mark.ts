import * as Plot from "@observablehq/plot";
import { textWidth } from "../render/render_text.ts";
import { theme } from "../render/figure_theme.ts";

/** One entry of a key. */
export interface Swatch {
  /** What the colour means. */
  readonly label: string;
  /** Of the theme. */
  readonly colour: string;
  /** Default: a filled dot. */
  readonly shape?: "dot" | "line" | "dashed" | "cross";
}

/** Height of one line of a key, with the space under it. */
const lineHeight = 24;

/** A key: coloured marks with their names in as many lines as they need, as a plot without axes. */
export function swatches(entries: readonly Swatch[], width: number): Plot.PlotOptions & { height: number } {
  const margin = 8;
  let end = margin;
  let y = lineHeight / 2;
  const placed = entries.map((entry) => {
    const size = 30 + textWidth(entry.label, { size: theme.tickSize }) + 16;
    if (end > margin && end + size > width) {
      end = margin;
      y += lineHeight;
    }
    const start = end;
    end += size;
    return { ...entry, start, y };
  });
  const height = y + lineHeight / 2;
  const ofShape = (...shapes: string[]) => placed.filter(({ shape }) => shapes.includes(shape ?? "dot"));
  return {
    width,
    height,
    margin: 0,
    x: { type: "identity", axis: null },
    y: { type: "identity", axis: null },
    marks: [
      Plot.dot(ofShape("dot"), { x: (entry) => entry.start + 12, y: "y", r: 5, fill: (entry) => entry.colour }),
      Plot.dot(ofShape("cross"), {
        x: (entry) => entry.start + 12,
        y: "y",
        r: 5,
        symbol: "times",
        strokeWidth: 2,
        stroke: (entry) => entry.colour,
      }),
      ...ofShape("line", "dashed").map((entry) =>
        Plot.ruleY([entry.y], {
          x1: entry.start,
          x2: entry.start + 24,
          stroke: entry.colour,
          strokeWidth: 2,
          strokeDasharray: entry.shape === "dashed" ? "5 3" : undefined,
        })
      ),
      Plot.text(placed, {
        x: (entry) => entry.start + 30,
        y: "y",
        text: "label",
        textAnchor: "start",
        fontSize: theme.tickSize,
        fill: theme.ink,
      }),
    ],
  };
}
