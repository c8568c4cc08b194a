import * as Plot from "@observablehq/plot";
import { margins, xAxis } from "../../render/axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { significant } from "../../../analysis/report/numbers.ts";
import { theme } from "../../render/theme.ts";

/** A statistic of S beside its distribution under a null model. */
export interface NullComparison {
  readonly statistic: string;
  readonly observed: number;
  readonly nullMean: number;
  /** (observed − nullMean) / sd over draws; null where the null model does not vary. */
  readonly z: number | null;
  /** p value after correction for all the tests. */
  readonly adjustedP: number;
}

/** All statistics under one null model. */
export interface NullModelTests {
  readonly name: string;
  readonly tests: readonly NullComparison[];
}

/** What the p values are held against, and how often each null was drawn. */
export interface TestProtocol {
  /** Family-wise level. */
  readonly level: number;
  readonly draws: number;
}

/** Every statistic of the random-graph test in standard deviations of each null model. */
export function randomGraph(nulls: readonly NullModelTests[], { level, draws }: TestProtocol): Figure {
  const rows = nulls.flatMap(({ name, tests }, index) =>
    tests.flatMap((test) =>
      test.z === null
        ? []
        : [{ ...test, z: test.z, name, colour: theme.series[index], lift: 9 * index - 4.5 * (nulls.length - 1) }]
    )
  );
  const statistics = nulls[0].tests.map(({ statistic }) => statistic);
  const reach = Math.max(4, ...rows.map(({ z }) => 1.2 * Math.abs(z)));
  const ticks = [3, 10, 30, 100, 300, 1000].filter((tick) => tick <= reach);
  const plot: Plot.PlotOptions = {
    ...margins,
    marginLeft: 206,
    marginRight: 90,
    marginTop: 26,
    height: 80 + 36 * statistics.length,
    x: xAxis("standard deviations from the mean of the null model", {
      type: "symlog",
      constant: 3,
      domain: [-reach, reach],
      ticks: [...ticks.map((tick) => -tick).reverse(), 0, ...ticks],
      tickFormat: (tick: number) => significant(tick),
    }),
    y: { domain: statistics, label: null, tickSize: 0, type: "point", padding: 0.6 },
    marks: [
      Plot.rect([0], { x1: -2, x2: 2, fill: theme.rule, fillOpacity: 0.6 }),
      Plot.ruleX([0], { stroke: theme.muted }),
      ...rows.map((row) => Plot.ruleY([row], { y: "statistic", x1: 0, x2: "z", dy: row.lift, stroke: theme.neutral })),
      ...rows.map((row) =>
        Plot.dot([row], {
          x: "z",
          y: "statistic",
          dy: row.lift,
          r: 4,
          fill: row.adjustedP <= level ? row.colour : theme.paper,
          stroke: row.colour,
          strokeWidth: 1.5,
        })
      ),
      Plot.text(["observed"], { frameAnchor: "top-right", textAnchor: "start", dx: 12, dy: -18, fill: theme.muted }),
      Plot.text(nulls[0].tests, {
        y: "statistic",
        text: ({ observed }) => significant(observed),
        frameAnchor: "right",
        textAnchor: "start",
        dx: 12,
        fill: theme.ink,
      }),
    ],
  };
  const listed = nulls.map(({ name, tests }) => {
    const rejecting = tests.filter(({ adjustedP }) => adjustedP <= level).map(({ statistic }) => statistic);
    if (rejecting.length === tests.length) return `${name}: all ${tests.length} statistics reject it`;
    const which = rejecting.length > 0 ? ` (${rejecting.join(", ")})` : "";
    return `${name}: ${rejecting.length} of ${tests.length} statistics reject it${which}`;
  });
  const caption =
    `Statistics of the sign matrix S against ${draws} draws of each null model; the band is two standard ` +
    `deviations. Filled dots reject the null at ${significant(level)} after correction for all tests. ` +
    `${listed.join("; ")}. A statistic that does not vary under a null model has no dot.`;
  return gridFigure({ name: "random-graph", title: "Is S a random graph?", caption }, [plot], {
    key: nulls.map(({ name }, index) => ({ label: name, colour: theme.series[index] })),
  });
}
