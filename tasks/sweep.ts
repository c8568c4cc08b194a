/** `deno task sweep`: trains and measures many experiments, on this machine or through Slurm. */
import { join } from "node:path";
import { statusCounts, sweepTable } from "../analysis/study/sweep/sweep_table.ts";
import { csvOf, parquetOf } from "../analysis/study/sweep/table_files.ts";
import { sweepTexts } from "../analysis/study/sweeps/texts.ts";
import { drawSweep } from "../figures/page/sweep_gallery.ts";
import { FailureError, UsageError } from "../models/errors.ts";
import { writeAtomically } from "../models/disk/atomic_write.ts";
import type { Device } from "../models/runtime/device.ts";
import { type Arguments, Interrupted, runCommand } from "./command/command.ts";
import { chosenDevice, deviceAdvice, deviceOption } from "./command/device.ts";
import { duration } from "./command/progress.ts";
import { interruption } from "./command/train_command.ts";
import { showSweep } from "./sweep/sweep_display.ts";
import { runLocally } from "./sweep/local_engine.ts";
import { planSweep, wallSeconds } from "./sweep/sweep_plan.ts";
import { runThroughSlurm } from "./sweep/slurm/engine.ts";
import { pathOfSweepFile, type PlannedPoint, pointsLeft, readSweep, type SweepWork } from "./sweep/sweep_work.ts";

await runCommand({
  name: "sweep",
  operands: "SWEEP.yaml",
  summary:
    "Trains and measures every point of a sweep in worker processes, and writes one table, the figures and a page of all\n" +
    "points into runs/<sweep>/. What is there already is kept; run it again to go on after a stop. Sweeps that come with\n" +
    `the project go by their names: ${Object.keys(sweepTexts).join(", ")}.`,
  options: {
    device: deviceOption,
    engine: {
      value: "NAME",
      help: "local or slurm: an array of jobs on a cluster, auto then means cpu (default local)",
    },
    workers: {
      value: "N",
      help: "most processes or jobs at a time (default as many as the cores, or Slurm, have room for)",
    },
    sbatch: {
      value: "SETTING",
      repeat: true,
      help: "for Slurm, such as --sbatch=--partition=gpu; above those of the estimate",
    },
    plan: { help: "say how long it will take and stop" },
  },
  advice: { ...deviceAdvice, "run-differs": "give the sweep another name, or move that folder away" },
  async run(given) {
    const [name, ...others] = given.operands;
    if (name === undefined || others.length > 0) throw new UsageError("name one sweep; --help shows how.");
    const engine = chosenEngine(given);
    const device = engine === "slurm" ? jobsDevice(given) : chosenDevice(given);
    const signal = interruption();
    const work = await readSweep(name, engine === "slurm" ? undefined : device);
    const asked = given.whole("workers", 1);
    const workers = asked ?? Math.max(1, Math.floor(navigator.hardwareConcurrency / work.sweep.threads));
    const plan = () => planSweep(work, { device: engine === "slurm" ? "cpu" : device, workers, signal });
    if (given.on("plan")) return printPlan(work, await plan(), workers);
    await Deno.mkdir(work.folder, { recursive: true });
    await writeAtomically(pathOfSweepFile(work), work.text);
    const display = showSweep(work.sweep.name);
    const run = engine === "slurm"
      ? runThroughSlurm(work, {
        ...{ device, workers: asked, settings: given.all("sbatch"), signal, display, plan },
        left: () => pointsLeft(work.points),
      })
      : runLocally(work, { device, workers, signal, display });
    const failures = await run.finally(display.stop);
    await writeResults(work, failures);
    const going = engine === "slurm" ? "; jobs that are queued go on without it" : "";
    if (signal.aborted) {
      throw new Interrupted(`stopped${going}; go on with \`deno task sweep ${Deno.args.join(" ")}\`.`);
    }
  },
});

/** Where the points are run. */
function chosenEngine(given: Arguments): "local" | "slurm" {
  const engine = given.text("engine") ?? "local";
  if (engine === "local" || engine === "slurm") return engine;
  throw new UsageError(`--engine must be local or slurm, got "${engine}".`);
}

/** The device of jobs elsewhere: what this machine has says nothing about it. */
function jobsDevice(given: Arguments): Device {
  const device = given.text("device") ?? "auto";
  if (device === "cuda") return "cuda";
  if (device === "cpu" || device === "auto") return "cpu";
  throw new UsageError(`There is no device "${device}"; choose cpu or cuda.`);
}

/** Says how many points are left and how long they will take. */
function printPlan(
  { sweep, points, left }: SweepWork,
  seconds: ReadonlyMap<PlannedPoint, number>,
  workers: number,
): void {
  const times = [...seconds.values()];
  const sum = times.reduce((total, time) => total + time, 0);
  console.log(`${sweep.name}: ${points.length} points, ${points.length - left.length} of them done`);
  if (left.length === 0) return;
  console.log(
    `a point takes ${duration(Math.min(...times))} to ${duration(Math.max(...times))}; in all about ` +
      `${duration(wallSeconds(times, workers))} with ${workers} processes of ${sweep.threads} threads (${
        duration(sum)
      } of one)`,
  );
}

/** Writes the table and says what it holds. */
async function writeResults(
  { sweep, text, folder, points }: SweepWork,
  failures: ReadonlyMap<string, string>,
): Promise<void> {
  const table = await sweepTable(points, ({ config: { name } }) => join(folder, name), failures);
  await writeAtomically(join(folder, "table.csv"), csvOf(table));
  await writeAtomically(join(folder, "table.parquet"), parquetOf(table));
  const { done, failed } = statusCounts(table);
  console.log(`${folder}: ${done} of ${points.length} points done${failed > 0 ? `, ${failed} failed` : ""}`);
  const page = await drawSweep({ sweep, text, table, folder });
  console.log([join(folder, "table.csv"), join(folder, "table.parquet"), page].join(", "));
  if (failed > 0) throw new FailureError(`${failed} of ${points.length} points failed, as the table says.`);
}
