/** Making a run directory, in the place of another where that is asked for. */
import { dirname, join, resolve } from "node:path";
import { FailureError, UsageError } from "../errors.ts";
import type { Config } from "../experiment/config.ts";
import { type Disk, syncDirectory, writeAtomically } from "../disk/atomic_write.ts";
import { besideRun, removeBesideRun } from "../disk/beside_run.ts";
import { pathKind } from "../disk/path_kind.ts";
import { writeFailure } from "../disk/write_failure.ts";
import { Run } from "./run.ts";
import { configText } from "./run_config.ts";
import { runFiles } from "./run_folder.ts";
import { lockRun } from "./run_lock.ts";

/** What {@linkcode createRun} may be told. */
export interface CreateRunOptions {
  /** Whether a run that is there may be replaced, with all that it holds. Default false. */
  readonly overwrite?: boolean;
  /** What to write with. Default `Deno`. */
  readonly disk?: Disk;
}

async function isEmpty(folder: string): Promise<boolean> {
  for await (const _entry of Deno.readDir(folder)) return false;
  return true;
}

/** What is at the path and must make way, if anything; throws when it may not. */
async function inTheWay(path: string, overwrite: boolean): Promise<"empty folder" | "run" | undefined> {
  const kind = await pathKind(path);
  if (kind === undefined) return undefined;
  if (kind === "directory" && await isEmpty(path)) return "empty folder";
  if (kind === "file" || await pathKind(join(path, runFiles.config)) === undefined) {
    throw new UsageError(`${path} exists and is no run, so that it is not replaced; choose another name.`);
  }
  if (overwrite) return "run";
  throw new UsageError(`${path} exists and would be replaced.`, { kind: "run-exists" });
}

/**
 * Makes a run directory that holds the experiment's `config.yaml`. It is made beside its place and moved there when
 * complete; a run that it replaces is removed after that, so that an interruption leaves one of the two whole.
 *
 * @param path the directory; folders above it are made too
 * @param config written out in full, with the versions of Pinfield, Deno and ONNX Runtime
 * @throws {UsageError} when the path is taken: by a run without `overwrite`, by one that is being trained, or by
 * anything that is no run
 * @throws {FailureError} when the disk is full or refuses
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseConfig } from "../experiment/config.ts";
 * import { continueRun } from "./continue_run.ts";
 * import { createRun } from "./create_run.ts";
 * import { openRun, Run } from "./run.ts";
 * import { runFiles, RunFolder } from "./run_folder.ts";
 * import { readSnapshots } from "./snapshots.ts";
 * import { trainRun } from "./training_run.ts";
 * const folder = await Deno.makeTempDir();
 * const tiny = { name: "tiny", model: { features: 16, hidden: 8 }, training: { steps: 4, batch: 32 } };
 * const config = parseConfig(tiny, "my script");
 * await trainRun(await createRun(`${folder}/tiny`, config));
 * const run = await openRun(`${folder}/tiny`); // in another script
 * assertEquals([run instanceof Run, run instanceof RunFolder], [true, true]);
 * assertEquals((await run.readMetrics()).at(-1)?.step, 4);
 * assertEquals((await readSnapshots(run)).pairs.length, 16 * 8); // so small that the movie follows all of them
 * assertEquals(await (await continueRun(`${folder}/tiny`, config)).has(runFiles.weights), true);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function createRun(path: string, config: Config, options: CreateRunOptions = {}): Promise<Run> {
  const { overwrite = false, disk = Deno } = options;
  const place = resolve(path);
  const folder = dirname(place);
  const { fresh, replaced } = besideRun(path);
  const old = await inTheWay(path, overwrite);
  // No training may begin or go on in a run that is about to be replaced.
  using _lock = old === "run" ? await lockRun(path, disk) : undefined;
  try {
    await removeBesideRun(path, disk);
    await disk.mkdir(fresh, { recursive: true });
    await writeAtomically(join(fresh, runFiles.config), configText(config), disk);
    if (old) await disk.rename(place, replaced);
    try {
      await disk.rename(fresh, place);
    } catch (error) {
      if (old) await disk.rename(replaced, place);
      throw error;
    }
    await syncDirectory(folder, disk);
    if (old) await disk.remove(replaced, { recursive: true });
  } catch (error) {
    throw error instanceof FailureError ? error : writeFailure(path, error);
  }
  return new Run(path, disk);
}
