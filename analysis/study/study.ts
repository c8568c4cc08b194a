/** What the study asks for: the runs of its sweeps. */
import { UsageError } from "../../models/errors.ts";
import type { Device } from "../../models/runtime/device.ts";
import { parseSweep } from "./sweep/sweep.ts";
import { sweepPoints } from "./sweep/sweep_points.ts";
import { sweepTexts } from "./sweeps/texts.ts";
import type { Work } from "./work.ts";

/** The sweep that is the study, by device: on the CPU what an evening allows, on a GPU everything at full size. */
const studies: Readonly<Record<Device, string>> = { cpu: "study-cpu", cuda: "study-cuda" };

/**
 * The study on a device.
 *
 * @param only names of runs, or of presets for all runs made from them; none for all
 * @throws {UsageError} if the study has no run and no preset of a name
 */
export function studyOn(device: Device, only: readonly string[] = []): Work[] {
  const name = studies[device];
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
