/** The files by which a sweep and the tasks of an array of jobs know of each other. */
import { join } from "node:path";
import { appendLines } from "../../../models/disk/append_lines.ts";
import { writeAtomically } from "../../../models/disk/atomic_write.ts";
import type { Job, Outcome, WorkerSettings } from "../worker_messages.ts";

/** What a task has to do. */
export interface BatchTask extends WorkerSettings {
  readonly jobs: readonly Job[];
}

/** How a point ended. */
export interface JournalEntry {
  /** Its name. */
  readonly point: string;
  readonly outcome: Outcome;
}

const suffix = { task: ".json", journal: ".jsonl" } as const;

/** The file of a task of an array, whose number stands at `$SLURM_ARRAY_TASK_ID`. */
export const taskFile = (folder: string, number: number | string) => join(folder, `task-${number}${suffix.task}`);

/** Writes what each task of an array has to do. */
export async function writeTasks(folder: string, tasks: readonly BatchTask[]): Promise<void> {
  for (const [number, task] of tasks.entries()) await writeAtomically(taskFile(folder, number), JSON.stringify(task));
}

/** Reads what a task has to do. */
export async function readTask(path: string): Promise<BatchTask> {
  return JSON.parse(await Deno.readTextFile(path));
}

const journalOf = (task: string) => task.slice(0, -suffix.task.length) + suffix.journal;

/**
 * Says how a point of a task ended.
 *
 * @param path of the task's file
 */
export async function journalLine(path: string, entry: JournalEntry): Promise<void> {
  await appendLines(journalOf(path), `${JSON.stringify(entry)}\n`);
}

/** How the points ended that have, of all tasks in a folder; a later entry of a point stands for an earlier one. */
export async function readJournals(folder: string): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (const { name } of await Array.fromAsync(Deno.readDir(folder))) {
    if (!name.endsWith(suffix.journal)) continue;
    // A last line without its break is being written.
    for (const line of (await Deno.readTextFile(join(folder, name))).split("\n").slice(0, -1)) {
      const { point, outcome } = JSON.parse(line) as JournalEntry;
      outcomes.set(point, outcome);
    }
  }
  return outcomes;
}
