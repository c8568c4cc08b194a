/** Training as a task shows it: with progress, stopped by Ctrl-C, measured at the end. */
import { analyseRun } from "../../analysis/report/analyse_run.ts";
import type { Run } from "../../models/run/run.ts";
import type { Device } from "../../models/runtime/device.ts";
import { trainRun } from "../../models/run/training_run.ts";
import { duration, showProgress } from "./progress.ts";

/** A signal that Ctrl-C raises; the process goes on until whoever holds the signal ends. */
export function interruption(): AbortSignal {
  const stop = new AbortController();
  Deno.addSignalListener("SIGINT", () => {
    console.error("\nStopping after the steps that are running …");
    stop.abort();
  });
  return stop.signal;
}

/**
 * Trains a run to its end under a progress display and measures sections of it.
 *
 * @returns false if the signal stopped it
 */
export async function trainAndMeasure(
  run: Run,
  { device, signal, sections }: { device: Device; signal: AbortSignal; sections: readonly string[] },
): Promise<boolean> {
  const { name } = await run.readConfig();
  const display = showProgress(name);
  const finished = await trainRun(run, { device, signal, report: display.report }).finally(display.stop);
  if (!finished || signal.aborted) return false;
  const started = performance.now();
  await analyseRun(run, { only: sections, device, report: (title) => console.error(`${name}: ${title} …`) });
  console.error(`${name}: measured in ${duration((performance.now() - started) / 1000)}`);
  return true;
}
