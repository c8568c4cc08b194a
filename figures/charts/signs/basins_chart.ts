import * as Plot from "@observablehq/plot";
import { greatest, least } from "d3-array";
import type { Basins } from "../../../analysis/basins/basins.ts";
import { roundedTo, withError } from "../../../analysis/report/number_text.ts";
import { margins, nameMargin, paddedDomain, xAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

/** A mean with its standard error. */
export interface MeanObjective {
  /** The mean. */
  readonly value: number;
  /** Its standard error. */
  readonly error: number;
}

/** Objectives of one kind of starting point: means over its draws. */
export interface BasinRung {
  /** The kind: "learned", "c·S rounded", "random S", … */
  readonly kind: string;
  /** How many starts of this kind. */
  readonly draws: number;
  /** At the start. */
  readonly before: MeanObjective;
  /** After descent. */
  readonly after: MeanObjective;
  /** After descent, with the optimal decoder in place of the descended one. */
  readonly refitted: MeanObjective;
}

const stages = [
  { stage: "before", label: "before descent", colour: theme.neutral, lift: -11 },
  { stage: "after", label: "after descent", colour: theme.blue, lift: 0 },
  { stage: "refitted", label: "after, with the optimal decoder", colour: theme.vermilion, lift: 11 },
] as const;

/** More digits than this error allows say nothing in a label. */
const leastError = 0.01;

const kindNames: Readonly<Record<Basins["ladder"][number]["kind"], string>> = {
  learned: "learned",
  rounded: "c·S, learned S",
  random: "iid S",
  rowSign: "one sign a neuron",
  fixedDegree: "learned degrees",
  regular: "level degrees",
};

/** The ladder of objectives: where descent starts and where it ends, kind by kind. */
export const basins: Chart<readonly BasinRung[]> = chart(
  draw,
  ({ analysis }) => analysis.basins?.ladder.map(({ kind, ...rung }) => ({ ...rung, kind: kindNames[kind] })),
);

function draw(rungs: readonly BasinRung[]): Figure {
  const domain = paddedDomain(
    rungs.flatMap((rung) => stages.flatMap(({ stage }) => [rung[stage].value, rung[stage].value + rung[stage].error])),
    0.12,
  );
  const plot: Plot.PlotOptions = {
    ...margins,
    marginLeft: nameMargin(rungs.map(({ kind }) => kind)),
    height: 66 + 56 * rungs.length,
    x: xAxis("held-out objective", { domain, grid: true, ticks: 6 }),
    y: { type: "point", domain: rungs.map(({ kind }) => kind), padding: 0.6, label: null, tickSize: 0 },
    marks: stages.flatMap(({ stage, colour, lift }) => [
      Plot.ruleY(rungs, {
        y: "kind",
        x1: (rung) => rung[stage].value - rung[stage].error,
        x2: (rung) => rung[stage].value + rung[stage].error,
        dy: lift,
        stroke: colour,
        strokeWidth: 1.5,
      }),
      Plot.dot(rungs, {
        x: (rung) => rung[stage].value,
        y: "kind",
        r: 4,
        dy: lift,
        fill: colour,
        stroke: theme.paper,
        strokeWidth: 0.75,
      }),
      Plot.text(rungs, {
        x: (rung) => rung[stage].value,
        y: "kind",
        text: (rung) => roundedTo(rung[stage].value, Math.max(rung[stage].error, leastError)),
        dx: 9,
        dy: lift,
        textAnchor: "start",
        stroke: theme.paper,
        strokeWidth: 4,
        fill: theme.muted,
      }),
    ]),
  };
  const ends = (rung: BasinRung) => rung.after.value;
  const named = ({ kind, after }: BasinRung) => `${withError(after.value, after.error)} (${kind})`;
  const caption =
    "Objective before and after descent on fresh samples; bars are standard errors, over draws where there " +
    "are several, else over samples. If random signs are as good as the learned ones, all end alike: here between " +
    `${named(least(rungs, ends)!)} and ${named(greatest(rungs, ends)!)}.`;
  const table = {
    columns: ["start", "draws", "before", "after", "after, with the optimal decoder"],
    rows: rungs.map(({ kind, draws, before, after, refitted }) => [
      kind,
      String(draws),
      ...[before, after, refitted].map(({ value, error }) => withError(value, error)),
    ]),
  };
  return gridFigure({ name: "basins", title: "The ladder of basins", caption, tables: [table] }, [plot], {
    key: stages.map(({ label, colour }) => ({ label, colour })),
  });
}
