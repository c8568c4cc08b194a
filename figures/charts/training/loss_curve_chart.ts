import * as Plot from "@observablehq/plot";
import { max, min } from "d3-array";
import { significant, wholeNumber } from "../../../analysis/report/number_text.ts";
import type { MetricsRow } from "../../../models/run/metrics.ts";
import { margins, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chartOfAnyNetwork } from "../chart.ts";

/** One logged line of a training run. */
export interface LossRecord {
  /** From one. */
  readonly step: number;
  /** What training minimises: data and penalties. */
  readonly objective: number;
  /** Squared error on the support, a sample; absent where the loss has no such part. */
  readonly on?: number;
  /** Squared error off the support, a sample; absent where the loss has no such part. */
  readonly off?: number;
  /** In that step. */
  readonly learningRate: number;
}

const curves = [
  { key: "objective", label: "objective", colour: theme.ink },
  { key: "on", label: "on the support, before λ", colour: theme.vermilion },
  { key: "off", label: "off the support", colour: theme.blue },
] as const;

/** Losses that start near zero, as those off the support do, are cut off this far below the largest. */
const mostDecades = 4;

/**
 * The objective and its parts, if it has any, against the step, on logarithmic axes, over the learning rate.
 *
 * @throws {RangeError} if nothing was logged
 */
export const lossCurve: Chart<readonly LossRecord[]> = chartOfAnyNetwork(
  draw,
  ({ metrics }) => hasLosses(metrics) ? metrics : undefined,
);

function hasLosses(metrics: readonly MetricsRow[]): metrics is (MetricsRow & LossRecord)[] {
  return metrics.length > 0 && "objective" in metrics[0] && "learningRate" in metrics[0];
}

function draw(records: readonly LossRecord[]): Figure {
  if (records.length === 0) throw new RangeError("There must be at least one logged step.");
  const last = records[records.length - 1];
  const steps = records.filter(({ step }) => step > 0);
  const drawn = curves.filter(({ key }) => last[key] !== undefined);
  const values = steps.flatMap((record) => drawn.map(({ key }) => record[key]!));
  const largest = max(values)!;
  const domain = [Math.max(min(values)!, largest / 10 ** mostDecades), 1.1 * largest] as const;
  const x = { type: "log", domain: [steps[0].step, last.step], tickFormat: "~s", ticks: 5 } as const;
  const losses: Plot.PlotOptions = {
    ...margins,
    height: 300,
    marginBottom: 8,
    x: { ...x, axis: null },
    y: yAxis("loss a sample", { type: "log", domain, grid: true, ticks: 5, tickFormat: "~g" }),
    marks: drawn.map(({ key, colour }) =>
      Plot.lineY(steps, { x: "step", y: key, stroke: colour, strokeWidth: 2, clip: true })
    ),
  };
  const rates: Plot.PlotOptions = {
    ...margins,
    height: 140,
    x: xAxis("step", x),
    y: yAxis("learning rate", { grid: true, ticks: 3, zero: true, nice: true }),
    marks: [Plot.lineY(steps, { x: "step", y: "learningRate", stroke: theme.green, strokeWidth: 2 })],
  };
  const parts = drawn.length > 1 ? " and its parts" : "";
  const caption =
    `The objective a sample${parts} while training, not over held-out samples, and under it the learning rate. After ` +
    `${wholeNumber(last.step)} steps the objective is ${
      significant(last.objective)
    }; values more than ${mostDecades} ` +
    "decades below the largest are out of the frame.";
  const table = {
    columns: [`after ${wholeNumber(last.step)} steps`, ""],
    rows: [
      ...drawn.map(({ key, label }) => [label, significant(last[key]!)]),
      ["learning rate", significant(last.learningRate)],
    ],
  };
  return gridFigure({ name: "loss-curve", title: "The loss while training", caption, tables: [table] }, [
    losses,
    rates,
  ], {
    key: drawn.map(({ label, colour }) => ({ label, colour, shape: "line" })),
  });
}
