/** The figures of a run for a paper: in print style, in the formats that are asked for, with the numbers beside them. */
import { resolve } from "node:path";
import type { Run } from "../../models/run/run.ts";
import { figuresOf } from "../charts/charts.ts";
import { readAnyMaterial } from "../render/figure_material.ts";
import { type ChromiumFormat, convertSvg } from "./chromium.ts";
import { figureNumbers } from "./figure_numbers.ts";
import { printFigure, type PrintWidth } from "./print_figure.ts";

/** A kind of file that figures are printed to; PNG and PDF need Chromium. */
export type PrintFormat = "svg" | ChromiumFormat;

/** All of them. */
export const printFormats: readonly PrintFormat[] = ["svg", "png", "pdf"];

/** What figures are printed to, and how wide. */
export interface PrintOptions {
  /** Kinds of files. @default ["svg"] */
  readonly formats?: readonly PrintFormat[];
  /** One of two columns, or the page. @default "column" */
  readonly width?: PrintWidth;
  /** Of PNG. @default 600 */
  readonly pixelsPerInch?: number;
  /** Names of the figures to print. @default all */
  readonly figures?: readonly string[];
}

/** Where Chromium keeps its own files meanwhile. */
const scratch = "paper/.chromium";

/**
 * Prints every figure that a run has the data for into `paper/`, and what it is drawn from as `paper/<figure>.csv`.
 * See {@linkcode drawRun}.
 *
 * @returns the files written, relative to the run
 * @throws {UsageError} if the run has no weights or no analysis yet
 * @throws {FailureError} if PNG or PDF is asked for where there is no Chromium
 */
export async function printRun(
  run: Run,
  { formats = ["svg"], width = "column", pixelsPerInch = 600, figures }: PrintOptions = {},
): Promise<string[]> {
  const files: string[] = [];
  const write = async (file: string, content: string | Uint8Array) => {
    await run.write(file, content);
    files.push(file);
  };
  try {
    const drawn = figuresOf(await readAnyMaterial(run));
    for (const figure of drawn.filter(({ name }) => figures?.includes(name) ?? true)) {
      const svg = printFigure(figure, width);
      await write(`paper/${figure.name}.csv`, figureNumbers(figure));
      for (const format of formats) {
        const file = `paper/${figure.name}.${format}`;
        await write(file, format === "svg" ? svg : await converted(run, svg, format, pixelsPerInch));
      }
    }
  } finally {
    await removed(run.file(scratch));
  }
  return files;
}

async function converted(run: Run, svg: string, format: ChromiumFormat, pixelsPerInch: number): Promise<Uint8Array> {
  const folder = resolve(run.file(scratch));
  await removed(folder);
  await Deno.mkdir(folder, { recursive: true });
  return await Deno.readFile(await convertSvg(svg, format, pixelsPerInch, folder));
}

async function removed(folder: string): Promise<void> {
  try {
    await Deno.remove(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
