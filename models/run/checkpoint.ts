/** Checkpoints: all that training needs to go on from a step as if it had never stopped. */
import { join } from "node:path";
import { removePartials } from "./files/atomic_write.ts";
import { FailureError } from "../errors.ts";
import type { Run } from "./run.ts";
import { decodeSafetensors, encodeSafetensors, type SafeTensor } from "./files/safetensors.ts";
import { writeFailure } from "./files/write_failure.ts";

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

/** The steps that the run has checkpoints of, newest first. */
async function checkpointSteps(run: Run): Promise<number[]> {
  const steps: number[] = [];
  try {
    for await (const { name } of Deno.readDir(run.file(folderName))) {
      const [, digits] = name.match(/^step-(\d+)\.safetensors$/) ?? [];
      if (digits !== undefined) steps.push(Number(digits));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return steps.sort((a, b) => b - a);
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
  const others = (await checkpointSteps(run)).filter((other) => other !== step);
  for (const outdated of others.slice(kept - 1)) {
    const path = run.file(join(folderName, nameOf(outdated)));
    try {
      await run.disk.remove(path);
    } catch (error) {
      throw writeFailure(path, error);
    }
  }
  await removePartials(run.file(folderName), run.disk);
}

/**
 * Reads the newest checkpoint of a run.
 *
 * @returns the checkpoint, or `undefined` when the run has none
 * @throws {FailureError} when it is damaged, naming the file and what is left to do. No older one is taken in its
 * place unasked.
 */
export async function loadLatestCheckpoint(run: Run): Promise<Checkpoint | undefined> {
  const [newest, previous] = await checkpointSteps(run);
  if (newest === undefined) return undefined;
  const name = join(folderName, nameOf(newest));
  const path = run.file(name);
  const fix = previous === undefined
    ? "there is no other: delete it, and the training starts over"
    : `delete it, and the training goes on from step ${previous}`;
  const { tensors, metadata } = decodeSafetensors(await run.readBytes(name), path, fix);
  if (metadata.step !== String(newest)) {
    throw new FailureError(`${path} says it is of step ${metadata.step}, unlike its name; ${fix}.`);
  }
  return { step: newest, tensors };
}
