/** Checkpoints: all that training needs to go on from a step as if it had never stopped. */
import { join } from "node:path";
import { partialSuffix } from "./atomic_write.ts";
import { FailureError } from "./errors.ts";
import type { Run } from "./run_directory.ts";
import { decodeSafetensors, encodeSafetensors, type SafeTensor } from "./safetensors.ts";
import { writeFailure } from "./write_failure.ts";

/** The state of training after a step. */
export interface Checkpoint {
  /** Steps done. */
  readonly step: number;
  /** Weights and the optimiser's state, under names of the trainer's choice. */
  readonly tensors: Readonly<Record<string, SafeTensor>>;
}

const folderName = "checkpoints";
/** The newest one, and one to go back to. */
const kept = 2;

function nameOf(step: number): string {
  return `step-${String(step).padStart(9, "0")}.safetensors`;
}

/** The steps that the run has checkpoints of, newest first, and the files that interrupted writes left. */
async function listCheckpoints(run: Run): Promise<{ steps: number[]; partials: string[] }> {
  const steps: number[] = [];
  const partials: string[] = [];
  try {
    for await (const { name } of Deno.readDir(run.file(folderName))) {
      const [, digits] = name.match(/^step-(\d+)\.safetensors$/) ?? [];
      if (digits !== undefined) steps.push(Number(digits));
      if (name.endsWith(partialSuffix)) partials.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return { steps: steps.sort((a, b) => b - a), partials };
}

/**
 * Writes a checkpoint, then removes all but the newest two. The older ones stay until the new one is safe on disk.
 *
 * @param checkpoint its tensors must not change until the promise settles: they are written from where they are
 * @throws {FailureError} when the disk is full or refuses; the checkpoints before are then as they were
 */
export async function saveCheckpoint(run: Run, checkpoint: Checkpoint): Promise<void> {
  const { step, tensors } = checkpoint;
  await run.write(join(folderName, nameOf(step)), encodeSafetensors(tensors, { step: String(step) }));
  const { steps, partials } = await listCheckpoints(run);
  const outdated = steps.filter((other) => other !== step).slice(kept - 1).map(nameOf);
  for (const name of [...outdated, ...partials]) {
    const path = run.file(join(folderName, name));
    try {
      await run.disk.remove(path);
    } catch (error) {
      throw writeFailure(path, error);
    }
  }
}

/**
 * Reads the newest checkpoint of a run.
 *
 * @returns the checkpoint, or `undefined` when the run has none
 * @throws {FailureError} when it is damaged, naming the file and what is left to do. No older one is taken in its
 * place unasked.
 */
export async function loadLatestCheckpoint(run: Run): Promise<Checkpoint | undefined> {
  const { steps: [newest, previous] } = await listCheckpoints(run);
  if (newest === undefined) return undefined;
  const name = join(folderName, nameOf(newest));
  const path = run.file(name);
  const fix = previous === undefined
    ? "there is no other, so start over with --overwrite"
    : `delete it, and --resume goes on from step ${previous}`;
  const { tensors, metadata } = decodeSafetensors(await run.readBytes(name), path, fix);
  if (metadata.step !== String(newest)) {
    throw new FailureError(`${path} says it is of step ${metadata.step}, unlike its name; ${fix}.`);
  }
  return { step: newest, tensors };
}
