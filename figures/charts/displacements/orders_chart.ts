import * as Plot from "@observablehq/plot";
import { clusterKinds, clusterName } from "../../../analysis/displacements/cluster_names.ts";
import type { LandscapeData } from "../../../analysis/landscape/landscape.ts";
import { startNames } from "../../../analysis/landscape/landscape.ts";
import { significant } from "../../../analysis/report/number_text.ts";
import { margins, nameMargin, panelTitle, titled, xAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

/** How well each prediction from S does at the exact minimum, and how near to one point descents end. */
export const orders: Chart<Pick<LandscapeData, "descents" | "stages">> = chart(
  draw,
  ({ analysis: { landscape } }) => landscape,
);

/** R² below this is drawn there: a prediction that is worse than none. */
const lowest = -0.25;

/** Distances below this are drawn there. */
const nearest = 1e-5;

function draw({ descents, stages }: Pick<LandscapeData, "descents" | "stages">): Figure {
  const points = stages.flatMap(({ name, agreement }) =>
    clusterKinds.map(([matrix, region]) => ({
      name,
      cluster: clusterName(matrix, region),
      r2: Math.max(lowest, agreement[matrix][region].r2),
    }))
  );
  const colours = new Map(clusterKinds.map(([m, r], index) => [clusterName(m, r), theme.series[index]]));
  const prediction: Plot.PlotOptions = {
    ...margins,
    ...titled,
    marginLeft: nameMargin(stages.map(({ name }) => name)),
    height: 66 + 24 * stages.length,
    x: xAxis("R²", { domain: [lowest, 1.02], grid: true, ticks: 5 }),
    y: { type: "point", domain: stages.map(({ name }) => name), padding: 0.6, label: null, tickSize: 0 },
    marks: [
      Plot.ruleX([0.95, 0.99], { stroke: theme.muted, strokeDasharray: "5 3" }),
      Plot.dot(points, { x: "r2", y: "name", r: 4, fill: ({ cluster }) => colours.get(cluster)!, stroke: theme.paper }),
      panelTitle("Predictions from S"),
    ],
  };
  const others = descents.slice(1);
  const ends = others.flatMap(({ start, distance, changes: { created, pruned, flipped } }) =>
    clusterKinds.map(([matrix, region]) => ({
      name: startNames[start],
      sameSigns: created + pruned + flipped === 0,
      cluster: clusterName(matrix, region),
      distance: Math.max(nearest, distance[matrix][region]),
    }))
  );
  const apart: Plot.PlotOptions = {
    ...margins,
    ...titled,
    marginLeft: nameMargin(others.map(({ start }) => startNames[start])),
    height: 66 + 34 * others.length,
    x: xAxis("distance in spreads", {
      type: "log",
      domain: [nearest, 10],
      grid: true,
      ticks: 3,
      tickFormat: (value: number) => significant(value, 1),
    }),
    y: { type: "point", domain: others.map(({ start }) => startNames[start]), padding: 0.6, label: null, tickSize: 0 },
    marks: [
      Plot.dot(ends, {
        x: "distance",
        y: "name",
        r: 4,
        fill: ({ cluster, sameSigns }) => sameSigns ? colours.get(cluster)! : theme.paper,
        stroke: ({ cluster, sameSigns }) => sameSigns ? theme.paper : colours.get(cluster)!,
      }),
      panelTitle("Where other starts end"),
    ],
  };
  const caption =
    "Above: how much of the variance of the displacements at the exact minimum each prediction from S explains; dashed " +
    "are 0.95 and 0.99, and what is worse than none stands at the left edge. Below: how far from the " +
    "learned weights' minimum descents from other starts end, in spreads of the displacements; hollow where they end with another S.";
  const tables = [
    {
      columns: ["prediction", ...clusterKinds.map(([m, r]) => clusterName(m, r))],
      rows: stages.map((
        { name, agreement },
      ) => [name, ...clusterKinds.map(([m, r]) => significant(agreement[m][r].r2))]),
    },
    {
      columns: ["start", "objective at the end", ...clusterKinds.map(([m, r]) => clusterName(m, r))],
      rows: descents.map(({ start, objective, distance }) => [
        startNames[start],
        significant(objective, 7),
        ...clusterKinds.map(([m, r]) => significant(distance[m][r], 2)),
      ]),
    },
  ];
  return gridFigure(
    { name: "orders", title: "Predictions and descents at the exact minimum", caption, tables },
    others.length === 0 ? [prediction] : [prediction, apart],
    { key: [...colours].map(([label, colour]) => ({ label, colour })) },
  );
}
