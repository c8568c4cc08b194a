import { type Figure, gridFigure } from "../../render/figure.ts";
import { agreement } from "../../marks/agreement.ts";
import { significant, wholeNumber } from "../../../analysis/report/numbers.ts";

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
  readonly correlation: number;
  /** Fraction of the variance of the learned displacements that the prediction explains. */
  readonly r2: number;
}

/** Predicted against learned displacements from the ideal configuration. */
export function displacements(panels: readonly DisplacementPanel[]): Figure {
  const listed = panels.map(({ title, learned, of, correlation, r2 }) =>
    `${title}: ${wholeNumber(learned.length)} of ${wholeNumber(of)} weights shown, correlation ${
      significant(correlation)
    }, R² ${significant(r2)}`
  );
  const caption = "How far each weight lies from its ideal value, as learned and as predicted by the response to the " +
    "pinning field, in damped Newton steps from the ideal configuration; a random sample, colour in the logarithm, the " +
    `dashed line is agreement. Over all weights: ${listed.join("; ")}.`;
  return gridFigure(
    { name: "displacements", title: "Predicted and learned displacements", caption },
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
