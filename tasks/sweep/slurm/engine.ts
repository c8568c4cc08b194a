/** A sweep through Slurm: what is left of it is submitted as an array of jobs, followed, and what failed submitted again. */
import { join, resolve } from "node:path";
import { FailureError } from "../../../models/errors.ts";
import { hashSeed } from "../../../models/random.ts";
import type { Device } from "../../../models/runtime/device.ts";
import { denoCommand } from "../deno_command.ts";
import type { SweepDisplay } from "../sweep_display.ts";
import type { Outcome } from "../worker_messages.ts";
import type { PointSeconds } from "../sweep_plan.ts";
import type { PlannedPoint, SweepWork } from "../sweep_work.ts";
import { batchScript } from "./batch_script.ts";
import { shareOut } from "./share_out.ts";
import { cancel, largestArray, queued, type QueuedTask, release, submit } from "./slurm.ts";
import { readJournals, taskFile, writeTasks } from "./task_files.ts";

/** Options of `runThroughSlurm`. */
export interface SlurmOptions {
  readonly device: Device;
  /** Most tasks of the array at a time. @default as many as Slurm lets run */
  readonly workers?: number;
  /** Settings for sbatch, which stand above those of the script. */
  readonly settings: readonly string[];
  readonly signal: AbortSignal;
  readonly display: SweepDisplay;
  /** Says how long each point takes. */
  readonly plan: () => Promise<PointSeconds>;
  /** What is left of the sweep now. */
  readonly left: () => Promise<readonly PlannedPoint[]>;
}

/** How often a point is submitted in one call before it counts as failed. */
const attempts = 3;
/** Seconds of work that make a task worth its place in the queue. */
const secondsOfTask = 120;
/** Seconds between two looks at the queue: short at first, so that a small sweep does not wait, then what a large one may ask. */
const pauses = { first: 0.5, last: 20, growth: 1.3 };
/** How often Slurm may not answer in a row, as it does when its controller is being restarted. */
const patience = 10;
/** Why Slurm itself puts a task on hold, for which nobody is there: its node failed while it started, or has done so too often. */
const holds = ["launch failed requeued held", "JobHoldMaxRequeue"];
/** How often a task is released from such a hold before it is taken out of the queue and counts as failed. */
const releases = 3;

/**
 * Runs a sweep through Slurm. The jobs do not need this process: where it ends, another call follows those that are queued or
 * running, and submits what is then left.
 *
 * @returns why points failed, by name
 * @throws {FailureError} if Slurm refuses the jobs, or does not answer any more
 */
export async function runThroughSlurm(work: SweepWork, options: SlurmOptions): Promise<Map<string, string>> {
  const { signal, display, left, plan } = options;
  const name = jobName(work);
  const folder = join(work.folder, "slurm");
  await Deno.mkdir(folder, { recursive: true });
  const failures = new Map<string, string>();
  let ended = new Map<string, Outcome>();
  let [submissions, seconds]: [number, PointSeconds | undefined] = [0, undefined];
  if ((await queued(name)).length > 0) {
    display.note(`following the jobs ${name} that are queued already`);
    ended = new Map(await follow(work, name, latest(folder), ended, options));
  }
  for (let rest = await left(); rest.length > 0 && !signal.aborted; rest = await left()) {
    const submitted = rest.filter(({ config }) => !failures.has(config.name));
    if (submitted.length === 0) break;
    if (submissions === attempts) {
      for (const { config } of submitted) {
        failures.set(
          config.name,
          `submitted ${attempts} times and not done; ${join(latest(folder), "*.log")} may say why.`,
        );
      }
      break;
    }
    seconds ??= await plan();
    const place = join(folder, String(numbers(folder).length + 1));
    await submitPoints(work, submitted, place, { ...options, name, seconds, patience: 2 ** submissions });
    submissions++;
    for (const { config } of submitted) ended.delete(config.name);
    for (const [point, outcome] of await follow(work, name, place, ended, options)) {
      ended.set(point, outcome);
      if (!("failed" in outcome)) continue;
      if (outcome.final || submissions === attempts) failures.set(point, outcome.failed);
      else display.note(`${point} failed and is submitted again: ${outcome.failed}`);
    }
  }
  return failures;
}

/** A name that no other sweep's jobs have: of the same sweep in another folder neither. */
function jobName({ sweep, folder }: SweepWork): string {
  return `pinfield-${sweep.name}-${hashSeed(0, resolve(folder)).toString(16)}`;
}

const numbers = (folder: string) =>
  Array.from(Deno.readDirSync(folder), ({ name }) => Number(name)).filter(Number.isInteger);

const latest = (folder: string) => join(folder, String(Math.max(...numbers(folder))));

