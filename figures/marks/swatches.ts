import * as Plot from "@observablehq/plot";
import { textWidth } from "../text.ts";
import { theme } from "../theme.ts";

/** One entry of a key. */
export interface Swatch {
  readonly label: string;
  readonly colour: string;
  /** Default: a filled dot. */
  readonly shape?: "dot" | "line" | "dashed" | "cross";
}

/** A key: a row of coloured marks with their names, as a plot without axes. */
export function swatches(entries: readonly Swatch[], width: number, height: number): Plot.PlotOptions {
  let end = 8;
  const placed = entries.map((entry) => {
    const start = end;
    end += 30 + textWidth(entry.label, theme.tickSize) + 16;
    return { ...entry, start };
  });
  const y = height / 2;
  const ofShape = (...shapes: string[]) => placed.filter(({ shape }) => shapes.includes(shape ?? "dot"));
  return {
    width,
    height,
    margin: 0,
    x: { type: "identity", axis: null },
    y: { type: "identity", axis: null },
    marks: [
      Plot.dot(ofShape("dot"), { x: (entry) => entry.start + 12, y, r: 5, fill: (entry) => entry.colour }),
      Plot.dot(ofShape("cross"), {
        x: (entry) => entry.start + 12,
        y,
        r: 5,
        symbol: "times",
        strokeWidth: 2,
        stroke: (entry) => entry.colour,
      }),
      ...ofShape("line", "dashed").map((entry) =>
        Plot.ruleY([y], {
          x1: entry.start,
          x2: entry.start + 24,
          stroke: entry.colour,
          strokeWidth: 2,
          strokeDasharray: entry.shape === "dashed" ? "5 3" : undefined,
        })
      ),
      Plot.text(placed, {
        x: (entry) => entry.start + 30,
        y,
        text: "label",
        textAnchor: "start",
        fontSize: theme.tickSize,
        fill: theme.ink,
      }),
    ],
  };
}
