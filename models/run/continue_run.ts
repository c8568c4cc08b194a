import type { Config } from "../experiment/config.ts";
import { UsageError } from "../errors.ts";
import { requireTrainedHere } from "./import/require_trained_here.ts";
import { createRun } from "./create_run.ts";
import { openRun, type Run } from "./run.ts";

/** Settings that change none of a training's numbers; a run keeps those that it was begun with, and its directory's name. */
const besideTheNumbers: ReadonlySet<string> = new Set(["name", "description", "pair", "training.checkpointSeconds"]);

/**
 * Opens the run of an experiment to go on with it, or makes it where there is none. See {@linkcode createRun}.
 *
 * @throws {UsageError} if the run was begun with another experiment, naming the first key that differs, or its weights
 * were imported
 */
export async function continueRun(path: string, config: Config): Promise<Run> {
  const exists = await Deno.stat(path).then(() => true, () => false);
  if (!exists) return await createRun(path, config);
  const run = await openRun(path);
  const begun = await run.readConfig();
  requireTrainedHere(path, begun);
  const changed = firstDifference(begun, config);
  if (changed === undefined) return run;
  throw new UsageError(`${path} was begun with another ${changed}.`, { kind: "run-differs" });
}

/** The key of the first setting in which two experiments differ and that changes the numbers. */
function firstDifference(a: object, b: object, path: readonly string[] = []): string | undefined {
  const [left, right] = [a, b] as Record<string, unknown>[];
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const name = [...path, key].join(".");
    const [x, y] = [left[key], right[key]];
    if (typeof x === "object" && x !== null && typeof y === "object" && y !== null) {
      const found = firstDifference(x, y, [...path, key]);
      if (found !== undefined) return found;
    } else if (x !== y && !besideTheNumbers.has(name)) {
      return name;
    }
  }
  return undefined;
}
