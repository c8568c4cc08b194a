import type { Figure } from "../render/figure.ts";
import type { Material } from "../render/material.ts";

/** A kind of figure: a function from its data to the figure, which also finds that data in a run. */
export interface Chart<Data> {
  (data: Data): Figure;
  /** The figure of a run; undefined where the run lacks the data, or where the chart would have nothing to say. */
  ofRun(run: Material): Figure | undefined;
}

/**
 * Makes a chart.
 *
 * @param draw the figure of some data
 * @param dataOf what a run has for it, if anything; a chart of several runs finds nothing in one
 */
export function chart<Data>(
  draw: (data: Data) => Figure,
  dataOf: (run: Material) => NoInfer<Data> | null | undefined = () => undefined,
): Chart<Data> {
  return Object.assign((data: Data) => draw(data), {
    ofRun(run: Material) {
      const data = dataOf(run);
      return data === undefined || data === null ? undefined : draw(data);
    },
  });
}
