import * as Plot from "@observablehq/plot";
import { max } from "d3-array";
import { significant, wholeNumber, withError } from "../../../analysis/report/number_text.ts";
import { margins, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import type { Material } from "../../render/figure_material.ts";
import { theme } from "../../render/figure_theme.ts";
import { bin1d } from "../../transforms/bin1d.ts";
import { type Chart, chart } from "../chart.ts";

/** The spectrum of S and what a matrix of independent entries would have. */
export interface SingularValues {
  /** In any order. */
  readonly values: ArrayLike<number>;
  /** The Marchenko–Pastur law for singular values: probability density at points across its support. */
  readonly law: readonly { readonly value: number; readonly density: number }[];
  /** The largest singular value over draws of the null model, where it was measured. */
  readonly nullLargest?: { readonly mean: number; readonly spread: number };
}

const bins = 60;

/** Histogram of the singular values of S under the Marchenko–Pastur density, and the largest one beside its null. */
export const singularValues: Chart<SingularValues> = chart(draw, spectrumOf);

function spectrumOf({ analysis: { singularSpectrum, randomGraph } }: Material): SingularValues | undefined {
  if (!singularSpectrum) return undefined;
  const largest = randomGraph?.nulls.iid.signedSingularValue;
  return { ...singularSpectrum, nullLargest: largest && { mean: largest.nullMean, spread: largest.nullSd } };
}

function draw({ values, law, nullLargest }: SingularValues): Figure {
  const all = Array.from(values);
  const largest = max(all)!;
  const edge = law[law.length - 1].value;
  const domain = [
    0,
    1.05 * Math.max(largest, edge, nullLargest ? nullLargest.mean + 2 * nullLargest.spread : 0),
  ] as const;
  const bars = bin1d(all, domain, bins).map((bar) => ({
    ...bar,
    density: bar.count / (all.length * (bar.to - bar.from)),
  }));
  const plot: Plot.PlotOptions = {
    ...margins,
    height: 320,
    x: xAxis("singular value of S", { domain }),
    y: yAxis("probability density", { grid: true, ticks: 5 }),
    marks: [
      Plot.rect(nullLargest ? [nullLargest] : [], {
        x1: ({ mean, spread }) => mean - 2 * spread,
        x2: ({ mean, spread }) => mean + 2 * spread,
        fill: theme.sky,
        fillOpacity: 0.35,
      }),
      Plot.rectY(bars, { x1: "from", x2: "to", y: "density", fill: theme.neutral }),
      Plot.lineY(law, { x: "value", y: "density", stroke: theme.vermilion, strokeWidth: 2 }),
      Plot.ruleX([largest], { stroke: theme.blue, strokeWidth: 2 }),
    ],
  };
  const caption =
    "Singular values of S against the Marchenko–Pastur law of independent entries with the same density. The largest " +
    `is ${significant(largest)}, where the law ends at ${significant(edge)}${
      nullLargest === undefined ? "" : "; the band is two spreads of the largest under the null to either side"
    }.`;
  const table = {
    columns: ["singular values", ""],
    rows: [
      ["how many", wholeNumber(all.length)],
      ["largest", significant(largest)],
      ["end of the law", significant(edge)],
      ...(nullLargest === undefined
        ? []
        : [["largest under the null, ± spread", withError(nullLargest.mean, nullLargest.spread)]]),
    ],
  };
  return gridFigure({ name: "singular-values", title: "Singular values of S", caption, tables: [table] }, [plot], {
    key: [
      { label: "observed", colour: theme.neutral },
      { label: "Marchenko–Pastur", colour: theme.vermilion, shape: "line" },
      { label: "largest", colour: theme.blue, shape: "line" },
      ...(nullLargest === undefined ? [] : [{ label: "largest under the null", colour: theme.sky }]),
    ],
  });
}
