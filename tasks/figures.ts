/** `deno task figures`: draws the figures and pages of runs again, from their directories alone. */
import { join } from "node:path";
import { drawRun } from "../figures/page/gallery.ts";
import type { PrintWidth } from "../figures/print/print_figure.ts";
import { printFormats, type PrintOptions, printRun } from "../figures/print/print_run.ts";
import { PinfieldError, UsageError } from "../models/errors.ts";
import { writeRunsIndex } from "../figures/page/runs_index.ts";
import { openRun } from "../models/run/run.ts";
import { withAdvice } from "./command/flag_advice.ts";
import { runCommand } from "./command/command.ts";
import { openPage } from "./command/open_page.ts";
import { allRuns, runPath, runsFolder } from "./command/named_runs.ts";

await runCommand({
  name: "figures",
  operands: "[RUN …]",
  summary:
    "Draws every figure that a run has the data for, its training movie and its page, and the page that compares runs.\n" +
    `RUN is a name in ${runsFolder}/ or a path; the default is all runs that have been trained and measured.`,
  options: {
    open: { help: "open the page of the run, or the one that compares all runs" },
    format: {
      value: "LIST",
      help: "print for a paper into paper/ of a run: svg, png, pdf or several of them (svg,pdf)",
    },
    width: { value: "NAME", help: "how wide to print: column (86 mm) or page (178 mm) (default column)" },
    "pixels-per-inch": { value: "N", help: "how fine PNG is (default 600)" },
  },
  async run({ operands, on, text, whole }) {
    const print = printOptions(text("format"), text("width"), whole("pixels-per-inch", 1));
    const paths = operands.length > 0 ? operands.map(runPath) : allRuns();
    const drawn: string[] = [];
    for (const path of paths) {
      try {
        await draw(path, print);
        drawn.push(path);
      } catch (error) {
        // A run that the user named must be drawn; among all runs, one that cannot be is no obstacle to the others.
        if (operands.length > 0 || !(error instanceof PinfieldError)) throw error;
        console.error(`${path} is not drawn: ${withAdvice(error)}`);
      }
    }
    if (drawn.length === 0) {
      throw new UsageError(
        `there is no run to draw in ${runsFolder}/ yet; train one with deno task train-superposition.`,
      );
    }
    const comparison = allRuns().length > 0 ? await writeRunsIndex(runsFolder, console.error) : undefined;
    if (comparison !== undefined) console.log(comparison);
    if (on("open")) await openPage(drawn.length > 1 && comparison || join(drawn[0], "index.html"));
  },
});

/** What the options ask to print; nothing if there is none. */
function printOptions(format?: string, width?: string, pixelsPerInch?: number): PrintOptions | undefined {
  if (format === undefined && width === undefined) return undefined;
  const formats = (format ?? "svg").split(",").map((name) => oneOf(printFormats, name, "format"));
  return { formats, width: oneOf<PrintWidth>(["column", "page"], width ?? "column", "width"), pixelsPerInch };
}

function oneOf<Name extends string>(names: readonly Name[], given: string, option: string): Name {
  const name = names.find((name) => name === given);
  if (name !== undefined) return name;
  throw new UsageError(`--${option} must be ${names.slice(0, -1).join(", ")} or ${names.at(-1)}, got "${given}".`);
}

/** Draws a run and tells what was written. */
async function draw(path: string, print: PrintOptions | undefined): Promise<void> {
  const run = await openRun(path);
  const figures = await drawRun(run);
  for (const { name } of figures) console.log(join(path, "figures", `${name}.svg`));
  console.log(join(path, "index.html"));
  if (print === undefined) return;
  for (const file of await printRun(run, print)) console.log(join(path, file));
}
