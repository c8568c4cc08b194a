import type * as Plot from "@observablehq/plot";
import { margins, paddedDomain, xAxis, yAxis } from "./axis.ts";
import { type Figure, gridFigure } from "./figure.ts";
import { points } from "./marks/points.ts";
import { formatCount, formatNumber } from "./text.ts";
import { theme } from "./theme.ts";

/** The pairs in the corner clusters, both corners folded onto the upper right by their sign. */
export interface CornerPairs {
  /** E[j, i]·S[i, j]. */
  readonly encoder: ArrayLike<number>;
  /** D[i, j]·S[i, j], in the same order. */
  readonly decoder: ArrayLike<number>;
  /** How many neurons the pair's feature sits on. */
  readonly degree: ArrayLike<number>;
}

/** A corner cluster coloured by the degree of the feature: what splits it into types. */
export function cornerTypes({ encoder, decoder, degree }: CornerPairs): Figure {
  const byDegree = Map.groupBy(Array.from(degree, (_, index) => index), (index) => degree[index]);
  const degrees = [...byDegree.keys()].sort((a, b) => a - b);
  // The darkest levels of the theme are too alike for points.
  const colourOf = (rank: number) => theme.levels[Math.round(rank * 12 / Math.max(1, degrees.length - 1))];
  // Rare degrees come last, on top.
  const order = [...degrees.keys()].sort((a, b) => byDegree.get(degrees[b])!.length - byDegree.get(degrees[a])!.length);
  const plot: Plot.PlotOptions = {
    ...margins,
    height: 420,
    x: xAxis("encoder weight × sign", { domain: paddedDomain(Array.from(encoder)) }),
    y: yAxis("decoder weight × sign", { domain: paddedDomain(Array.from(decoder)) }),
    marks: [
      points(
        encoder,
        decoder,
        order.map((rank) => ({ indices: byDegree.get(degrees[rank])!, colour: colourOf(rank) })),
        1.6,
      ),
    ],
  };
  const listed = degrees.map((value) => {
    const indices = byDegree.get(value)!;
    return `degree ${value}: ${formatCount(indices.length)} pairs, mean (${formatNumber(mean(encoder, indices))}, ` +
      `${formatNumber(mean(decoder, indices))})`;
  });
  const caption =
    `All ${formatCount(encoder.length)} pairs of the corner clusters, folded onto one corner and coloured by the ` +
    `number of neurons that the feature sits on. ${listed.join("; ")}.`;
  return gridFigure({ name: "corner-types", title: "Types within a corner", caption }, [plot], {
    key: degrees.map((value, rank) => ({ label: `degree ${value}`, colour: colourOf(rank) })),
  });
}

const mean = (values: ArrayLike<number>, indices: readonly number[]) =>
  indices.reduce((sum, index) => sum + values[index], 0) / indices.length;
