import * as Plot from "@observablehq/plot";
import { paddedDomain, panelTitle, titled, xAxis, yAxis } from "./axis.ts";
import { type Figure, gridFigure } from "./figure.ts";
import { agreement } from "./marks/agreement.ts";
import { formatCount, formatMeasured, toError } from "./text.ts";
import { theme } from "./theme.ts";

/** The trained decoder, and the best one for the same encoder. */
export interface OptimalDecoder {
  /** D[i, j] as trained; length d·h. */
  readonly trained: ArrayLike<number>;
  /** D[i, j] from the ridge problem, in the same order. */
  readonly optimal: ArrayLike<number>;
  /** Held-out objectives with different decoders or encoders, best first or in the order of the story. */
  readonly objectives: readonly { readonly name: string; readonly objective: number; readonly error: number }[];
}

/** Trained against optimal decoder weights, and the objectives that each reaches. */
export function optimalDecoder({ trained, optimal, objectives }: OptimalDecoder): Figure {
  const ladder: Plot.PlotOptions = {
    ...titled,
    marginLeft: 140,
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
        text: ({ objective, error }) => toError(objective, error),
        dy: -14,
        fill: theme.ink,
      }),
      panelTitle("Objectives"),
    ],
  };
  const listed = objectives.map(({ name, objective, error }) => `${name} ${formatMeasured(objective, error)}`);
  const caption =
    `Left: all ${formatCount(trained.length)} decoder weights as trained against the optimal decoder for the same ` +
    `encoder, coloured by count in the logarithm; on the line they agree. Right: held-out objectives with two standard ` +
    `errors: ${listed.join(", ")}.`;
  return gridFigure({ name: "optimal-decoder", title: "Trained and optimal decoder", caption }, [
    agreement("Decoder weights", trained, optimal, { x: "trained D[i, j]", y: "optimal D[i, j]", height: 380 }),
    ladder,
  ], { columns: 2 });
}
