/** `deno task figures`: draws the figures and pages of runs again, from their directories alone. */
import { join } from "node:path";
import { drawRun } from "../figures/page/gallery.ts";
import { PinfieldError, UsageError } from "../models/errors.ts";
import { writeRunsIndex } from "../figures/page/runs_index.ts";
import { openRun } from "../models/run/run.ts";
import { withAdvice } from "./command/advice.ts";
import { runCommand } from "./command/command.ts";
import { openPage } from "./command/open_page.ts";
import { allRuns, runPath, runsFolder } from "./command/runs.ts";

await runCommand({
  name: "figures",
  operands: "[RUN …]",
  summary:
    "Draws every figure that a run has the data for, its training movie and its page, and the page that compares runs.\n" +
    `RUN is a name in ${runsFolder}/ or a path; the default is all runs that have been trained and measured.`,
  options: { open: { help: "open the page of the run, or the one that compares all runs" } },
  async run({ operands, on }) {
    const paths = operands.length > 0 ? operands.map(runPath) : allRuns();
    const drawn: string[] = [];
    for (const path of paths) {
      try {
        await draw(path);
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

/** Draws a run and prints what was written. */
async function draw(path: string): Promise<void> {
  const figures = await drawRun(await openRun(path));
  for (const { name } of figures) console.log(join(path, "figures", `${name}.svg`));
  console.log(join(path, "index.html"));
}
