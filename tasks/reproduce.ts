/** `deno task reproduce`: the whole study in one command, as large as the device allows. */
import { studyRuns } from "../analysis/study/report/study_runs.ts";
import { plannedRuns, type StudyExtent, studyOn, usualExtent } from "../analysis/study/study.ts";
import { runPoint } from "../analysis/study/sweep/sweep_point_run.ts";
import { expectedTime } from "../analysis/study/study_time_plan.ts";
import { type RemainingWork, remainingWork } from "../analysis/study/study_work.ts";
import { drawRun } from "../figures/page/gallery.ts";
import { writeRunsIndex } from "../figures/page/runs_index.ts";
import { writeStudyReport } from "../figures/page/write_study_report.ts";
import { continueRun } from "../models/run/continue_run.ts";
import { requireMemory } from "../models/run/require_memory.ts";
import type { Device } from "../models/runtime/device.ts";
import { Interrupted, runCommand } from "./command/command.ts";
import { duration, showProgress } from "./command/progress.ts";
import { chosenDevice, deviceAdvice, deviceOption } from "./command/device.ts";
import { runPath, runsFolder } from "./command/named_runs.ts";
import { interruption } from "./command/train_command.ts";

await runCommand({
  name: "reproduce",
  summary:
    "Trains and measures the whole study: on a CPU a reduced plan of a quarter of an hour, on CUDA everything at full\n" +
    `size. Ends with ${runsFolder}/REPORT.md and ${runsFolder}/report.html: the claims of the study, each with what was found\n` +
    "in the runs of the study that are there, those of earlier calls too.\n" +
    "Starts with a time plan. What is there already is kept; run it again to go on after a stop.",
  options: {
    device: deviceOption,
    only: {
      value: "NAME",
      repeat: true,
      help: "a run of the plan, or a preset for all runs made from it (default all)",
    },
    full: { help: "the sizes of the study also on a CPU, as far as an evening goes" },
    plan: { help: "print the time plan and stop" },
  },
  advice: { ...deviceAdvice, "run-differs": "move it away to reproduce it" },
  async run(given) {
    const device = chosenDevice(given);
    const signal = interruption();
    const only = given.all("only");
    const extent = given.on("full") ? "full" : usualExtent(device);
    const study = studyOn(device, only, extent);
    for (const { config } of study) requireMemory(config, device);
    // Each run that is there is opened before the first step, so that one in the way is known at once.
    const remaining = await Promise.all(study.map((work) => remainingWork(work, runPath(work.config.name))));
    await printTimePlan(remaining, device);
    if (given.on("plan")) return;
    const again = [commandOf(device, extent), ...only.map((name) => `--only ${name}`)].join(" ");
    for (const work of study) {
      const { name } = work.config;
      const display = showProgress(name);
      const path = runPath(name);
      const onSection = (title: string) => {
        display.stop();
        console.error(`${name}: ${title} …`);
      };
      const options = { device, signal, onProgress: display.report, onSection };
      const finished = await runPoint(work, path, options).finally(display.stop);
      if (!finished || signal.aborted) throw new Interrupted(`stopped; go on with \`${again}\`.`);
      const run = await continueRun(path, work.config);
      await drawRun(run);
    }
    const runs = await studyRuns(plannedRuns(device, extent), runPath, console.error);
    const { report, files } = await writeStudyReport(
      runsFolder,
      runs.map((found) => ({
        run: found.run,
        command: `${commandOf(found.device, found.extent)} --only ${found.config.name}`,
      })),
      commandOf(device, extent),
    );
    for (const { run, warning } of report.warnings) console.log(`Warning: ${run.config.name}: ${warning}`);
    for (const { number, statement, conclusion } of report.claims) {
      console.log(`${conclusion}: ${number}. ${statement}`);
    }
    await writeRunsIndex(runsFolder, console.error);
    console.log(files.join(", "));
  },
});

/** What asks for a plan of the study. */
function commandOf(device: Device, extent: StudyExtent): string {
  return [`deno task reproduce --device ${device}`, ...(extent === usualExtent(device) ? [] : ["--full"])].join(" ");
}

/** Says line by line how long what is left of each run will take, and all of it. */
async function printTimePlan(works: readonly RemainingWork[], device: Device): Promise<void> {
  let total = 0;
  for (const work of works) {
    const { config: { name }, keys, steps } = work;
    const { training, measuring } = await expectedTime(work, device);
    total += training + measuring;
    const left = [
      ...(steps > 0 ? [`${String(steps).padStart(6)} steps, about ${duration(training)}`] : []),
      ...(measuring > 0 ? [`about ${duration(measuring)} to measure`] : []),
    ];
    const short = keys.length > 0 ? "trained; seconds to measure" : "done";
    console.log(name.padEnd(22) + (left.join(", and ") || short));
  }
  console.log(`${"in all".padEnd(22)}${" ".repeat(14)}about ${duration(total)}`);
}
