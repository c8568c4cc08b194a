/** Tasks that are killed in the middle of what they write. */
import { join } from "node:path";
import { assertEquals } from "@std/assert";
import { readResult, taskCommand, type TaskResult } from "./run_task.ts";

/** A moment at random: after so many changes of files, and so many milliseconds more. */
export interface Moment {
  readonly changes: number;
  readonly milliseconds: number;
}

/** Draws a moment; one time in two it is that of the change itself. */
export function randomMoment(mostChanges: number): Moment {
  const milliseconds = Math.max(0, Math.round(60 * (Math.random() - 0.5)));
  return { changes: 1 + Math.floor(mostChanges * Math.random()), milliseconds };
}

/**
 * Runs a task in a folder and kills it at a moment, counted in changes below `runs/`, which must be there.
 *
 * @returns how the task ended, had it ended before; undefined where it was killed
 */
export async function killTask(
  { changes, milliseconds }: Moment,
  task: string,
  folder: string,
  ...words: string[]
): Promise<TaskResult | undefined> {
  using changed = Deno.watchFs(join(folder, "runs"));
  const process = taskCommand(task, folder, ...words).spawn();
  let ended = false;
  const output = process.output().finally(() => {
    ended = true;
    changed.close();
  });
  let seen = 0;
  for await (const { kind } of changed) {
    // Reading is no change.
    if (kind !== "access" && ++seen === changes) break;
  }
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
  if (!ended) process.kill("SIGKILL");
  const result = await output;
  return result.code === 128 + 9 ? undefined : readResult(result);
}

/** Asserts that nothing below a folder is what is written or moved only for a moment. */
export function assertTidy(folder: string, said: string): void {
  const hidden = Array.from(Deno.readDirSync(folder)).flatMap(({ name, isDirectory }) => {
    if (isDirectory) assertTidy(join(folder, name), said);
    return name.startsWith(".") ? [name] : [];
  });
  assertEquals(hidden, [], said);
}
