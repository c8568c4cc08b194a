/** The mean-field theory beside the trained network, in words. */
import { markdownTable } from "../report/markdown.ts";
import { percent, significant } from "../report/number_text.ts";
import type { Macroscopic, MeanFieldData } from "./mean_field_comparison.ts";

const quantities: readonly [string, keyof Macroscopic][] = [
  ["density p", "density"],
  ["encoder amplitude c", "amplitude"],
  ["decoder corner", "decoderCorner"],
  ["objective", "objective"],
];

/** The predictions in a table, and what a theory of the task alone can predict. */
export function meanFieldText(data: MeanFieldData): string {
  const { sparse, givenDensity, trained } = data;
  const columns = [sparse, givenDensity.regular, givenDensity.iid];
  const rows = quantities.map(([name, key]) => [
    name,
    significant(trained[key], 4),
    ...columns.map((prediction) =>
      prediction === null ? "–" : `${significant(prediction[key], 4)} (${deviation(prediction[key], trained[key])})`
    ),
  ]);
  return [
    "Expected objective of c·S with its optimal decoder, interference taken as Gaussian; nothing is fitted " +
    "(derivation: docs/mean_field.md). In brackets: deviation from the trained network.",
    markdownTable(
      ["quantity", "trained", "p minimised, equal degrees", "p as trained, equal degrees", "p as trained, iid S"],
      rows,
    ),
    "Training does not minimise the objective over p: the p that the weights freeze at depends on the learning rate and " +
    "the batch too (measured in docs/mean_field.md). A theory of the task alone can therefore predict c, the " +
    "decoder and the objective at a given p, but not p.",
  ].join("\n\n");
}

/** How far a prediction is from what was measured, in percent with its sign. */
export function deviation(predicted: number, measured: number): string {
  const relative = predicted / measured - 1;
  return `${relative < 0 ? "−" : "+"}${percent(Math.abs(relative))}`;
}
