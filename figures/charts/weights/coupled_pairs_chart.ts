import * as Plot from "@observablehq/plot";
import type { CoupledPairsData } from "../../../analysis/coupled_pairs/coupled_pairs.ts";
import { partnerNames, relationNames } from "../../../analysis/coupled_pairs/coupled_pairs_text.ts";
import { type Rectangle, rectanglesClosedBy } from "../../../analysis/coupled_pairs/rectangles.ts";
import { percent, significant, wholeNumber, withError } from "../../../analysis/report/number_text.ts";
import { blobsOf } from "../../../analysis/coupled_pairs/blobs.ts";
import type { SignMatrix } from "../../../analysis/signs/sign_matrix.ts";
import type { Weights } from "../../../models/network/network_weights.ts";
import { points } from "../../marks/points_mark.ts";
import { paddedDomain, panelTitle, titled, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

/** What was measured of coupled pairs, and the weights that it was measured on. */
export interface CoupledWeights {
  /** What was measured. */
  readonly coupledPairs: CoupledPairsData;
  /** All pairs. */
  readonly weights: Weights;
  /** S. */
  readonly signs: SignMatrix;
}

/** The blobs with some lower-left pairs joined to the pairs of the cloud that they close a rectangle with. */
export const coupledPairs: Chart<CoupledWeights> = chart(
  draw,
  ({ analysis: { coupledPairs }, weights, signs }) =>
    coupledPairs?.rectangles ? { coupledPairs, weights, signs } : undefined,
);

/** About so many pairs of the centre are shown, at equal distances in the matrix: they lie on one another. */
const shownCentre = 3000;

/** So many rectangles are drawn, at equal distances in the blob: more would hide the pairs. */
const shownRectangles = 8;

function draw({ coupledPairs, weights, signs }: CoupledWeights): Figure {
  const { rectangles, couplings, densities } = coupledPairs;
  const { cloud, lowerLeft } = blobsOf(weights, signs);
  const { ofBlob, ofOthers, nulls: { both } } = rectangles!;
  const caption =
    "All weight pairs (a sample of the centre), and lines from some lower-left pairs (j, i) to the three pairs (j, q), (l, q) and " +
    `(l, i) of the cloud that they close a rectangle with. ${percent(ofBlob)} of the lower-left pairs close one, ` +
    `${percent(both.nullMean)} ± ${
      significant(100 * both.nullSd, 2)
    } of them after shuffles that keep their number in each row ` +
    `and column, and ${
      percent(ofOthers)
    } of the other zeros of S. On the right every one of them stands over its partner of the ` +
    "same feature.";
  const tables = [{
    columns: ["partners of a zero of S", "share of the bits told", "z, rows kept", "z, columns kept", "z, both kept"],
    rows: couplings.map(({ relation, share, nulls }) => [
      relationNames[relation],
      percent(share),
      ...[nulls.rows, nulls.columns, nulls.both].map(({ z, nullSd }) =>
        nullSd === 0 || z === null ? "–" : significant(z)
      ),
    ]),
  }, {
    columns: ["partner of a lower-left pair", "pairs", "nats a pair that it tells"],
    rows: densities.map(({ partner, pairs, gain }) => [
      partnerNames[partner],
      wholeNumber(pairs),
      withError(gain.value, gain.error),
    ]),
  }].filter(({ rows }) => rows.length > 0);
  return gridFigure(
    { name: "coupled-pairs", title: "Lower-left pairs and the cloud", caption, tables },
    [pairsPlot(weights, signs, cloud, lowerLeft), partnersPlot(weights, signs, lowerLeft)],
    {
      columns: 2,
      key: [
        { label: "lower left", colour: theme.vermilion },
        { label: "cloud", colour: theme.blue },
        { label: "other pairs", colour: theme.neutral },
        { label: "closes a rectangle with", colour: theme.orange, shape: "line" },
      ],
    },
  );
}

/** The encoder weights of lower-left pairs over those of the pair of the cloud of the same feature: two of four dimensions. */
function partnersPlot({ encoder }: Weights, signs: SignMatrix, lowerLeft: Int32Array): Plot.PlotOptions {
  const closing = Array.from(lowerLeft).flatMap((pair) => rectanglesClosedBy(signs, pair).slice(0, 1));
  const own = Float32Array.from(closing, ([pair]) => encoder[pair]);
  const partners = Float32Array.from(closing, ([, , sameFeature]) => encoder[sameFeature]);
  return {
    ...titled,
    height: 400,
    x: xAxis("E of the cloud's pair (l, i)", { domain: paddedDomain(partners), ticks: 5 }),
    y: yAxis("E of the lower-left pair (j, i)", { domain: paddedDomain(own), ticks: 5 }),
    marks: [
      points(partners, own, [{ indices: Array.from(own.keys()), colour: theme.vermilion }], 1.3),
      panelTitle("A pair and its partner"),
    ],
  };
}

function pairsPlot(
  { encoder, decoder }: Weights,
  signs: SignMatrix,
  cloud: Int32Array,
  lowerLeft: Int32Array,
): Plot.PlotOptions {
  const others = Array.from(signs.entries.keys()).filter((pair) => signs.entries[pair] <= 0);
  const every = Math.max(1, Math.floor(others.length / shownCentre));
  const closing = Array.from(lowerLeft).flatMap((pair) => rectanglesClosedBy(signs, pair).slice(0, 1));
  const step = Math.max(1, Math.floor(closing.length / shownRectangles));
  const lines = closing.filter((_, index) => index % step === 0).slice(0, shownRectangles)
    .flatMap(([pair, ...corners]: Rectangle) => corners.map((corner) => ({ pair, corner })));
  return {
    ...titled,
    height: 400,
    x: xAxis("encoder weight E[j, i]", { domain: paddedDomain(encoder), ticks: 6 }),
    y: yAxis("decoder weight D[i, j]", { domain: paddedDomain(decoder), ticks: 6 }),
    marks: [
      points(encoder, decoder, [
        { indices: others.filter((_, index) => index % every === 0), colour: theme.neutral },
      ], 0.9),
      Plot.link(lines, {
        x1: ({ pair }) => encoder[pair],
        y1: ({ pair }) => decoder[pair],
        x2: ({ corner }) => encoder[corner],
        y2: ({ corner }) => decoder[corner],
        stroke: theme.orange,
        strokeOpacity: 0.45,
        strokeWidth: 0.8,
      }),
      points(encoder, decoder, [
        { indices: cloud, colour: theme.blue },
        { indices: lowerLeft, colour: theme.vermilion },
      ], 1.3),
      panelTitle("Weight pairs"),
    ],
  };
}
