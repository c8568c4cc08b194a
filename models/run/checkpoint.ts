/** Checkpoints: all that training needs to go on from a step as if it had never stopped. */
import { join } from "node:path";
import { FailureError } from "../errors.ts";
import type { Run } from "./run.ts";
import { type ExpectedTensors, tensorMisfit } from "./safetensors/expected_tensors.ts";
import { decodeSafetensors, encodeSafetensors, type SafeTensor } from "./safetensors/safetensors.ts";
import { writeFailure } from "../disk/write_failure.ts";

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
 * Writes a checkpoint, then removes all but it and the one before. The older ones stay until the new one is safe on disk. Those
 * of later steps go as well: training went on from an earlier one because they are damaged.
 *
 * @param checkpoint its tensors must not change until the promise settles: they are written from where they are
 * @throws {FailureError} when the disk is full or refuses; the checkpoints before are then as they were
 */
export async function saveCheckpoint(run: Run, checkpoint: Checkpoint): Promise<void> {
  const { step, tensors } = checkpoint;
  await run.write(join(folderName, nameOf(step)), encodeSafetensors(tensors, { step: String(step) }));
  const steps = await checkpointSteps(run);
  const remaining = steps.filter((other) => other <= step).slice(0, kept);
  for (const outdated of steps.filter((other) => !remaining.includes(other))) {
    const path = run.file(join(folderName, nameOf(outdated)));
    try {
      await run.disk.remove(path);
    } catch (error) {
      throw writeFailure(path, error);
    }
  }
}

/**
 * Reads the newest checkpoint of a run that is whole.
 *
 * @param expected what it must hold
 * @param warn told in a sentence which newer one is damaged, and which is taken in its place
 * @returns the checkpoint, or `undefined` when the run has none
 * @throws {FailureError} when there are some and none is whole, naming the last that was tried and what is left to do
 */
export async function loadLatestCheckpoint(
  run: Run,
  expected: ExpectedTensors,
  warn: (sentence: string) => void,
): Promise<Checkpoint | undefined> {
  const steps = await checkpointSteps(run);
  for (const [place, step] of steps.entries()) {
    const older = steps[place + 1];
    const remedy = older === undefined
      ? `no other is left: delete ${run.file(folderName)}, and the training starts over`
      : `the checkpoint of step ${older} is taken in its place`;
    try {
      return await readCheckpoint(run, step, expected, remedy);
    } catch (error) {
      if (!(error instanceof FailureError) || older === undefined) throw error;
      warn(error.message);
    }
  }
  return undefined;
}

async function readCheckpoint(
  run: Run,
  step: number,
  expected: ExpectedTensors,
  remedy: string,
): Promise<Checkpoint> {
  const name = join(folderName, nameOf(step));
  const path = run.file(name);
  const { tensors, metadata } = decodeSafetensors(await run.readBytes(name), path, remedy);
  if (metadata.step !== String(step)) {
    throw new FailureError(`${path} says it is of step ${metadata.step}, unlike its name; ${remedy}.`);
  }
  const misfit = tensorMisfit(tensors, expected);
  if (misfit !== undefined) throw new FailureError(`${path} is damaged (${misfit}); ${remedy}.`);
  return { step, tensors };
}