async function submitPoints(
  { sweep }: SweepWork,
  points: readonly PlannedPoint[],
  place: string,
  { device, workers, settings, seconds, name, patience }: SlurmOptions & {
    readonly name: string;
    readonly seconds: PointSeconds;
    /** Times longer than expected that the tasks may take. */
    readonly patience: number;
  },
): Promise<void> {
  const { threads, keep } = sweep;
  const times = new Map(points.map((point) => [point, seconds.get(point) ?? secondsOfTask]));
  const whole = [...times.values()].reduce((sum, time) => sum + time, 0);
  const wanted = Math.max(workers ?? 1, Math.ceil(whole / secondsOfTask));
  const tasks = shareOut(times, Math.min(points.length, wanted, await largestArray()));
  await Deno.mkdir(place, { recursive: true });
  await writeTasks(
    place,
    tasks.map(({ items }) => ({
      device,
      threads,
      jobs: items.map(({ config, keys, path }) => ({ config, keys, path, keep })),
    })),
  );
  const absolute = resolve(place);
  const [program, words] = denoCommand("batch_worker.ts", taskFile(absolute, "$SLURM_ARRAY_TASK_ID"));
  const script = batchScript({
    name,
    tasks: tasks.length,
    atATime: workers,
    device,
    threads,
    memory: Math.max(...points.map(({ memory }) => memory)),
    seconds: patience * Math.max(...tasks.map(({ size }) => size)),
    directory: resolve("."),
    output: join(absolute, "task-%a.log"),
    command: [program, ...words],
  });
  await Deno.writeTextFile(join(place, "batch.sh"), script);
  await submit(join(place, "batch.sh"), settings);
}

/**
 * Waits until no job of the sweep is queued or running.
 *
 * @param place the folder of their files
 * @param before how points ended that those jobs do not have
 * @returns how points ended
 */
async function follow(
  { points, left }: SweepWork,
  name: string,
  place: string,
  before: ReadonlyMap<string, Outcome>,
  { signal, display }: SlurmOptions,
): Promise<ReadonlyMap<string, Outcome>> {
  const started = performance.now();
  const released = new Map<string, number>();
  let [pause, silence, said] = [pauses.first, 0, ""];
  while (true) {
    // The queue is looked at first: what has ended then is in the journals.
    const tasks = await queued(name).catch((error) => {
      if (!(error instanceof FailureError) || ++silence === patience) throw error;
      return undefined;
    });
    const outcomes = await readJournals(place);
    const all = new Map([...before, ...outcomes]);
    const ended = left.map(({ config }) => all.get(config.name)).filter(isEnd);
    const seconds = (performance.now() - started) / 1000;
    const rate = Array.from(outcomes.values()).filter(isEnd).length / seconds;
    display.show({
      ended: points.length - left.length + ended.length,
      points: points.length,
      failed: ended.filter((outcome) => "failed" in outcome).length,
      seconds,
      secondsLeft: rate > 0 ? (left.length - ended.length) / rate : NaN,
    });
    if (tasks?.length === 0 || signal.aborted) return outcomes;
    if (tasks !== undefined) {
      silence = 0;
      for (const task of tasks.filter(({ reason }) => holds.includes(reason))) await endHold(task, released);
      const state = stateOf(tasks);
      if (state !== said) display.note(`${name}: ${state}`);
      said = state;
    }
    await wait(pause, signal);
    pause = Math.min(pauses.last, pause * pauses.growth);
  }
}

/**
 * Lets a task go on that Slurm holds. One that is held again and again, or that the user may not release, leaves the queue, so
 * that what it had is submitted anew.
 *
 * @param released how often tasks have been released, by their numbers
 */
async function endHold(task: QueuedTask, released: Map<string, number>): Promise<void> {
  const before = released.get(task.id) ?? 0;
  released.set(task.id, before + 1);
  if (before < releases && await succeeds(release(task))) return;
  // A task that has left the queue meanwhile cannot be cancelled, nor need it be.
  await succeeds(cancel(task));
}

/** Whether Slurm does what it is asked for. */
async function succeeds(request: Promise<void>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return false;
  }
}

const isEnd = (outcome?: Outcome): outcome is Outcome =>
  outcome !== undefined && ("done" in outcome || "failed" in outcome);

/** How many tasks are in which state, and why those that wait do. */
function stateOf(tasks: readonly { state: string; reason: string }[]): string {
  const counts = new Map<string, number>();
  for (const { state, reason } of tasks) {
    const words = state === "PENDING" && reason !== "None" ? `pending (${reason})` : state.toLowerCase();
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return Array.from(counts, ([state, count]) => `${count} ${state}`).join(", ");
}

async function wait(seconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, 1000 * seconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
