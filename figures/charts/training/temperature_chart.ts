import * as Plot from "@observablehq/plot";
import { percent, significant, withError } from "../../../analysis/report/number_text.ts";
import type {
  TemperatureBranch,
  TemperaturePoint,
  TemperatureScan,
} from "../../../analysis/tempering/temperature_scan.ts";
import { paddedDomain, panelTitle, powersOfTen, titled, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

const panels = [
  { of: "neuronsPerFeature", label: "neurons a feature", theory: "neuronsPerFeature" },
  { of: "amplitude", label: "amplitude c", theory: "amplitude" },
  { of: "undecided", label: "undecided weights a nonzero", theory: undefined },
  { of: "cooledObjective", label: "objective once cooled", theory: "objective" },
] as const;

/** What weights come to at temperatures, from frozen and from unfrozen ones; theory at temperature 0 as a dashed line. */
export const temperature: Chart<TemperatureScan> = chart(draw);

/** The place of T = 0 on a logarithmic axis: the power of ten below the lowest temperature, as only round ticks have labels. */
function placesOf(branches: readonly TemperatureBranch[]): (point: TemperaturePoint) => number {
  const above = branches.flatMap(({ points }) => points.map(({ temperature }) => temperature)).filter((T) => T > 0);
  const zero = 10 ** (Math.ceil(Math.log10(Math.min(...above))) - 1);
  return ({ temperature }) => temperature > 0 ? temperature : zero;
}

function draw({ branches, theory }: TemperatureScan): Figure {
  const place = placesOf(branches);
  const zero = branches.flatMap(({ points }) => points).find(({ temperature }) => temperature === 0);
  const positive = branches.flatMap(({ points }) => points.map(place)).filter((T) =>
    zero === undefined || T > place(zero)
  );
  const powers = powersOfTen([Math.min(...positive), Math.max(...positive)]);
  const plots = panels.map(({ of, label, theory: name }): Plot.PlotOptions => {
    const expected = name === undefined ? undefined : theory?.[name];
    const values = branches.flatMap(({ points }) =>
      points.flatMap((point) => [point[of].value - point[of].error, point[of].value + point[of].error])
    );
    return {
      ...titled,
      height: 250,
      x: xAxis("temperature T", {
        type: "log",
        grid: true,
        ticks: zero === undefined ? powers : [place(zero), ...powers],
        tickFormat: (T: number) => zero !== undefined && T === place(zero) ? "0" : significant(T, 1),
      }),
      y: yAxis(label, {
        domain: paddedDomain([...values, ...expected === undefined ? [] : [expected]], 0.1),
        grid: true,
      }),
      marks: [
        ...expected === undefined
          ? []
          : [Plot.ruleY([expected], { stroke: theme.muted, strokeDasharray: "5 3", strokeWidth: 1.5 })],
        ...branches.flatMap(({ points }, index) => [
          Plot.lineY(points, { x: place, y: (point) => point[of].value, stroke: theme.series[index], strokeWidth: 2 }),
          Plot.ruleX(points, {
            x: place,
            y1: (point) => point[of].value - point[of].error,
            y2: (point) => point[of].value + point[of].error,
            stroke: theme.series[index],
            strokeWidth: 2,
          }),
          Plot.dot(points, { x: place, y: (point) => point[of].value, r: 4, fill: theme.series[index] }),
        ]),
        panelTitle(label),
      ],
    };
  });
  const table = {
    columns: ["from", "T", ...panels.map(({ label }) => label), "objective at T"],
    rows: branches.flatMap(({ name, points }) =>
      points.map((point) => [
        name,
        significant(point.temperature, 2),
        ...panels.map(({ of }) => withError(point[of].value, point[of].error)),
        withError(point.objective.value, point.objective.error),
      ])
    ),
  };
  return gridFigure(
    {
      name: "temperature",
      title: "What a temperature does to the signs",
      caption: captionOf(branches, theory),
      tables: [table],
    },
    plots,
    {
      columns: 2,
      key: [
        ...branches.map(({ name }, index) => ({ label: name, colour: theme.series[index] })),
        ...theory === null ? [] : [{ label: "mean-field theory, sparse minimum", colour: theme.muted }],
      ],
    },
  );
}

function captionOf(branches: readonly TemperatureBranch[], theory: TemperatureScan["theory"]): string {
  const apart = branches.length < 2
    ? []
    : branches[0].points.filter((point) =>
      branches.slice(1).some(({ points }) =>
        points.some((other) =>
          other.temperature === point.temperature &&
          Math.abs(other.neuronsPerFeature.value - point.neuronsPerFeature.value) >
            4 * Math.hypot(other.neuronsPerFeature.error, point.neuronsPerFeature.error)
        )
      )
    );
  const highest = apart.at(-1);
  const memory = highest === undefined
    ? "Where it began is forgotten at every temperature."
    : `Where it began is remembered up to T = ${
      significant(highest.temperature, 2)
    }, the highest at which the branches differ.`;
  const coldest = branches[0].points[0];
  const compared = theory === null
    ? ""
    : ` Coldest from ${branches[0].name}: ${percent(Math.abs(coldest.cooledObjective.value / theory.objective - 1))} ${
      coldest.cooledObjective.value < theory.objective ? "below" : "above"
    } the theory's objective.`;
  return `Weights held at a temperature by Langevin steps; bars are standard errors over seeds. ${memory}${compared}`;
}
