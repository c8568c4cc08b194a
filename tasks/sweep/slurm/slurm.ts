/** Slurm's own commands. */
import { FailureError } from "../../../models/errors.ts";

/** A task of an array that is waiting or running. */
export interface QueuedTask {
  /** Its job and number, `12_3`. */
  readonly id: string;
  /** As Slurm says it: PENDING, RUNNING, COMPLETING, … */
  readonly state: string;
  /** Why it waits. */
  readonly reason: string;
}

/** Runs one of Slurm's commands. */
async function slurm(program: string, ...args: string[]): Promise<string> {
  let result: Deno.CommandOutput;
  try {
    result = await new Deno.Command(program, { args, stdin: "null" }).output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new FailureError(`There is no ${program} on this machine; submit from one that has Slurm.`);
  }
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (result.success) return text(result.stdout);
  throw new FailureError(`${program} failed: ${text(result.stderr).split("\n").at(-1)}`);
}

/**
 * Submits a script.
 *
 * @param settings for sbatch, which stand above those of the script
 * @throws {FailureError} with what Slurm says against it
 */
export async function submit(script: string, settings: readonly string[]): Promise<void> {
  await slurm("sbatch", "--parsable", ...settings, script);
}

/** The tasks of the user's jobs of a name that are waiting or running. */
export async function queued(name: string): Promise<QueuedTask[]> {
  const said = await slurm("squeue", "--noheader", "--array", "--me", `--name=${name}`, "--format=%i|%T|%r");
  return said === "" ? [] : said.split("\n").map((line) => {
    const [id, state, reason] = line.trim().split("|");
    return { id, state, reason };
  });
}

/** Lets a task go on that Slurm has put on hold. */
export async function release({ id }: QueuedTask): Promise<void> {
  await slurm("scontrol", "release", id);
}

/** Takes a task out of the queue. */
export async function cancel({ id }: QueuedTask): Promise<void> {
  await slurm("scancel", id);
}

/** How many tasks an array may have. */
export async function largestArray(): Promise<number> {
  const [, size] = /MaxArraySize\s*=\s*(\d+)/.exec(await slurm("scontrol", "show", "config")) ?? [];
  return size === undefined ? 1000 : Number(size);
}
