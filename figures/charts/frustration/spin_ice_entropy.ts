import * as Plot from "@observablehq/plot";
import type { ResidualEntropy } from "../../../analysis/frustration/residual_entropy.ts";
import { margins, xAxis, yAxis } from "../../render/axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { significant, wholeNumber } from "../../../analysis/report/numbers.ts";
import { theme } from "../../render/theme.ts";

/** Entropy of the sign matrix for comparison, in nats. */
export interface SignEntropy {
  /** p, the fraction of nonzeros. */
  readonly density: number;
  readonly perEntry: number;
  /** Entries of the matrix, d·h. */
  readonly entries: number;
}

/** Residual entropy of the triangular antiferromagnet on widening strips against Wannier's value. */
export function isingEntropy({ strips, extrapolated, exact }: ResidualEntropy, signs: SignEntropy | null): Figure {
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
  const compared = signs === null
    ? ""
    : ` A sign matrix of independent entries, p = ${significant(signs.density)}, has ${significant(signs.perEntry)} ` +
      `nats an entry, ${wholeNumber(signs.perEntry * signs.entries)} in all.`;
  const caption =
    `Logarithm of the number of ground states on endless strips, exact by transfer matrix. The two widest ` +
    `extrapolate to ${significant(extrapolated, 5)}, Wannier's exact value is ${significant(exact, 5)}: ` +
    `frustration leaves a choice that grows with the number of spins.${compared}`;
  return gridFigure({ name: "ising-entropy", title: "What frustration leaves open", caption }, [plot], {
    key: [
      { label: "strips", colour: theme.blue },
      { label: "Wannier", colour: theme.vermilion, shape: "dashed" },
    ],
  });
}
