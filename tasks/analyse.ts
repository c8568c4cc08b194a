/** `deno task analyse`: measures a trained run against theory and null models. */
import { analyseRun } from "../analysis/report/analyse_run.ts";
import { sectionKeys } from "../analysis/report/sections.ts";
import { drawRun } from "../figures/page/gallery.ts";
import { writeRunsIndex } from "../figures/page/runs_index.ts";
import { UsageError } from "../models/errors.ts";
import { openRun } from "../models/run/run.ts";
import { runCommand } from "./command/command.ts";
import { chosenDevice, deviceAdvice, deviceOption } from "./command/device.ts";
import { runPath, runsFolder } from "./command/named_runs.ts";

await runCommand({
  name: "analyse",
  operands: "RUN …",
  summary: "Measures runs, writes analysis.json and summary.md, and draws the figures.",
  options: {
    only: {
      value: "SECTION",
      repeat: true,
      help: `one of ${sectionKeys.join(", ")} (default all)`,
    },
    device: deviceOption,
  },
  advice: deviceAdvice,
  async run(given) {
    if (given.operands.length === 0) throw new UsageError("name the runs to measure; --help shows how.");
    const device = chosenDevice(given);
    const chosen = given.all("only");
    const only = chosen.length > 0 ? chosen : undefined;
    for (const operand of given.operands) {
      const run = await openRun(runPath(operand));
      await analyseRun(run, { device, only, report: (title) => console.error(`${run.path}: ${title} …`) });
      await drawRun(run);
      console.log(`${run.file("index.html")}, ${run.file("summary.md")}`);
    }
    await writeRunsIndex(runsFolder, console.error);
  },
});
