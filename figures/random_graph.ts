import * as Plot from "@observablehq/plot";
import { margins, xAxis } from "./axis.ts";
import { type Figure, gridFigure } from "./figure.ts";
import { formatNumber } from "./text.ts";
import { theme } from "./theme.ts";

/** A statistic of S beside its distribution under a null model. */
export interface NullComparison {
  readonly statistic: string;
  readonly observed: number;
  readonly nullMean: number;
  readonly nullSd: number;
  /** (observed − nullMean) / nullSd; null where the null model leaves nothing to compare. */
  readonly z: number | null;
}

/** Every statistic of the random-graph test in standard deviations of its null model. */
export function randomGraph(comparisons: readonly NullComparison[], nullName: string, draws: number): Figure {
  const tested = comparisons.flatMap((comparison) => comparison.z === null ? [] : [{ ...comparison, z: comparison.z }]);
  const reach = Math.max(4, ...tested.map(({ z }) => 1.1 * Math.abs(z)));
  const plot: Plot.PlotOptions = {
    ...margins,
    marginLeft: 210,
    marginRight: 170,
    height: 70 + 26 * tested.length,
    x: xAxis("standard deviations from the null mean", {
      type: "symlog",
      constant: 3,
      domain: [-reach, reach],
      ticks: [-100, -30, -10, -3, 0, 3, 10, 30, 100].filter((tick) => Math.abs(tick) <= reach),
      tickFormat: (tick: number) => formatNumber(tick),
    }),
    y: { domain: tested.map(({ statistic }) => statistic), label: null, tickSize: 0, type: "point", padding: 0.6 },
    marks: [
      Plot.rect([0], { x1: -2, x2: 2, fill: theme.rule, fillOpacity: 0.6 }),
      Plot.ruleX([0], { stroke: theme.muted }),
      Plot.ruleY(tested, { y: "statistic", x1: 0, x2: "z", stroke: theme.neutral, strokeWidth: 2 }),
      Plot.dot(tested, {
        x: "z",
        y: "statistic",
        r: 5,
        fill: ({ z }) => Math.abs(z) > 2 ? theme.vermilion : theme.blue,
      }),
      Plot.text(tested, {
        y: "statistic",
        text: ({ observed, nullMean }) => `${formatNumber(observed)} against ${formatNumber(nullMean)}`,
        frameAnchor: "right",
        textAnchor: "start",
        dx: 12,
        fill: theme.muted,
      }),
    ],
  };
  const outside = tested.filter(({ z }) => Math.abs(z) > 2).map(({ statistic, z }) =>
    `${statistic} (z = ${formatNumber(z)})`
  );
  const caption =
    `Statistics of the sign matrix S against ${draws} draws of the null model “${nullName}”. The band holds ` +
    `two standard deviations; ${outside.length} of ${tested.length} lie outside` +
    `${outside.length > 0 ? `: ${outside.join(", ")}` : ""}. On the right the observed value against the null mean.`;
  return gridFigure({ name: "random-graph", title: "Is S a random graph?", caption }, [plot]);
}
