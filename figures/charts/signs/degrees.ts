import { type Figure, gridFigure } from "../../render/figure.ts";
import { type CountsAgainstNulls, countsAgainstNulls, nullKey } from "../../marks/counts_against_nulls.ts";
import { significant, wholeNumber } from "../../../analysis/report/numbers.ts";

/** Degrees on one side of the bipartite graph of S. */
export type DegreeCounts = Pick<CountsAgainstNulls, "observed" | "nulls">;

/** How many neurons a feature sits on, and how many features a neuron serves, against the null models. */
export function degrees(features: DegreeCounts, neurons: DegreeCounts): Figure {
  const names = features.nulls.map(({ name }) => name).join(", ");
  const caption = `First: how many of the ${wholeNumber(total(features))} features sit on 0, 1, 2, … neurons (mean ` +
    `${significant(mean(features))}). Second: how many of the ${wholeNumber(total(neurons))} neurons serve ` +
    `0, 1, 2, … features (mean ${significant(mean(neurons))}). Dots are means over draws of the null models ` +
    `(${names}), lines one standard deviation of a draw: a structure beyond chance shows as bars that miss them.`;
  return gridFigure(
    { name: "degrees", title: "Degrees of features and neurons", caption },
    [
      countsAgainstNulls({ ...features, title: "Features", label: "neurons of a feature", unit: "features" }),
      countsAgainstNulls({ ...neurons, title: "Neurons", label: "features of a neuron", unit: "neurons" }),
    ],
    { columns: 2, key: nullKey(features.nulls) },
  );
}

const total = ({ observed }: DegreeCounts) => observed.reduce((sum, count) => sum + count, 0);
const mean = (counts: DegreeCounts) =>
  counts.observed.reduce((sum, count, degree) => sum + count * degree, 0) / total(counts);
