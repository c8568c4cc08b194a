import * as Plot from "@observablehq/plot";
import type { ComputingData } from "../../../analysis/computing/computing.ts";
import { functionWords, methodWords, thresholdWords } from "../../../analysis/computing/computing_text.ts";
import { wholeNumber, withError } from "../../../analysis/report/number_text.ts";
import { nameMargin, panelTitle, titled, xAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chartOfAnyNetwork } from "../chart.ts";

/** How much of the functions the network explains, beside linear read-outs and layers that are built by hand. */
export const computing: Chart<ComputingData> = chartOfAnyNetwork(draw, ({ analysis }) => analysis.computing);

/** Bars are this many standard errors to either side, so that they can be seen at all. */
const errors = 3;

function draw(data: ComputingData): Figure {
  const { methods, samples, neurons } = data;
  const rows = methods.map((method) => ({ ...method, words: methodWords(method) }));
  const names = rows.map(({ words }) => words);
  const panel = (key: "explained" | "accuracy", title: string, label: string, from: number): Plot.PlotOptions => ({
    ...titled,
    marginLeft: nameMargin(names),
    marginRight: 56,
    height: 90 + 30 * rows.length,
    x: xAxis(label, { domain: [from, 1], grid: true, ticks: 5 }),
    y: { type: "point", domain: names, padding: 0.6, label: null, tickSize: 0 },
    marks: [
      Plot.ruleY(rows, {
        y: "words",
        x1: from,
        x2: (row) => row[key].value,
        stroke: ({ name }) => name === "learned" ? theme.vermilion : theme.neutral,
        strokeWidth: 10,
      }),
      Plot.ruleY(rows, {
        y: "words",
        x1: (row) => row[key].value - errors * row[key].error,
        x2: (row) => Math.min(1, row[key].value + errors * row[key].error),
        stroke: theme.ink,
        strokeWidth: 2,
      }),
      Plot.text(rows, {
        y: "words",
        x: (row) => row[key].value,
        text: (row) => row[key].value.toFixed(3),
        dx: 12,
        textAnchor: "start",
        fill: theme.muted,
      }),
      panelTitle(title),
    ],
  });
  const [learned] = methods;
  const caption =
    `${
      functionWords(data)
    } of pairs of features by the network with layers of ${neurons.layer} neurons, which explains ` +
    `${
      withError(learned.explained.value, learned.explained.error)
    }, beside the exact best linear read-out of the noisy input and ` +
    "hidden layers built by hand, each with the read-out that is best for it. Black bars are three standard errors over " +
    `${wholeNumber(samples)} samples to either side. ${thresholdWords(data)}`;
  const table = {
    columns: ["method", "explained", "right"],
    rows: rows.map(({ words, explained, accuracy }) => [
      words,
      withError(explained.value, explained.error),
      withError(accuracy.value, accuracy.error),
    ]),
  };
  return gridFigure({ name: "computing", title: "Functions computed", caption, tables: [table] }, [
    panel("explained", "How near the value is", "share of the best constant's loss taken away", 0),
    panel("accuracy", "How often a threshold is right", "mean over the four states of a pair", 0.5),
  ]);
}
