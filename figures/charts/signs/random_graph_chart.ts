import * as Plot from "@observablehq/plot";
import { max } from "d3-array";
import type { RandomGraphTests } from "../../../analysis/random_graph/random_graph.ts";
import { nullNames, statisticNames } from "../../../analysis/random_graph/graph_names.ts";
import { significant } from "../../../analysis/report/number_text.ts";
import { margins, nameMargin, xAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

/** A statistic of S beside its distribution under a null model. */
export interface NullComparison {
  /** Its name. */
  readonly statistic: string;
  /** Of S. */
  readonly observed: number;
  /** Mean over draws of the null model. */
  readonly nullMean: number;
  /** (observed − nullMean) / spread over draws; null where the null model does not vary. */
  readonly z: number | null;
  /** p value after correction for all the tests. */
  readonly adjustedP: number;
}

/** All statistics under one null model. */
export interface NullModelTests {
  /** Of the null model. */
  readonly name: string;
  /** One for each statistic, in one order for all null models. */
  readonly tests: readonly NullComparison[];
}

/** Tests of S against null models. */
export interface NullModelComparison {
  /** One colour each. */
  readonly nulls: readonly NullModelTests[];
  /** Family-wise level that adjusted p values are compared with. */
  readonly level: number;
  /** How often each null was drawn. */
  readonly draws: number;
}

/** Every statistic of the random-graph test in spreads of each null model. */
export const randomGraph: Chart<NullModelComparison> = chart(
  draw,
  ({ analysis }) => analysis.randomGraph && comparisonOf(analysis.randomGraph),
);

function comparisonOf({ nulls, level, draws }: RandomGraphTests): NullModelComparison {
  const named = (Object.keys(nullNames) as (keyof typeof nullNames)[]).map((name) => ({
    name: nullNames[name],
    tests: (Object.keys(statisticNames) as (keyof typeof statisticNames)[]).map((statistic) => ({
      statistic: statisticNames[statistic],
      ...nulls[name][statistic],
    })),
  }));
  return { nulls: named, level, draws };
}

function draw({ nulls, level, draws }: NullModelComparison): Figure {
  const rows = nulls.flatMap(({ name, tests }, index) =>
    tests.flatMap((test) =>
      test.z === null
        ? []
        : [{ ...test, z: test.z, name, colour: theme.series[index], lift: 9 * index - 4.5 * (nulls.length - 1) }]
    )
  );
  const statistics = nulls[0].tests.map(({ statistic }) => statistic);
  const reach = 1.2 * Math.max(3.4, max(rows, ({ z }) => Math.abs(z)) ?? 0);
  const ticks = [3, 10, 30, 100, 300, 1000].filter((tick) => tick <= reach);
  const plot: Plot.PlotOptions = {
    ...margins,
    marginLeft: nameMargin(statistics),
    marginRight: 90,
    marginTop: 26,
    height: 80 + 36 * statistics.length,
    x: xAxis("spreads from the mean of the null model", {
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
  const rejecting = nulls.map(({ name, tests }) =>
    `${tests.filter(({ adjustedP }) => adjustedP <= level).length} (${name})`
  );
  const caption =
    `Statistics of the sign matrix S against ${draws} draws of each null model; the band is two spreads wide to either ` +
    "side, and a statistic that does not vary has no dot. Filled dots reject the null at " +
    `${significant(level)} after correction for all tests: ${rejecting.join(", ")} of ${statistics.length}.`;
  const table = {
    columns: ["statistic", "S", ...nulls.flatMap(({ name }) => [`${name}: mean`, "z"])],
    rows: statistics.map((statistic, index) => [
      statistic,
      significant(nulls[0].tests[index].observed),
      ...nulls.flatMap(({ tests }) => [
        significant(tests[index].nullMean),
        tests[index].z === null ? "–" : significant(tests[index].z),
      ]),
    ]),
  };
  return gridFigure({ name: "random-graph", title: "Is S a random graph?", caption, tables: [table] }, [plot], {
    key: nulls.map(({ name }, index) => ({ label: name, colour: theme.series[index] })),
  });
}
