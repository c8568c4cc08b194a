/** Where runs are kept. */
import { join } from "node:path";

/** The folder of all runs, below the working directory. */
export const runsFolder = "runs";

/** The file by which the folder of a sweep is known: the sweep itself. */
export const sweepFile = "sweep.yaml";

/** The directory of a run that the user named, by its name or by a path. */
export function runPath(nameOrPath: string): string {
  return nameOrPath.includes("/") ? nameOrPath : join(runsFolder, nameOrPath);
}

/** The directories of all runs, in alphabetical order; those of sweeps, which have runs of their own, are left out. */
export function allRuns(): string[] {
  try {
    return Array.from(Deno.readDirSync(runsFolder))
      .filter(({ isDirectory, name }) => isDirectory && !name.startsWith(".") && !isSweep(name))
      .map(({ name }) => runPath(name))
      .sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function isSweep(name: string): boolean {
  try {
    return Deno.statSync(join(runsFolder, name, sweepFile)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
