import * as Plot from "@observablehq/plot";
import type { ResidualEntropy } from "../../../analysis/frustration/residual_entropy.ts";
import { significant, wholeNumber } from "../../../analysis/report/number_text.ts";
import { margins, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

/** Entropy of the sign matrix for comparison, in nats. */
export interface SignEntropy {
  /** p, the fraction of nonzeros. */
  readonly density: number;
  /** Nats an entry of the matrix. */
  readonly perEntry: number;
  /** Entries of the matrix, d·h. */
  readonly entries: number;
}

/** What is known of the entropy that frustration leaves. */
export interface FrustratedEntropy {
  /** Of strips of the triangular antiferromagnet. */
  readonly entropy: ResidualEntropy;
  /** Null where S has no nonzeros. */
  readonly signs: SignEntropy | null;
}

/** Residual entropy of the triangular antiferromagnet on widening strips against Wannier's value. */
export const isingEntropy: Chart<FrustratedEntropy> = chart(draw, ({ analysis }) => analysis.ising);

function draw({ entropy: { strips, extrapolated, exact }, signs }: FrustratedEntropy): Figure {
  const points = strips.map((strip) => ({ ...strip, inverseSquare: strip.width ** -2 }));
  const plot: Plot.PlotOptions = {
    ...margins,
    height: 300,
    x: xAxis("1 / width²", { domain: [0, 1.08 * points[0].inverseSquare] }),
    y: yAxis("entropy a spin, nats", { grid: true, nice: true, ticks: 5 }),
    marks: [
      Plot.ruleY([exact], { stroke: theme.vermilion, strokeWidth: 1.5, strokeDasharray: "5 3" }),
      Plot.line([{ inverseSquare: 0, entropyPerSpin: extrapolated }, points[points.length - 1]], {
        x: "inverseSquare",
        y: "entropyPerSpin",
        stroke: theme.blue,
        strokeOpacity: 0.5,
      }),
      Plot.lineY(points, { x: "inverseSquare", y: "entropyPerSpin", stroke: theme.blue, strokeOpacity: 0.5 }),
      Plot.dot(points, { x: "inverseSquare", y: "entropyPerSpin", r: 4.5, fill: theme.blue }),
      Plot.text(points.slice(0, 3), {
        x: "inverseSquare",
        y: "entropyPerSpin",
        text: ({ width }) => `width ${width}`,
        textAnchor: "end",
        dx: -4,
        dy: -10,
        fill: theme.muted,
      }),
    ],
  };
  const caption =
    "Logarithm of the number of ground states on endless strips, exact by transfer matrix: the two widest " +
    `extrapolate to ${significant(extrapolated, 5)} nats a spin, where Wannier's exact value is ${
      significant(exact, 5)
    }. ` +
    "Frustration leaves a choice that grows with the number of spins, as the sign matrix S leaves one for every entry.";
  const ofSigns = signs === null
    ? []
    : [[`S of independent entries, p = ${significant(signs.density)}`, significant(signs.perEntry), "entry"]];
  const table = {
    columns: ["entropy", "nats", "a"],
    rows: [
      ...strips.map(({ width, entropyPerSpin }) => [`strip of width ${width}`, significant(entropyPerSpin, 5), "spin"]),
      ["extrapolated", significant(extrapolated, 5), "spin"],
      ["Wannier", significant(exact, 5), "spin"],
      ...ofSigns,
      ...(signs === null ? [] : [["S in all", wholeNumber(signs.perEntry * signs.entries), "matrix"]]),
    ],
  };
  return gridFigure(
    { name: "ising-entropy", title: "What frustration leaves open", caption, tables: [table] },
    [plot],
    {
      key: [
        { label: "strips", colour: theme.blue },
        { label: "Wannier", colour: theme.vermilion, shape: "dashed" },
      ],
    },
  );
}
