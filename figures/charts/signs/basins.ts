import * as Plot from "@observablehq/plot";
import { margins, paddedDomain, xAxis } from "../../render/axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { roundedTo, withError } from "../../../analysis/report/numbers.ts";
import { theme } from "../../render/theme.ts";

/** A mean with its standard error. */
export interface MeanObjective {
  readonly value: number;
  readonly error: number;
}

/** Objectives of one kind of starting point: means over its draws. */
export interface BasinRung {
  /** The kind: "learned", "c·S rounded", "random S", … */
  readonly kind: string;
  readonly draws: number;
  readonly before: MeanObjective;
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

/** The ladder of objectives: where descent starts and where it ends, kind by kind. */
export function basins(rungs: readonly BasinRung[]): Figure {
  const domain = paddedDomain(
    rungs.flatMap((rung) => stages.flatMap(({ stage }) => [rung[stage].value, rung[stage].value + rung[stage].error])),
    0.12,
  );
  const plot: Plot.PlotOptions = {
    ...margins,
    marginLeft: 150,
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
  const listed = rungs.map(({ kind, draws, before, after, refitted }) =>
    `${kind}${draws > 1 ? ` (${draws} draws)` : ""} ${withError(before.value, before.error)} → ` +
    `${withError(after.value, after.error)}, ${withError(refitted.value, refitted.error)} with the optimal decoder`
  );
  const caption =
    `Objective before and after descent on fresh samples, bars are standard errors (over draws where there are several, ` +
    `else over samples): ${listed.join("; ")}. If random signs are as good as the learned ones, all end alike.`;
  return gridFigure({ name: "basins", title: "The ladder of basins", caption }, [plot], {
    key: stages.map(({ label, colour }) => ({ label, colour })),
  });
}
