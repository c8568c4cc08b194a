import { assert, assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import { inFolder, readResult, runTask, taskCommand } from "./run_task.ts";

/** Points of a tenth of a second, one that diverges, and one that takes long enough to be killed. */
const tiny = `
name: tiny
preset: quick
set: { model.features: 12, training.steps: 20, training.chunk: 10, training.batch: 6, training.checkpointSeconds: 0 }
sections: [signs]
seeds: 2
grid:
  model.hidden: [6, 8]
points:
  - { name: diverges, optimizer.learningRate: 1.0e+30 }
  - { name: long, training.steps: 400 }
`;

const tables = (folder: string) =>
  Promise.all(["csv", "parquet"].map((kind) => Deno.readFile(`${folder}/runs/tiny/table.${kind}`)));

async function sweepIn(folder: string, ...words: string[]) {
  await Deno.writeTextFile(`${folder}/tiny.yaml`, tiny);
  return await runTask("sweep", folder, "tiny.yaml", "--device", "cpu", ...words);
}

/** Kills a sweep, workers and all, as soon as one of its runs has a checkpoint. */
async function killedSweep(folder: string): Promise<string> {
  await Deno.writeTextFile(`${folder}/tiny.yaml`, tiny);
  const child = taskCommand("sweep", folder, "tiny.yaml", "--device", "cpu", "--workers", "1").spawn();
  const checkpoints = `${folder}/runs/tiny/long-seed-0/checkpoints`;
  while (!await Deno.stat(checkpoints).then(() => true, () => false)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill("SIGKILL");
  readResult(await child.output());
  return checkpoints;
}

Deno.test("sweep gives one table bit for bit, in one process or two, killed and resumed or not", () =>
  inFolder(async (folder) => {
    const [together, killed] = [`${folder}/together`, `${folder}/killed`];
    await Deno.mkdir(together);
    await Deno.mkdir(killed);
    const { code, output, errors } = await sweepIn(together, "--workers", "2");
    assertEquals(code, 1);
    assertStringIncludes(output, "runs/tiny: 6 of 8 points done, 2 failed");
    assertMatch(errors, /diverges-seed-0 failed: runs\/tiny\/diverges-seed-0: the objective is \S+ by step \d+/);
    assertMatch(errors, /sweep: 2 of 8 points failed, as the table says\.\n$/);
    const [csv, parquet] = await tables(together);
    const rows = new TextDecoder().decode(csv).trimEnd().split("\n").map((line) => line.split(","));
    assertEquals(rows.slice(1).map((row) => row.slice(0, 2).join()), [
      ...[6, 8].flatMap((hidden) => [0, 1].map((seed) => `hidden-${hidden}-seed-${seed},done`)),
      ...[0, 1].map((seed) => `diverges-seed-${seed},failed`),
      ...[0, 1].map((seed) => `long-seed-${seed},done`),
    ]);
    const density = rows[0].indexOf("signs.density.value");
    assert(rows[1][density] !== "" && rows[1][density] !== rows[2][density], "seeds differ");

    const checkpoints = await killedSweep(killed);
    assertEquals(await Deno.stat(`${killed}/runs/tiny/table.csv`).then(() => true, () => false), false);
    const reached = Array.from(Deno.readDirSync(checkpoints), ({ name }) => name);
    assertNotEquals(reached, []);
    const resumed = await sweepIn(killed, "--workers", "1");
    assertEquals(resumed.code, 1, resumed.errors);
    assertEquals(await tables(killed), [csv, parquet]);
    // What a run keeps is what figures need.
    const left = Array.from(Deno.readDirSync(`${killed}/runs/tiny/long-seed-0`), ({ name }) => name).sort();
    assertEquals(left, ["analysis.json", "config.yaml", "metrics.jsonl", "summary.md", "weights.safetensors"]);

    // What is done stays: only what failed would be tried again.
    const plan = await sweepIn(killed, "--plan", "--workers", "1");
    assertEquals(plan.code, 0, plan.errors);
    assertMatch(
      plan.output,
      /^tiny: 8 points, 6 of them done\na point takes .* in all about .* with 1 processes of 1 thread/,
    );
  }));
