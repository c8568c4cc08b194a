/** A sweep in its folder: its points, where they are, and what each takes. */
import { join } from "node:path";
import { parseSweep, type Sweep } from "../../analysis/study/sweep/sweep.ts";
import { type SweepPoint, sweepPoints } from "../../analysis/study/sweep/sweep_points.ts";
import { isPointDone } from "../../analysis/study/sweep/sweep_table.ts";
import { sweepTexts } from "../../analysis/study/sweeps/texts.ts";
import { UsageError } from "../../models/errors.ts";
import { pathKind } from "../../models/disk/path_kind.ts";
import { runFiles } from "../../models/run/run_folder.ts";
import { requireMemory } from "../../models/run/require_memory.ts";
import { followedPairs } from "../../models/run/snapshots.ts";
import type { Device } from "../../models/runtime/device.ts";
import { trainingMemory } from "../../models/training/memory_estimate.ts";
import { stepProductCost } from "../../models/training/objective.ts";
import { runsFolder, sweepFile } from "../command/named_runs.ts";

/** A point with what is known of it before it runs. */
export interface PlannedPoint extends SweepPoint {
  /** Of its run directory. */
  readonly path: string;
  /** Bytes that its training needs at its peak. */
  readonly memory: number;
  /** What it takes, in a unit of its own that only compares the points of a sweep. */
  readonly weight: number;
}

/** A sweep in its folder. */
export interface SweepWork {
  readonly sweep: Sweep;
  /** The text of its file. */
  readonly text: string;
  readonly folder: string;
  /** All points, in the order of the table. */
  readonly points: readonly PlannedPoint[];
  /** Those that are not done, the longest first, so that none of them is left alone at the end. */
  readonly left: readonly PlannedPoint[];
}

/** A step's time that no matrix product takes, in floating-point operations of those: about 0.2 ms of one thread. */
const costOfAnyStep = 2e7;

/**
 * Reads a sweep and what is there of it.
 *
 * @param name a file, or a sweep that comes with the project
 * @param device whose memory the points must fit into; none where they run elsewhere
 * @throws {UsageError} if it is none, a point does not fit into the memory, or what is in its folder is of something else
 */
export async function readSweep(name: string, device?: Device): Promise<SweepWork> {
  const text = sweepText(name);
  const sweep = parseSweep(text, name.includes(".") ? name : `${name}.yaml`);
  const folder = join(runsFolder, sweep.name);
  if (await pathKind(join(folder, runFiles.config)) !== undefined) {
    throw new UsageError(`${folder} is a run; give the sweep another name.`);
  }
  const points = sweepPoints(sweep, name).map((point): PlannedPoint => {
    const { config } = point;
    if (device !== undefined) requireMemory(config, device);
    return {
      ...point,
      path: join(folder, config.name),
      memory: trainingMemory(config, followedPairs(config)).total,
      weight: config.training.steps * (stepProductCost(config) + costOfAnyStep),
    };
  });
  return { sweep, text, folder, points, left: await pointsLeft(points) };
}

/** The points that are not done, the longest first. */
export async function pointsLeft(points: readonly PlannedPoint[]): Promise<PlannedPoint[]> {
  const left: PlannedPoint[] = [];
  for (const point of points) if (!await isPointDone(point, point.path)) left.push(point);
  return left.sort((a, b) => b.weight - a.weight);
}

function sweepText(name: string): string {
  if (Object.hasOwn(sweepTexts, name)) return sweepTexts[name];
  try {
    return Deno.readTextFileSync(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UsageError(
      `There is no file ${name}, and no sweep of that name; choose from ${Object.keys(sweepTexts).join(", ")}.`,
    );
  }
}

/** The file in a sweep's folder that says what it is. */
export const pathOfSweepFile = ({ folder }: Pick<SweepWork, "folder">) => join(folder, sweepFile);
