import { minIndex } from "d3-array";
import { matrices } from "../../../analysis/derivatives/weight_vector.ts";
import { regions } from "../../../analysis/displacements/displacement_clusters.ts";
import { significant, wholeNumber } from "../../../analysis/report/number_text.ts";
import { agreement } from "../../marks/agreement_mark.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import type { Material } from "../../render/figure_material.ts";
import { type Chart, chart } from "../chart.ts";

/** Displacements of one matrix in one cluster. */
export interface DisplacementPanel {
  /** "Encoder, centre" and the like. */
  readonly title: string;
  /** How many weights the points were drawn from. */
  readonly of: number;
  /** What the pinning field predicts, in units of the weights. */
  readonly predicted: ArrayLike<number>;
  /** Learned weight minus its ideal value, in the same order. */
  readonly learned: ArrayLike<number>;
  /** Of prediction and learned displacement, over all weights. */
  readonly correlation: number;
  /** Fraction of the variance of the learned displacements that the prediction explains. */
  readonly r2: number;
}

/** Predicted against learned displacements from the ideal configuration. */
export const displacements: Chart<readonly DisplacementPanel[]> = chart(draw, panelsOf);

function panelsOf({ analysis: { pinningField } }: Material): DisplacementPanel[] | undefined {
  if (!pinningField) return undefined;
  return matrices.flatMap((matrix) =>
    regions.map((region) => ({
      title: `${matrix === "encoder" ? "Encoder" : "Decoder"}, ${region}`,
      ...pinningField.sample[matrix][region],
      ...pinningField[matrix][region],
    }))
  );
}

function draw(panels: readonly DisplacementPanel[]): Figure {
  const worst = panels[minIndex(panels, ({ r2 }) => r2)];
  const caption = "How far weights lie from their ideal values, as learned and as predicted by the response to the " +
    "pinning field: a random sample, colour in the logarithm, on the dashed line where they agree. The prediction " +
    `explains least in ${worst.title.toLowerCase()}: R² = ${significant(worst.r2)}.`;
  const table = {
    columns: ["weights", "shown", "of", "correlation", "R²"],
    rows: panels.map(({ title, learned, of, correlation, r2 }) => [
      title,
      wholeNumber(learned.length),
      wholeNumber(of),
      significant(correlation),
      significant(r2),
    ]),
  };
  return gridFigure(
    { name: "displacements", title: "Predicted and learned displacements", caption, tables: [table] },
    panels.map(({ title, predicted, learned, correlation }) =>
      agreement(`${title}, r = ${significant(correlation, 2)}`, predicted, learned, {
        x: "predicted",
        y: "learned",
        height: 350,
      })
    ),
    { columns: 2 },
  );
}
