import { sum } from "d3-array";
import { percent, significant, wholeNumber } from "../../../analysis/report/number_text.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { type CountsAgainstNulls, countsAgainstNulls, nullKey } from "../../marks/counts_against_nulls_mark.ts";
import { type Chart, chart } from "../chart.ts";

/** How many pairs share 0, 1, 2, … partners. */
export type OverlapCounts = Pick<CountsAgainstNulls, "observed" | "nulls">;

/** Overlaps on both sides. */
export interface GraphOverlaps {
  /** Pairs of features by the neurons both sit on. */
  readonly features: OverlapCounts;
  /** Pairs of neurons by the features both serve. */
  readonly neurons: OverlapCounts;
}

/** How many neurons two features share, and how many features two neurons share, against the null models. */
export const overlaps: Chart<GraphOverlaps> = chart(draw, ({ analysis }) => analysis.graphCounts?.overlaps);

function draw({ features, neurons }: GraphOverlaps): Figure {
  const caption = "Pairs of features by the number of neurons both sit on, of which " +
    `${
      percent(1 - features.observed[0] / sum(features.observed))
    } share one or more, and pairs of neurons by the number ` +
    "of features both serve; dots and lines are mean and spread over draws of the null models. Bars below the dots at " +
    "large overlaps would mean that features avoid one another.";
  const table = {
    columns: ["pairs of", "how many", "that share none", "mean overlap", "largest"],
    rows: Object.entries({ features, neurons }).map(([side, { observed }]) => [
      side,
      wholeNumber(sum(observed)),
      wholeNumber(observed[0]),
      significant(sum(observed, (count, shared) => count * shared) / sum(observed)),
      String(observed.findLastIndex((count) => count > 0)),
    ]),
  };
  return gridFigure(
    { name: "overlaps", title: "Overlaps", caption, tables: [table] },
    [
      countsAgainstNulls({ ...features, title: "Pairs of features", label: "shared neurons", unit: "pairs" }),
      countsAgainstNulls({ ...neurons, title: "Pairs of neurons", label: "shared features", unit: "pairs" }),
    ],
    { columns: 2, key: nullKey(features.nulls) },
  );
}
