/** The script that Slurm runs: an array of jobs, each with some points of a sweep. */
import type { Device } from "../../../models/runtime/device.ts";

/** What the script asks for. */
export interface BatchRequest {
  readonly name: string;
  /** How many tasks the array has. */
  readonly tasks: number;
  /** How many of them may run at a time. @default all */
  readonly atATime?: number;
  readonly device: Device;
  /** CPU cores of a task. */
  readonly threads: number;
  /** Bytes of a task. */
  readonly memory: number;
  /** The longest that a task is expected to take. */
  readonly seconds: number;
  /** Where it runs, and where its output goes. */
  readonly directory: string;
  readonly output: string;
  /** Program and words of a task; `$SLURM_ARRAY_TASK_ID` is its number. */
  readonly command: readonly string[];
}

/** Beside what training needs: the measurements, and pages of files that count as the job's. */
const memoryBeside = 512 * 2 ** 20;
/** Other nodes are slower than the one that was measured on, or busier. */
const memoryFactor = 1.5;
const timeFactor = 3;
/** For start-up, and for the warning below. */
const minutesBeside = 3;
/** Before the time is over a task is told to stop, so that it can save what it is at. */
const warningSeconds = 60;

/** Writes the script. */
export function batchScript(request: BatchRequest): string {
  const { name, tasks, atATime, device, threads, memory, seconds, directory, output, command } = request;
  const limit = atATime === undefined ? "" : `%${atATime}`;
  const settings = [
    `--job-name=${name}`,
    `--array=0-${tasks - 1}${limit}`,
    "--ntasks=1",
    `--cpus-per-task=${threads}`,
    `--mem=${Math.ceil((memoryFactor * memory + memoryBeside) / 2 ** 20)}M`,
    `--time=${Math.ceil(timeFactor * seconds / 60) + minutesBeside}`,
    ...(device === "cuda" ? ["--gres=gpu:1"] : []),
    `--chdir=${directory}`,
    `--output=${output}`,
    "--open-mode=append",
    // A task whose node fails goes back into the queue.
    "--requeue",
    `--signal=B:TERM@${warningSeconds}`,
  ];
  return `#!/bin/bash
${settings.map((setting) => `#SBATCH ${/\s/.test(setting) ? `"${setting}"` : setting}`).join("\n")}
export ORT_DISABLE_TELEMETRY=1
exec ${command.map(quoted).join(" ")}
`;
}

/** A word as Bash takes it, with the number of the task where it stands in it. */
function quoted(word: string): string {
  return word.split("$SLURM_ARRAY_TASK_ID").map((part) => part === "" ? "" : `'${part.replaceAll("'", "'\\''")}'`)
    .join('"$SLURM_ARRAY_TASK_ID"');
}
