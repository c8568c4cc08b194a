/** `deno task sweep`: trains and measures many experiments, on this machine or through Slurm. */
import { join } from "node:path";
import type { Sweep } from "../analysis/study/sweep/sweep.ts";
import { statusCounts, sweepTable } from "../analysis/study/sweep/sweep_table.ts";
import { csvOf, parquetOf } from "../analysis/study/sweep/table_files.ts";
import { sweepTexts } from "../analysis/study/sweeps/texts.ts";
import { FailureError, UsageError } from "../models/errors.ts";
import { writeAtomically } from "../models/run/files/atomic_write.ts";
import { type Arguments, Interrupted, runCommand } from "./command/command.ts";
import { chosenDevice, deviceAdvice, deviceOption } from "./command/device.ts";
import { duration } from "./command/progress.ts";
import { interruption } from "./command/training.ts";
import { showSweep } from "./sweep/display.ts";
import { runLocally } from "./sweep/local.ts";
import { planSweep, wallSeconds } from "./sweep/plan.ts";
import { pathOfSweepFile, type PlannedPoint, readSweep, type SweepWork } from "./sweep/sweep_work.ts";

await runCommand({
  name: "sweep",
  operands: "SWEEP.yaml",
  summary:
    "Trains and measures every point of a sweep in worker processes, and writes one table, the figures and a page of all\n" +
    "points into runs/<sweep>/. What is there already is kept; run it again to go on after a stop. Sweeps that come with\n" +
    `the project go by their names: ${Object.keys(sweepTexts).join(", ")}.`,
  options: {
    device: deviceOption,
    workers: { value: "N", help: "most processes at a time (default as many as the cores have room for)" },
    plan: { help: "say how long it will take and stop" },
  },
  advice: { ...deviceAdvice, "run-differs": "give the sweep another name, or move that folder away" },
  async run(given) {
    const [name, ...others] = given.operands;
    if (name === undefined || others.length > 0) throw new UsageError("name one sweep; --help shows how.");
    const device = chosenDevice(given);
    const signal = interruption();
    const work = await readSweep(name, device);
    const workers = workerCount(given, work.sweep);
    if (given.on("plan")) return printPlan(work, await planSweep(work, { device, workers, signal }), workers);
    await Deno.mkdir(work.folder, { recursive: true });
    await writeAtomically(pathOfSweepFile(work), work.text);
    const display = showSweep(work.sweep.name);
    const failures = await runLocally(work, { device, workers, signal, display }).finally(display.stop);
    await writeResults(work, failures);
    if (signal.aborted) throw new Interrupted(`stopped; go on with \`deno task sweep ${Deno.args.join(" ")}\`.`);
  },
});

/** As many processes as the cores have room for, unless fewer or more were asked for. */
function workerCount(given: Arguments, { threads }: Sweep): number {
  return given.whole("workers", 1) ?? Math.max(1, Math.floor(navigator.hardwareConcurrency / threads));
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
async function writeResults({ folder, points }: SweepWork, failures: ReadonlyMap<string, string>): Promise<void> {
  const table = await sweepTable(points, ({ config: { name } }) => join(folder, name), failures);
  await writeAtomically(join(folder, "table.csv"), csvOf(table));
  await writeAtomically(join(folder, "table.parquet"), parquetOf(table));
  const { done, failed } = statusCounts(table);
  console.log(`${folder}: ${done} of ${points.length} points done${failed > 0 ? `, ${failed} failed` : ""}`);
  console.log(["table.csv", "table.parquet"].map((file) => join(folder, file)).join(", "));
  if (failed > 0) throw new FailureError(`${failed} of ${points.length} points failed, as the table says.`);
}
