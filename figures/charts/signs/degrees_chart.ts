import { sum } from "d3-array";
import { significant, wholeNumber } from "../../../analysis/report/number_text.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { type CountsAgainstNulls, countsAgainstNulls, nullKey } from "../../marks/counts_against_nulls_mark.ts";
import { type Chart, chart } from "../chart.ts";

/** Degrees on one side of the bipartite graph of S. */
export type DegreeCounts = Pick<CountsAgainstNulls, "observed" | "nulls">;

/** Degrees on both sides. */
export interface GraphDegrees {
  /** Neurons of a feature. */
  readonly features: DegreeCounts;
  /** Features of a neuron. */
  readonly neurons: DegreeCounts;
}

/** How many neurons a feature sits on, and how many features a neuron serves, against the null models. */
export const degrees: Chart<GraphDegrees> = chart(draw, ({ analysis }) => analysis.graphCounts?.degrees);

function draw({ features, neurons }: GraphDegrees): Figure {
  const caption = "How many features sit on 0, 1, 2, … neurons, " +
    `${significant(meanDegree(features))} on average, and how many neurons serve 0, 1, 2, … features. Dots are means ` +
    "over draws of the null models, lines one spread of a draw: a structure beyond chance shows as bars that miss them.";
  const table = {
    columns: ["side", "how many", "mean degree", "without a partner"],
    rows: Object.entries({ features, neurons }).map(([side, counts]) => [
      side,
      wholeNumber(sum(counts.observed)),
      significant(meanDegree(counts)),
      wholeNumber(counts.observed[0]),
    ]),
  };
  return gridFigure(
    { name: "degrees", title: "Degrees of features and neurons", caption, tables: [table] },
    [
      countsAgainstNulls({ ...features, title: "Features", label: "neurons of a feature", unit: "features" }),
      countsAgainstNulls({ ...neurons, title: "Neurons", label: "features of a neuron", unit: "neurons" }),
    ],
    { columns: 2, key: nullKey(features.nulls) },
  );
}

const meanDegree = ({ observed }: DegreeCounts) => sum(observed, (count, degree) => count * degree) / sum(observed);
