import { matrices } from "../../../analysis/derivatives/weight_vector.ts";
import { clusterKinds, clusterName } from "../../../analysis/displacements/cluster_names.ts";
import { regions } from "../../../analysis/displacements/displacement_clusters.ts";
import type { LandscapeData } from "../../../analysis/landscape/landscape.ts";
import { significant, wholeNumber } from "../../../analysis/report/number_text.ts";
import { agreement } from "../../marks/agreement_mark.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { type Chart, chart } from "../chart.ts";

/** The displacements at the exact minimum against what S predicts. */
export const exactDisplacements: Chart<Pick<LandscapeData, "sample" | "stages">> = chart(
  draw,
  ({ analysis: { landscape } }) => landscape,
);

function draw({ sample, stages }: Pick<LandscapeData, "sample" | "stages">): Figure {
  const { name, agreement: last } = stages[stages.length - 1];
  const caption =
    "How far weights lie from their ideal values at the minimum of the objective on infinite data, and as " +
    `predicted from S by ${name}: a random sample, colour in the logarithm, on the dashed line where they agree. No ` +
    "noise of training is left in either.";
  const table = {
    columns: ["weights", "shown", "of", "correlation", "R²"],
    rows: clusterKinds.map(([matrix, region]) => [
      clusterName(matrix, region),
      wholeNumber(sample[matrix][region].learned.length),
      wholeNumber(sample[matrix][region].of),
      significant(last[matrix][region].correlation),
      significant(last[matrix][region].r2),
    ]),
  };
  return gridFigure(
    { name: "exact-displacements", title: "Displacements at the exact minimum", caption, tables: [table] },
    matrices.flatMap((matrix) =>
      regions.map((region) => {
        const { predicted, learned } = sample[matrix][region];
        const title = `${clusterName(matrix, region)}, R² = ${significant(last[matrix][region].r2, 2)}`;
        return agreement(title, predicted, learned, { x: "predicted", y: "at the minimum", height: 350 });
      })
    ),
    { columns: 2 },
  );
}
