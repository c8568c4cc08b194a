import * as Plot from "@observablehq/plot";
import { extent, least } from "d3-array";
import type { HandBuilt } from "../../../analysis/baselines/hand_built.ts";
import { constructionNames } from "../../../analysis/baselines/hand_built_text.ts";
import { percent, significant, withError } from "../../../analysis/report/number_text.ts";
import { margins, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

/** Networks that were built by hand over density and scale, beside the learned one. */
export const handBuilt: Chart<HandBuilt> = chart(draw, ({ analysis }) => analysis.handBuilt);

const dashes = { random: undefined, hadamard: "2 3" } as const;

function draw({ learned, scan, best, theory }: HandBuilt): Figure {
  const amplitudes = [...new Set(scan.map(({ amplitude }) => amplitude))];
  const colourOf = (amplitude: number) => theme.series[amplitudes.indexOf(amplitude) % theme.series.length];
  const objectives = [learned.value, ...best.map(({ objective }) => objective)];
  const [lowest = 0, highest = 1] = extent(objectives);
  // What is far above the best of all tells no more than that it is bad.
  const domain = [lowest - 0.03 * lowest, Math.max(highest, learned.value) * 1.45] as const;
  const [sparsest = 1, densest = 1] = extent(scan, ({ neuronsPerFeature }) => neuronsPerFeature);
  const expected = theory.filter(({ neuronsPerFeature }) =>
    neuronsPerFeature >= sparsest && neuronsPerFeature <= densest
  );
  const lines = [...Map.groupBy(scan, ({ construction, amplitude }) => `${construction} ${amplitude}`).values()];
  const plot: Plot.PlotOptions = {
    ...margins,
    height: 380,
    x: xAxis("neurons a feature", {
      type: "log",
      base: 2,
      ticks: 8,
      tickFormat: (value: number) => significant(value),
      grid: true,
    }),
    y: yAxis("objective", { domain, grid: true, clamp: false }),
    marks: [
      Plot.ruleY([learned.value], { stroke: theme.ink, strokeWidth: 1.5 }),
      Plot.lineY(expected, {
        x: "neuronsPerFeature",
        y: "objective",
        stroke: theme.muted,
        strokeWidth: 2,
        strokeDasharray: "6 4",
        clip: true,
      }),
      ...lines.map((points) =>
        Plot.lineY(points, {
          x: "neuronsPerFeature",
          y: "objective",
          stroke: colourOf(points[0].amplitude),
          strokeWidth: 1.75,
          strokeDasharray: dashes[points[0].construction],
          clip: true,
        })
      ),
      Plot.dot(scan.filter(({ objective }) => objective <= domain[1]), {
        x: "neuronsPerFeature",
        y: "objective",
        r: 3,
        fill: ({ amplitude }) => colourOf(amplitude),
      }),
      Plot.dot(best, {
        x: "neuronsPerFeature",
        y: "objective",
        r: 6,
        symbol: "diamond",
        stroke: theme.ink,
        strokeWidth: 1.5,
        fill: theme.paper,
      }),
    ],
  };
  const winner = least(best, ({ objective }) => objective);
  const caption =
    `Encoders c·S with their optimal decoders, by c: iid signs (full lines) and blocks with the signs of ` +
    `Hadamard matrices (dotted), the best of each drawn anew (diamonds). ` +
    best.map(({ construction, objective }) =>
      `The best ${constructionNames[construction]} cost ${percent(Math.abs(objective / learned.value - 1))} ${
        objective > learned.value ? "more" : "less"
      } than the learned network.`
    ).join(" ");
  const table = {
    columns: ["network", "neurons a feature", "c", "objective"],
    rows: [
      ["learned", "", "", withError(learned.value, learned.error)],
      ...best.map(({ construction, neuronsPerFeature, amplitude, objective, spread }) => [
        `${constructionNames[construction]}${construction === winner?.construction ? ", lowest" : ""}`,
        significant(neuronsPerFeature),
        significant(amplitude),
        withError(objective, spread),
      ]),
    ],
  };
  return gridFigure({ name: "hand-built", title: "What can be built by hand?", caption, tables: [table] }, [plot], {
    key: [
      ...amplitudes.map((amplitude) => ({
        label: `c = ${significant(amplitude)}`,
        colour: colourOf(amplitude),
        shape: "line" as const,
      })),
      { label: "learned", colour: theme.ink, shape: "line" },
      { label: "iid signs, mean-field theory", colour: theme.muted, shape: "dashed" },
    ],
  });
}
