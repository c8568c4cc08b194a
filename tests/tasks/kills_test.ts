import { join } from "node:path";
import { assert, assertEquals } from "@std/assert";
import { stringify } from "@std/yaml";
import { analyseRun } from "../../analysis/report/analyse_run.ts";
import { drawRun } from "../../figures/page/gallery.ts";
import { writeRunsIndex } from "../../figures/page/runs_index.ts";
import { type Config, parseConfig } from "../../models/experiment/config.ts";
import { loadLatestCheckpoint } from "../../models/run/checkpoint.ts";
import { continueRun } from "../../models/run/continue_run.ts";
import { createRun } from "../../models/run/create_run.ts";
import { openRun, type Run } from "../../models/run/run.ts";
import { trainRun } from "../../models/run/training_run.ts";
import { pathKind } from "../../models/disk/path_kind.ts";
import { assertTidy, killTask, type Moment, randomMoment } from "./killed_task.ts";
import { inFolder, runTask } from "./run_task.ts";

/** How often the training is killed, and analysis, drawing and replacement a tenth as often; more for a longer look. */
const kills = Number(Deno.env.get("PINFIELD_KILLS") ?? 20);

const config = parseConfig({
  name: "tiny",
  model: { features: 12, hidden: 8 },
  training: { steps: 40, batch: 16, chunk: 2, checkpointSeconds: 0 },
}, "test");

/** The one that is measured and drawn. */
const short = { ...config, training: { ...config.training, steps: 4 } };

/** The one that takes its place. */
const other = { ...short, training: { ...short.training, seed: 1 } };

/** The experiment as a file, with the words that train it. */
async function asFile(folder: string, { name, model, training }: Config): Promise<string[]> {
  await Deno.writeTextFile(join(folder, "tiny.yaml"), stringify({ name, model, training }));
  return ["--config", "tiny.yaml"];
}

async function trained(folder: string, experiment: Config): Promise<Run> {
  const run = await createRun(join(folder, "runs", experiment.name), experiment);
  await trainRun(run);
  return run;
}

/** For checkpoints that are whole. */
function unwarned(sentence: string): never {
  throw new Error(sentence);
}

async function assertReadable(run: Run): Promise<void> {
  await run.readConfig();
  await run.readMetrics();
  await loadLatestCheckpoint(run, {}, unwarned);
  if (await run.has("weights.safetensors")) await run.readWeights();
}

/** What training leaves, without the seconds that it took. */
async function remains(run: Run) {
  const metrics = (await run.readMetrics()).map((row) => ({ ...row, seconds: 0 }));
  const files = ["weights.safetensors", "snapshots.safetensors", "denoiser.onnx"];
  return { metrics, files: await Promise.all(files.map((name) => run.readBytes(name))) };
}

const told = (moment: Moment) => `killed ${moment.milliseconds} ms after ${moment.changes} changes`;

Deno.test(`a training that is killed ${kills} times ends in the same bits, and leaves nothing half written`, () =>
  inFolder(async (folder) => {
    const expected = await remains(await trained(join(folder, "whole"), config));
    const words = [...await asFile(folder, config), "--resume"];
    const path = join(folder, "runs", "tiny");
    await Deno.mkdir(join(folder, "runs"));
    for (let count = 0; count < kills;) {
      const moment = randomMoment(16);
      const ended = await killTask(moment, "train-superposition", folder, ...words);
      if (ended === undefined) count++;
      else assertEquals(ended.code, 0, ended.errors);
      if (await pathKind(path) === undefined) continue;
      const run = await openRun(path);
      await assertReadable(run);
      if (!await run.has("weights.safetensors")) continue;
      await trainRun(run);
      assertEquals(await remains(run), expected, told(moment));
      assertTidy(path, told(moment));
      await Deno.remove(path, { recursive: true });
    }
    const { code, errors } = await runTask("train-superposition", folder, ...words);
    assertEquals(code, 0, errors);
    assertEquals(await remains(await openRun(path)), expected);
    assertTidy(path, "at the end");
  }));

/** Kills a task that works on a trained and measured run, again and again, each time on a new copy of it. */
async function onCopies(
  mostChanges: number,
  [task, ...words]: readonly string[],
  check: (left: { path: string; original: Run; folder: string; said: string }) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    const original = await trained(join(folder, "original"), short);
    await analyseRun(original, { only: ["clusters", "signs", "values"] });
    await drawRun(original);
    await asFile(folder, other);
    const runs = join(folder, "runs");
    for (let count = 0; count < Math.ceil(kills / 10);) {
      await copyFolder(original.path, join(runs, "tiny"));
      const moment = randomMoment(mostChanges);
      const ended = await killTask(moment, task, folder, ...words);
      if (ended === undefined) count++;
      else assertEquals(ended.code, 0, ended.errors);
      await check({ path: join(runs, "tiny"), original, folder, said: told(moment) });
      assertTidy(runs, told(moment));
      await Deno.remove(runs, { recursive: true });
    }
  });
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copyFolder(join(from, name), join(to, name));
    else await Deno.copyFile(join(from, name), join(to, name));
  }
}

/** The files of a run that are read by people, by name. */
async function pages(run: Run): Promise<Record<string, string>> {
  const figures = Array.from(Deno.readDirSync(run.file("figures")), ({ name }) => `figures/${name}`);
  const names = [...figures, "index.html", "movie.html", "summary.md"].filter((name) => !name.includes("/."));
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await run.readText(name)])));
}

const analyse = ["analyse", "tiny", "--only", "values", "--only", "clusters", "--device", "cpu"];

Deno.test("an analysis that is killed leaves whole files, and the next one tidies up", () =>
  onCopies(24, analyse, async ({ path, original, said }) => {
    const run = await openRun(path);
    // Measured and drawn again, all is as it was: whatever half of it was written, no file differs.
    assertEquals(await run.readAnalysis(), await original.readAnalysis(), said);
    assertEquals(await pages(run), await pages(original), said);
    await analyseRun(run, { only: ["values"] });
  }));

Deno.test("figures that are killed leave whole files, and the next ones tidy up", () =>
  onCopies(40, ["figures", "tiny"], async ({ path, original, folder, said }) => {
    const run = await openRun(path);
    assertEquals(await pages(run), await pages(original), said);
    await drawRun(run);
    const runs = join(folder, "runs");
    for (const { name } of Deno.readDirSync(runs)) {
      if (name.startsWith(".")) await Deno.utime(join(runs, name), 0, 0);
    }
    await writeRunsIndex(runs);
  }));

Deno.test("train-superposition --overwrite that is killed leaves the old run or the new, whole", () =>
  onCopies(12, ["train-superposition", "--config", "tiny.yaml", "--overwrite"], async (left) => {
    const { path, original, folder, said } = left;
    const expected = await remains(await trained(join(folder, "expected"), other));
    await Deno.remove(join(folder, "expected"), { recursive: true });
    const isThere = await pathKind(path) !== undefined;
    const run = await openRun(isThere ? path : join(folder, "runs", ".tiny.replaced"));
    const { training: { seed } } = await run.readConfig();
    if (seed === config.training.seed) assertEquals(await remains(run), await remains(original), said);
    else await assertReadable(run);
    assert(isThere || seed === config.training.seed, said);

    const renewed = seed === other.training.seed
      ? await continueRun(path, other)
      : await createRun(path, other, { overwrite: true });
    await trainRun(renewed);
    assertEquals(await remains(renewed), expected, said);
  }));
