import { type Figure, gridFigure } from "../../render/figure.ts";
import { type CountsAgainstNulls, countsAgainstNulls, nullKey } from "../../marks/counts_against_nulls.ts";
import { wholeNumber } from "../../../analysis/report/numbers.ts";

/** How many pairs share 0, 1, 2, … partners. */
export type OverlapCounts = Pick<CountsAgainstNulls, "observed" | "nulls">;

/** How many neurons two features share, and how many features two neurons share, against the null models. */
export function overlaps(features: OverlapCounts, neurons: OverlapCounts): Figure {
  const names = features.nulls.map(({ name }) => name).join(", ");
  const caption =
    `First: the ${wholeNumber(total(features))} pairs of features by the number of neurons both sit on. ` +
    `Second: the ${
      wholeNumber(total(neurons))
    } pairs of neurons by the number of features both serve. Dots and lines ` +
    `are mean and standard deviation over draws of the null models (${names}). Bars below the dots at large overlaps ` +
    `would mean that features avoid one another.`;
  return gridFigure(
    { name: "overlaps", title: "Overlaps", caption },
    [
      countsAgainstNulls({ ...features, title: "Pairs of features", label: "shared neurons", unit: "pairs" }),
      countsAgainstNulls({ ...neurons, title: "Pairs of neurons", label: "shared features", unit: "pairs" }),
    ],
    { columns: 2, key: nullKey(features.nulls) },
  );
}

const total = ({ observed }: OverlapCounts) => observed.reduce((sum, count) => sum + count, 0);
