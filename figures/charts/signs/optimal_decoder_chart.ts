import * as Plot from "@observablehq/plot";
import { least } from "d3-array";
import type { DecoderData } from "../../../analysis/decoder/decoder_comparison.ts";
import { roundedTo, significant, wholeNumber, withError } from "../../../analysis/report/number_text.ts";
import { nameMargin, paddedDomain, panelTitle, titled, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

/** The trained decoder beside the best one for the same encoder. */
export interface DecoderComparison {
  /** Mean decoder weight times sign over the features that sit on `degree` neurons, ascending. */
  readonly corners: readonly CornersByDegree[];
  /** Held-out objectives with different decoders or encoders, in the order of the story. */
  readonly objectives: readonly { readonly name: string; readonly objective: number; readonly error: number }[];
}

/** The decoder corner of one degree, from three sources. */
export interface CornersByDegree {
  /** How many neurons the features sit on. */
  readonly degree: number;
  /** How many features have that degree. */
  readonly features: number;
  /** As training left it. */
  readonly trained: number;
  /** As the optimal decoder for the same encoder has it. */
  readonly optimal: number;
  /** In closed form, for an average neuron. */
  readonly theory: number;
}

const sources = [
  { source: "trained", label: "trained", colour: theme.neutral, radius: 6 },
  { source: "optimal", label: "optimal for the same encoder", colour: theme.blue, radius: 4 },
  { source: "theory", label: "closed form", colour: theme.vermilion, radius: 2 },
] as const;

/** Trained and optimal decoder by the degree of the feature, and the objectives that each reaches. */
export const optimalDecoder: Chart<DecoderComparison> = chart(
  draw,
  ({ analysis }) => analysis.decoder && decodersOf(analysis.decoder),
);

function decodersOf({ corners, trained, optimal, rounded }: DecoderData): DecoderComparison {
  const named = (name: string, { objective, standardError }: typeof trained) => ({
    name,
    objective,
    error: standardError,
  });
  return {
    corners,
    objectives: [
      named("trained", trained),
      named("optimal decoder", optimal),
      named("c·S, optimal decoder", rounded),
    ],
  };
}

function draw({ corners, objectives }: DecoderComparison): Figure {
  const values = corners.flatMap(({ trained, optimal, theory }) => [trained, optimal, theory]);
  const byDegree: Plot.PlotOptions = {
    ...titled,
    height: 380,
    x: xAxis("neurons of the feature", {
      type: "point",
      domain: corners.map(({ degree }) => degree),
      tickFormat: "d",
      padding: 0.6,
    }),
    y: yAxis("decoder weight × sign, mean", { domain: [0, paddedDomain(values, 0.1)[1]], grid: true, ticks: 5 }),
    marks: [
      ...sources.map(({ source, colour, radius }) =>
        Plot.dot(corners, { x: "degree", y: source, r: radius, fill: colour, stroke: theme.paper, strokeWidth: 0.75 })
      ),
      panelTitle("Decoder corners"),
    ],
  };
  const ladder: Plot.PlotOptions = {
    ...titled,
    marginLeft: nameMargin(objectives.map(({ name }) => name)),
    height: 380,
    x: xAxis("held-out objective", {
      domain: paddedDomain(
        objectives.flatMap(({ objective, error }) => [objective - 2 * error, objective + 2 * error]),
        0.15,
      ),
      grid: true,
      ticks: 4,
    }),
    y: yAxis("", { type: "point", domain: objectives.map(({ name }) => name), label: null, tickSize: 0, padding: 0.6 }),
    marks: [
      Plot.ruleY(objectives, {
        y: "name",
        x1: ({ objective, error }) => objective - 2 * error,
        x2: ({ objective, error }) => objective + 2 * error,
        stroke: theme.blue,
        strokeWidth: 2,
      }),
      Plot.dot(objectives, { x: "objective", y: "name", r: 5, fill: theme.blue }),
      Plot.text(objectives, {
        x: "objective",
        y: "name",
        text: ({ objective, error }) => roundedTo(objective, error),
        dy: -14,
        fill: theme.ink,
      }),
      panelTitle("Objectives"),
    ],
  };
  const best = least(objectives, ({ objective }) => objective)!;
  const caption =
    "Decoder weights at the nonzeros of S by the degree of the feature: as trained, as the optimal decoder for the same " +
    "encoder has them, and in closed form for an average neuron. Beside them held-out objectives with two standard " +
    `errors, ${withError(best.objective, best.error)} at best (${best.name}).`;
  const tables = [
    {
      columns: ["neurons of the feature", "features", ...sources.map(({ label }) => label)],
      rows: corners.map((corner) => [
        String(corner.degree),
        wholeNumber(corner.features),
        ...sources.map(({ source }) => significant(corner[source])),
      ]),
    },
    {
      columns: ["weights", "held-out objective"],
      rows: objectives.map(({ name, objective, error }) => [name, withError(objective, error)]),
    },
  ];
  return gridFigure({ name: "optimal-decoder", title: "Trained and optimal decoder", caption, tables }, [
    byDegree,
    ladder,
  ], {
    columns: 2,
    key: sources.map(({ label, colour }) => ({ label, colour })),
  });
}
