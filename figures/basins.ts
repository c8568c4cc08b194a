import * as Plot from "@observablehq/plot";
import { margins, paddedDomain, xAxis } from "./axis.ts";
import { type Figure, gridFigure } from "./figure.ts";
import { toError } from "./text.ts";
import { theme } from "./theme.ts";

/** Objectives of one kind of starting point. */
export interface BasinRung {
  /** The kind: "learned", "rounded to c·S", "random S", … */
  readonly kind: string;
  readonly draws: readonly BasinDraw[];
}

/** One starting point, before and after descent. */
export interface BasinDraw {
  readonly before: number;
  readonly after: number;
  /** Standard error of either objective, from its held-out samples. */
  readonly error: number;
}

const stages = [
  { stage: "before", colour: theme.neutral, lift: -7 },
  { stage: "after", colour: theme.blue, lift: 7 },
] as const;

/** The ladder of objectives: where descent starts and where it ends, kind by kind. */
export function basins(rungs: readonly BasinRung[]): Figure {
  const draws = rungs.flatMap(({ kind, draws }) => draws.map((draw) => ({ kind, ...draw })));
  const means = rungs.map(({ kind, draws }) => ({
    kind,
    before: mean(draws, "before"),
    after: mean(draws, "after"),
    error: mean(draws, "error"),
  }));
  const domain = paddedDomain(
    draws.flatMap(({ before, after, error }) => [before, after, before + error, after - error]),
  );
  const plot: Plot.PlotOptions = {
    ...margins,
    marginLeft: 150,
    height: 66 + 48 * rungs.length,
    x: xAxis("held-out objective", { domain, grid: true, ticks: 6 }),
    y: { type: "point", domain: rungs.map(({ kind }) => kind), padding: 0.6, label: null, tickSize: 0 },
    marks: [
      Plot.link(means, {
        x1: "before",
        x2: "after",
        y: "kind",
        stroke: theme.rule,
        strokeWidth: 2,
        markerEnd: "arrow",
      }),
      ...stages.flatMap(({ stage, colour, lift }) => [
        Plot.ruleY(draws, {
          y: "kind",
          x1: (draw) => draw[stage] - draw.error,
          x2: (draw) => draw[stage] + draw.error,
          dy: lift,
          stroke: colour,
          strokeWidth: 1.5,
        }),
        Plot.dot(draws, { x: stage, y: "kind", r: 4, dy: lift, fill: colour, stroke: theme.paper, strokeWidth: 0.75 }),
        Plot.text(means, {
          x: stage,
          y: "kind",
          text: (rung) => toError(rung[stage], rung.error),
          dy: 2.8 * lift,
          fill: theme.muted,
        }),
      ]),
    ],
  };
  const listed = means.map(({ kind, before, after, error }) =>
    `${kind} ${toError(before, error)} → ${toError(after, error)}`
  );
  const caption =
    `Objective before and after descent on fresh samples, a dot for each start with its standard error, the numbers ` +
    `are means: ${listed.join("; ")}. If random signs are as good as the learned ones, both end at the same objective.`;
  return gridFigure({ name: "basins", title: "The ladder of basins", caption }, [plot], {
    key: [{ label: "before descent", colour: theme.neutral }, { label: "after descent", colour: theme.blue }],
  });
}

const mean = (draws: readonly BasinDraw[], field: keyof BasinDraw) =>
  draws.reduce((sum, draw) => sum + draw[field], 0) / draws.length;
