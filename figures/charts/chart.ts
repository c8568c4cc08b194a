import { analysisVersion } from "../../analysis/report/analysis_version.ts";
import type { Config } from "../../models/experiment/config.ts";
import { UsageError } from "../../models/errors.ts";
import type { Figure } from "../render/figure.ts";
import { type Drawable, materialOf } from "../render/drawable_figure.ts";
import type { AnyMaterial, Material } from "../render/figure_material.ts";
import { renderFigure } from "../render/render.ts";

/**
 * A kind of figure: a function to the figure from its data, or from a network that it finds the data in. In a notebook the
 * figure shows itself.
 */
export interface Chart<Data> {
  /** @throws {UsageError} if the network lacks the data, because it was not measured for instance */
  (from: Data | Drawable): Figure;
  /** The figure of a run; undefined where the run lacks the data, or where the chart would have nothing to say. */
  ofRun(run: Material): Figure | undefined;
  /** The same of a run of any network; absent where the chart is of weight pairs. */
  ofAnyRun?(run: AnyMaterial): Figure | undefined;
}

/**
 * Makes a chart.
 *
 * @param draw the figure of some data
 * @param dataOf what a run has for it, if anything; a chart of several runs finds nothing in one
 *
 * @example
 * ```ts
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 * import * as Plot from "@observablehq/plot";
 * import { figureNumbers } from "../print/figure_numbers.ts";
 * import { printFigure } from "../print/print_figure.ts";
 * import { gridFigure } from "../render/figure.ts";
 * import { renderFigure, renderPlot } from "../render/render.ts";
 * import { theme } from "../render/figure_theme.ts";
 * import { chart } from "./chart.ts";
 * const plotOf = (values: readonly number[]) => ({
 *   height: 200,
 *   marks: [Plot.dot(values, { x: (n) => n, y: (n) => n * n, fill: theme.blue })],
 * });
 * const text = { name: "squares", title: "Squares", caption: "n and n².", tables: [] };
 * const squares = chart((values: readonly number[]) => gridFigure(text, [plotOf(values)]));
 * const figure = squares([1, 2, 3]); // a notebook shows it
 * assertStringIncludes(renderFigure(figure), "Squares"); // an SVG with title and caption
 * assertStringIncludes(printFigure(figure, "column"), 'width="86mm"'); // one without, for a paper
 * assertEquals(figureNumbers(figure).trim().split("\n").length, 4); // CSV: a heading and a row for each dot
 * assertStringIncludes(renderPlot({ ...plotOf([1, 2, 3]), width: 300 }, "squares", "n and n²").svg, "<svg"); // the plot alone
 * ```
 */
export function chart<Data>(
  draw: (data: Data) => Figure,
  dataOf: (run: Material) => NoInfer<Data> | null | undefined = () => undefined,
): Chart<Data> {
  const ofRun = (run: Material) => {
    const data = dataOf(run);
    return data === undefined || data === null ? undefined : shown(draw(data));
  };
  return Object.assign((from: Data | Drawable) => {
    if (!isNetwork(from)) return shown(draw(from));
    return ofRun(materialOf(from)) ?? lacking(from.config);
  }, { ofRun });
}

/**
 * Makes a chart that asks for no weight pairs, so that any network may have the data for it.
 *
 * @param draw the figure of some data
 * @param dataOf what a run has for it, if anything
 */
export function chartOfAnyNetwork<Data>(
  draw: (data: Data) => Figure,
  dataOf: (run: AnyMaterial) => NoInfer<Data> | null | undefined,
): Chart<Data> & Required<Pick<Chart<Data>, "ofAnyRun">> {
  const ofAnyRun = (run: AnyMaterial) => {
    const data = dataOf(run);
    return data === undefined || data === null ? undefined : shown(draw(data));
  };
  return Object.assign((from: Data | Drawable) => {
    if (!isNetwork(from)) return shown(draw(from));
    const { config, metrics, analysis = { version: analysisVersion } } = from;
    return ofAnyRun({ config, metrics, analysis }) ?? lacking(config);
  }, { ofRun: ofAnyRun, ofAnyRun });
}

function lacking({ name }: Config): never {
  throw new UsageError(`${name} has not the data for this chart: measure the network first.`);
}

function isNetwork(from: unknown): from is Drawable {
  return typeof from === "object" && from !== null && "config" in from && "weights" in from;
}

/** A figure that a Jupyter kernel shows as a picture. */
function shown(figure: Figure): Figure {
  const value = () => ({ "image/svg+xml": renderFigure(figure) });
  return Object.defineProperty(figure, Symbol.for("Jupyter.display"), { value, configurable: true });
}
