/** Where runs are kept. */
import { join } from "node:path";

/** The folder of all runs, below the working directory. */
export const runsFolder = "runs";

/** The directory of a run that the user named, by its name or by a path. */
export function runPath(nameOrPath: string): string {
  return nameOrPath.includes("/") ? nameOrPath : join(runsFolder, nameOrPath);
}

/** The directories of all runs, in alphabetical order. */
export function allRuns(): string[] {
  try {
    return Array.from(Deno.readDirSync(runsFolder))
      .filter(({ isDirectory, name }) => isDirectory && !name.startsWith("."))
      .map(({ name }) => runPath(name))
      .sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
