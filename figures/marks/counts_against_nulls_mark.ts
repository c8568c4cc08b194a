import * as Plot from "@observablehq/plot";
import { max } from "d3-array";
import type { NullCounts } from "../../analysis/random_graph/graph_counts.ts";
import { panelTitle, powersOfTen, titled, xAxis, yAxis } from "../render/render_axis.ts";
import { theme } from "../render/figure_theme.ts";
import { leastCount } from "../transforms/bin1d.ts";
import type { Swatch } from "./swatches_mark.ts";

/** How often each whole number 0, 1, 2, … was counted, beside what null models give. */
export interface CountsAgainstNulls {
  /** Over the panel. */
  readonly title: string;
  /** Name of the number, for the axis. */
  readonly label: string;
  /** Name of what is counted, for the axis. */
  readonly unit: string;
  /** How often the number 0, 1, 2, … occurred. */
  readonly observed: readonly number[];
  /** What chance gives. */
  readonly nulls: readonly NullCounts[];
}

const nullColours = [theme.blue, theme.vermilion, theme.green, theme.purple];
/** Nulls stand side by side within the width of a bar. */
const offset = 0.22;

/** Observed counts as bars; each null's mean as a dot with a bar of ± one spread. Logarithmic if they span much. */
export function countsAgainstNulls({ title, label, unit, observed, nulls }: CountsAgainstNulls): Plot.PlotOptions {
  const counts = [observed, ...nulls.map(({ mean }) => mean)];
  const most = max(counts.flat())!;
  const length = max(counts, ({ length }) => length)!;
  const logarithmic = most > 2000;
  const floor = logarithmic ? leastCount : 0;
  const domain = [floor, 1.15 * most] as const;
  const bars = observed.flatMap((count, value) => count > floor ? [{ value, count }] : []);
  const marks = nulls.flatMap(({ mean, sd }, index) => {
    const shift = (index - (nulls.length - 1) / 2) * offset;
    const colour = nullColours[index];
    const shown = mean.flatMap((middle, value) =>
      middle > floor
        ? [{ x: value + shift, middle, low: Math.max(floor, middle - sd[value]), high: middle + sd[value] }]
        : []
    );
    return [
      Plot.ruleX(shown, { x: "x", y1: "low", y2: "high", stroke: colour, strokeWidth: 2 }),
      Plot.dot(shown, { x: "x", y: "middle", r: 3, fill: colour, stroke: theme.paper, strokeWidth: 1 }),
    ];
  });
  return {
    ...titled,
    height: 300,
    x: xAxis(label, { domain: [-0.6, length - 0.4], ticks: Math.min(length, 10), tickFormat: "d" }),
    y: yAxis(unit, {
      type: logarithmic ? "log" : "linear",
      domain,
      grid: true,
      ticks: logarithmic ? powersOfTen(domain) : 5,
      tickFormat: "~s",
    }),
    marks: [
      Plot.rectY(bars, {
        x1: ({ value }) => value - 0.42,
        x2: ({ value }) => value + 0.42,
        y1: floor,
        y2: "count",
        fill: theme.neutral,
      }),
      ...marks,
      panelTitle(title),
    ],
  };
}

/** The key that goes with it. */
export function nullKey(nulls: readonly { readonly name: string }[]): Swatch[] {
  return [
    { label: "observed", colour: theme.neutral },
    ...nulls.map(({ name }, index) => ({ label: `${name}, ± spread`, colour: nullColours[index] })),
  ];
}
