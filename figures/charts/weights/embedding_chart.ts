import * as Plot from "@observablehq/plot";
import { max, mean, range } from "d3-array";
import type { EmbeddingData, PlaneAngles } from "../../../analysis/baselines/embedding.ts";
import { percent, significant } from "../../../analysis/report/number_text.ts";
import { panelTitle, titled, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chartOfAnyNetwork } from "../chart.ts";

/** The vectors of the features in the hidden layer: in a plane themselves, else their shares of a dimension; and their cosines. */
export const embedding: Chart<EmbeddingData> = chartOfAnyNetwork(draw, ({ analysis }) => analysis.embedding);

/** Cosines smaller than this are not drawn. */
const FAINTEST = 0.04;

function draw(data: EmbeddingData): Figure {
  const { dimensions, squaredNorm, represented, shares, cosines, plane } = data;
  const share = mean(shares) ?? 0;
  const caption = plane === null
    ? `Each feature's share of a dimension (1: orthogonal to all others; 1/2: half of an opposite pair), ${
      significant(share)
    } in the mean, and the cosines between the first ${cosines.length} features: blue positive, orange negative. ` +
      `${represented} of ${shares.length} features are represented in ${dimensions} dimensions.`
    : `Where the features point in the plane of the hidden layer, and the cosines between them: blue positive, orange negative. ` +
      `Between neighbours lie ${
        plane.gaps.map((gap) => `${significant(gap)}°`).join(", ")
      }; in a regular polygon it would be ${significant(plane.expected)}°.`;
  const table = {
    columns: ["quantity", "value"],
    rows: [
      ["features represented", `${represented} of ${shares.length}`],
      ["‖W‖² / h", significant(squaredNorm / dimensions)],
      ["mean share of a dimension", significant(share)],
      ["shares above 0.9", percent(shares.filter((each) => each > 0.9).length / shares.length)],
    ],
  };
  const text = { name: "embedding", title: "How features lie in the hidden layer", caption, tables: [table] };
  return gridFigure(text, [plane === null ? sharesPlot(shares) : planePlot(plane), cosinesPlot(cosines)], {
    columns: 2,
  });
}

function planePlot({ vectors }: PlaneAngles): Plot.PlotOptions {
  const reach = 1.15 * (max(vectors, ([x, y]) => Math.hypot(x, y)) || 1);
  const domain = { type: "MultiPoint" as const, coordinates: [[-reach, -reach], [reach, reach]] };
  return {
    ...titled,
    height: 380,
    projection: { type: "reflect-y", domain },
    marks: [
      Plot.dot([[0, 0]], { r: 2, fill: theme.muted }),
      Plot.arrow(vectors, {
        x1: () => 0,
        y1: () => 0,
        x2: ([x]) => x,
        y2: ([, y]) => y,
        stroke: theme.blue,
        strokeWidth: 2,
        headLength: 8,
      }),
      Plot.text(vectors, {
        x: ([x]) => 1.1 * x,
        y: ([, y]) => 1.1 * y,
        text: (_, index) => String(index),
        fill: theme.ink,
        fontSize: theme.tickSize,
      }),
      panelTitle("rows of W"),
    ],
  };
}

function sharesPlot(shares: readonly number[]): Plot.PlotOptions {
  const sorted = shares.toSorted((a, b) => b - a);
  return {
    ...titled,
    height: 380,
    x: xAxis("features, by their share"),
    y: yAxis("share of a dimension", { domain: [0, 1.03], grid: true }),
    marks: [
      Plot.ruleY([1, 1 / 2], { stroke: theme.muted, strokeDasharray: "4 3" }),
      Plot.dot(sorted, { x: (_, index) => index + 1, y: (share) => share, r: 2, fill: theme.blue }),
      panelTitle("shares of a dimension"),
    ],
  };
}

function cosinesPlot(cosines: EmbeddingData["cosines"]): Plot.PlotOptions {
  const cells = cosines.flatMap((row, feature) =>
    row.map((cosine, other) => ({ feature, other, cosine })).filter(({ cosine }) => Math.abs(cosine) >= FAINTEST)
  );
  const count = cosines.length;
  const ticks = count <= 10 ? range(count) : range(0, count, 10);
  const band = { domain: range(count), ticks, padding: 0.04, round: false };
  return {
    ...titled,
    height: 380,
    x: { ...xAxis("feature", band), type: "band" },
    y: { ...yAxis("feature", band), type: "band" },
    marks: [
      Plot.frame({ stroke: theme.rule }),
      Plot.cell(cells, {
        x: "feature",
        y: "other",
        fill: ({ cosine }) => cosine > 0 ? theme.blue : theme.vermilion,
        fillOpacity: ({ cosine }) => Math.min(1, Math.abs(cosine)),
      }),
      panelTitle("cosines between features"),
    ],
  };
}
