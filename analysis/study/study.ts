/** What the study asks for: the runs of its sweeps. */
import { UsageError } from "../../models/errors.ts";
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import { parseSweep } from "./sweep/sweep.ts";
import { sweepPoints } from "./sweep/sweep_points.ts";
import { sweepTexts } from "./sweeps/texts.ts";
import type { Work } from "./study_work.ts";

/** How much of the study: a quarter of an hour on a CPU, or its sizes as far as the device allows. */
export type StudyExtent = "reduced" | "full";

/** The extent that is meant where none is asked for. */
export function usualExtent(device: Device): StudyExtent {
  return device === "cpu" ? "reduced" : "full";
}

/** Every plan of the study: on a GPU there is one. */
const plans: readonly { readonly device: Device; readonly extent: StudyExtent }[] = [
  { device: "cpu", extent: "reduced" },
  { device: "cpu", extent: "full" },
  { device: "cuda", extent: "full" },
];

/** The sweep that is the study: in full on the CPU what an evening allows, on a GPU everything at full size. */
function sweepOf(device: Device, extent: StudyExtent): string {
  return extent === "reduced" ? "study-reduced" : `study-${device}`;
}

/**
 * The study on a device.
 *
 * @param only names of runs, or of presets for all runs made from them; none for all
 * @throws {UsageError} if the study has no run and no preset of a name
 */
export function studyOn(device: Device, only: readonly string[] = [], extent = usualExtent(device)): Work[] {
  const name = sweepOf(device, extent);
  const parts = sweepPoints(parseSweep(sweepTexts[name], `${name}.yaml`)).map(({ config, keys, preset }) => ({
    names: [config.name, ...(preset === undefined ? [] : [preset])],
    work: { config, keys },
  }));
  const choices = new Set(parts.flatMap(({ names }) => names));
  for (const name of only) {
    if (choices.has(name)) continue;
    throw new UsageError(`The study has no "${name}"; choose from ${[...choices].join(", ")}.`);
  }
  const chosen = parts.filter(({ names }) => only.length === 0 || names.some((name) => only.includes(name)));
  return chosen.map(({ work }) => work);
}

/** A run that some plan of the study has, with what asks for it. */
export interface PlannedRun {
  /** How it is trained; its name is the run's. */
  readonly config: Config;
  /** The plan that has it. */
  readonly device: Device;
  /** The extent of that plan. */
  readonly extent: StudyExtent;
}

/** Every run of every plan, those of one plan first; of several experiments of a name the first. */
export function plannedRuns(device: Device, extent: StudyExtent): PlannedRun[] {
  const found = new Map<string, PlannedRun>();
  for (const plan of [{ device, extent }, ...plans]) {
    for (const { config } of studyOn(plan.device, [], plan.extent)) {
      if (!found.has(config.name)) found.set(config.name, { config, ...plan });
    }
  }
  return [...found.values()];
}
