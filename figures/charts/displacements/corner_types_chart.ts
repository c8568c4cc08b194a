import type * as Plot from "@observablehq/plot";
import { mean } from "d3-array";
import { significant, wholeNumber } from "../../../analysis/report/number_text.ts";
import { margins, paddedDomain, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { points } from "../../marks/points_mark.ts";
import { theme } from "../../render/figure_theme.ts";
import { type CornerPairs, cornerPairs } from "../../transforms/corner_pairs.ts";
import { type Chart, chart } from "../chart.ts";

/** Points drawn at most, which bounds the size of the file. */
const mostPoints = 20_000;
/** More colours than these would be too alike. */
const mostClasses = 8;

/** A corner cluster coloured by the degree of the feature: what splits it into types. */
export const cornerTypes: Chart<CornerPairs> = chart(
  draw,
  ({ weights, signs }) => signs.edges > 0 ? cornerPairs(weights, signs) : undefined,
);

function draw({ encoder, decoder, degree }: CornerPairs): Figure {
  const classes = degreeClasses(degree);
  // The darkest levels of the theme are too alike for points.
  const colourOf = (rank: number) => theme.levels[Math.round(rank * 12 / Math.max(1, classes.length - 1))];
  const stride = Math.ceil(encoder.length / mostPoints);
  // Rare degrees come last, on top.
  const order = [...classes.keys()].sort((a, b) => classes[b].indices.length - classes[a].indices.length);
  const plot: Plot.PlotOptions = {
    ...margins,
    height: 420,
    x: xAxis("encoder weight × sign", { domain: paddedDomain(Array.from(encoder)) }),
    y: yAxis("decoder weight × sign", { domain: paddedDomain(Array.from(decoder)) }),
    marks: [
      points(
        encoder,
        decoder,
        order.map((rank) => ({
          indices: classes[rank].indices.filter((_, index) => index % stride === 0),
          colour: colourOf(rank),
        })),
        1.6,
      ),
    ],
  };
  const thinned = stride === 1 ? "" : ` (one in ${stride} is drawn)`;
  const caption =
    `The ${
      wholeNumber(encoder.length)
    } pairs of the corner clusters, folded onto one corner by their sign${thinned}. ` +
    "Colours are the number of neurons that a pair's feature sits on: where they lie apart, the degree splits the corner.";
  const meanOf = (values: ArrayLike<number>, indices: readonly number[]) =>
    significant(mean(indices, (index) => values[index])!);
  const table = {
    columns: ["neurons of the feature", "pairs", "mean E·S", "mean D·S"],
    rows: classes.map(({ label, indices }) => [
      label,
      wholeNumber(indices.length),
      meanOf(encoder, indices),
      meanOf(decoder, indices),
    ]),
  };
  return gridFigure({ name: "corner-types", title: "Types within a corner", caption, tables: [table] }, [plot], {
    key: classes.map(({ label }, rank) => ({ label, colour: colourOf(rank) })),
  });
}

/** Pairs of one degree, or of neighbouring ones where there are many. */
interface DegreeClass {
  readonly label: string;
  readonly indices: readonly number[];
}

/** The pairs by degree, ascending; many degrees are joined until a class has its share of the pairs. */
function degreeClasses(degree: ArrayLike<number>): DegreeClass[] {
  const byDegree = [...Map.groupBy(Array.from(degree, (_, index) => index), (index) => degree[index])]
    .sort(([a], [b]) => a - b);
  const share = byDegree.length <= mostClasses ? 0 : degree.length / mostClasses;
  const classes: { from: number; to: number; indices: number[] }[] = [];
  for (const [value, indices] of byDegree) {
    const last = classes[classes.length - 1];
    if (last !== undefined && last.indices.length < share) {
      last.to = value;
      last.indices = last.indices.concat(indices);
    } else classes.push({ from: value, to: value, indices });
  }
  return classes.map(({ from, to, indices }) => ({
    label: from === to ? `degree ${from}` : `degrees ${from}–${to}`,
    indices,
  }));
}
