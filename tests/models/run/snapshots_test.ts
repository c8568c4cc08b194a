import { assert, assertEquals, assertRejects } from "@std/assert";
import { parseConfig } from "../../../models/experiment/config.ts";
import { FailureError } from "../../../models/errors.ts";
import { createRun } from "../../../models/run/create_run.ts";
import { emptySnapshots, readSnapshots, writeSnapshots } from "../../../models/run/snapshots.ts";
import { trainRun } from "../../../models/run/training_run.ts";
import { inFolder } from "../../tasks/run_task.ts";

const config = parseConfig({
  name: "tiny",
  model: { features: 24, hidden: 12 },
  training: { steps: 60, batch: 32, chunk: 20, checkpointSeconds: 0, seed: 2 },
}, "test");
const pairs = config.model.features * config.model.hidden;

Deno.test("a run keeps the followed pairs at log-spaced steps, the last frame being the final weights", async () => {
  await inFolder(async (folder) => {
    const run = await createRun(`${folder}/tiny`, config);
    assert(await trainRun(run));
    const snapshots = await readSnapshots(run);
    const gaps = snapshots.steps.slice(1).map((step, place) => step - snapshots.steps[place]);
    assertEquals([snapshots.steps[0], snapshots.steps.at(-1)], [1, 60]);
    assert(gaps.every((gap, place) => gap >= 1 && gap <= Math.max(1, 0.1 * snapshots.steps[place])), String(gaps));
    const weights = await run.readWeights();
    assertEquals(Array.from(snapshots.encoder.at(-1)!), snapshots.pairs.map((pair) => weights.encoder[pair]));
    assertEquals(Array.from(snapshots.decoder.at(-1)!), snapshots.pairs.map((pair) => weights.decoder[pair]));
    assertEquals((await readSnapshots(run, 10)).steps.at(-1), 10);
  });
});

Deno.test("a run keeps the density of all pairs at chunk ends, within the range of the weights", async () => {
  await inFolder(async (folder) => {
    const run = await createRun(`${folder}/tiny`, config);
    assert(await trainRun(run));
    const { density } = await readSnapshots(run);
    assertEquals(density!.map(({ step }) => step), [20, 40, 60]);
    for (const { counts } of density!) assertEquals(counts.reduce((sum, count) => sum + count, 0), pairs);
    const { encoder, decoder } = await run.readWeights();
    const extent = (values: Float32Array) => [Math.min(...values), Math.max(...values)];
    assertEquals([...density!.at(-1)!.range], [...extent(encoder), ...extent(decoder)]);
  });
});

Deno.test("a run whose snapshots were begun without a density goes on without one", async () => {
  await inFolder(async (folder) => {
    const run = await createRun(`${folder}/tiny`, config);
    const stop = AbortSignal.abort();
    assert(!await trainRun(run, { signal: stop }));
    await writeSnapshots(run, { ...await readSnapshots(run), density: undefined });
    assert(await trainRun(run));
    const snapshots = await readSnapshots(run);
    assertEquals([snapshots.density, snapshots.steps.at(-1)], [undefined, 60]);
  });
});

Deno.test("a run whose snapshots are damaged goes on without them, as it says, and its movie begins later", async () => {
  await inFolder(async (folder) => {
    const run = await createRun(`${folder}/tiny`, config);
    const path = run.file("snapshots.safetensors");
    assert(!await trainRun(run, { signal: AbortSignal.abort() }));
    const { pairs: followed } = await readSnapshots(run);
    await Deno.truncate(path, 100);
    await assertRejects(() => trainRun(run), FailureError, "delete it; only the training movie is lost");
    await Deno.remove(path);
    assert(await trainRun(run));
    const { pairs, steps, encoder, density } = await readSnapshots(run);
    assertEquals(pairs, followed);
    assertEquals([steps[0], steps.at(-1)], [21, 60]);
    assertEquals(density!.map(({ step }) => step), [40, 60]);
    const weights = await run.readWeights();
    assertEquals(Array.from(encoder.at(-1)!), pairs.map((pair) => weights.encoder[pair]));
  });
});

Deno.test("the last chunk's end counts as a chunk end although the chunk is short", async () => {
  await inFolder(async (folder) => {
    const run = await createRun(`${folder}/tiny`, { ...config, training: { ...config.training, steps: 50 } });
    assert(await trainRun(run));
    assertEquals((await readSnapshots(run)).density!.map(({ step }) => step), [20, 40, 50]);
  });
});

Deno.test("emptySnapshots() follows distinct pairs, the same for a seed, one in a hundred between two bounds", () => {
  const followed = (features: number, hidden: number) =>
    emptySnapshots({ ...config, model: { ...config.model, features, hidden } }).pairs;
  const sizes: [number, number, number][] = [[24, 12, 288], [256, 128, 8192], [3072, 1024, 31457], [8192, 4096, 32768]];
  for (const [features, hidden, count] of sizes) {
    const pairs = followed(features, hidden);
    assertEquals([pairs.length, new Set(pairs).size], [count, count]);
    assert(pairs.every((pair, place) => pair < features * hidden && !(pair < pairs[place - 1])));
    assertEquals(pairs, followed(features, hidden));
  }
});
