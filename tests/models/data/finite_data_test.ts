import { assert, assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { finite } from "../../../models/data/finite_data.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { UsageError } from "../../../models/errors.ts";
import { reshape } from "../../../models/graph/layout_ops.ts";
import { seedSequence } from "../../../models/graph/random_ops.ts";
import { serialize } from "../../../models/graph/serialize.ts";
import { constant } from "../../../models/graph/tensor.ts";
import { runOnce } from "../../../models/runtime/session.ts";
import { heldOutLoss } from "../../../models/training/evaluation.ts";
import { train } from "../../../models/training/trainer.ts";
import { type TrainingState, weightsOf } from "../../../models/training/training_state.ts";

const size = { features: 12, batch: 10, supportsPerNoise: 1 };
const task = (settings: Record<string, unknown> = {}) =>
  finite.options.parse({ samples: 25, activeFeatures: 2, noiseVariance: 0.25, ...settings });

/** The samples of some steps as text: number, support, noise. */
async function samplesOf(options: ReturnType<typeof task>, first: number, count: number, seed = 0) {
  const rows = finite.inputs(size, options, { first, count }, seed);
  const whole = { ...size, batch: size.batch * count };
  const flat = Object.fromEntries(
    Object.entries(rows).map(([name, { data, shape }]) => [
      name,
      reshape(constant(data, [count, ...shape]), [whole.batch, ...shape.slice(1)]),
    ]),
  );
  const { support, noise } = { noise: undefined, ...finite.draw(whole, options, flat, seedSequence(0)) };
  const model = serialize({ name: "samples", inputs: {}, outputs: { support, ...(noise && { noise }) } });
  const outputs = await runOnce(model, {});
  return Array.from({ length: whole.batch }, (_, index) => ({
    sample: Number(rows.sample.data[index]),
    support: Array.from(outputs.support.data.slice(2 * index, 2 * index + 2), Number),
    noise: Array.from(outputs.noise?.data.slice(12 * index, 12 * index + 12) ?? [], Number),
  }));
}

Deno.test("finite takes every sample once before any comes again, each with the support and the noise it had", async () => {
  // Five batches of ten are the 25 samples twice; the second and third come from another call.
  const drawn = [...await samplesOf(task(), 0, 1), ...await samplesOf(task(), 1, 4)];
  const epochs = [drawn.slice(0, 25), drawn.slice(25)];
  const numbers = epochs.map((epoch) => epoch.map(({ sample }) => sample));
  assertNotEquals(numbers[0], numbers[1]);
  const sorted = epochs.map((epoch) => epoch.toSorted((a, b) => a.sample - b.sample));
  assertEquals(sorted[0].map(({ sample }) => sample), Array.from({ length: 25 }, (_, sample) => sample));
  assertEquals(sorted[1], sorted[0]);
  const noise = sorted[0].flatMap(({ noise }) => noise);
  // 300 numbers: 0.25 ± 0.02, all different.
  assertAlmostEquals(noise.reduce((sum, value) => sum + value ** 2, 0) / noise.length, 0.25, 0.08);
  assertEquals(new Set(noise).size, 300);
  assert(sorted[0].every(({ support: [a, b] }) => a !== b && a >= 0 && a < 12 && b >= 0 && b < 12));
});

Deno.test("finite has another set for every setSeed, another order for every seed, and balanced supports where asked", async () => {
  const [usual, reordered, other, even] = await Promise.all([
    samplesOf(task(), 0, 2),
    samplesOf(task(), 0, 2, 1),
    samplesOf(task({ setSeed: 1 }), 0, 2),
    samplesOf(task({ supports: "balanced", samples: 30, noise: "averaged" }), 0, 3),
  ]);
  const bySample = (samples: typeof usual) => new Map(samples.map((one) => [one.sample, one]));
  assertNotEquals(usual, reordered);
  const again = reordered.filter(({ sample }) => bySample(usual).has(sample));
  assert(again.length > 10);
  for (const one of again) assertEquals(one, bySample(usual).get(one.sample));
  const shared = other.filter(({ sample }) => bySample(usual).has(sample));
  assert(shared.every(({ sample, noise }) => noise[0] !== bySample(usual).get(sample)!.noise[0]));
  const counts = new Array(12).fill(0);
  for (const { support } of even) for (const feature of support) counts[feature]++;
  assertEquals(counts, new Array(12).fill(5));
});

Deno.test("training on a finite set learns the set: its loss falls below that of fresh samples, which are held out", async () => {
  const config = parseConfig({
    name: "finite",
    model: { features: 12, hidden: 8 },
    task: { name: "finite", samples: 40, noiseVariance: 0.1 },
    loss: { decoderRidge: 0.001 },
    training: { steps: 600, batch: 40, initialScale: 1, chunk: 200 },
  }, "test");
  let state: TrainingState | undefined;
  let last = Infinity;
  for await (const chunk of train(config)) [state, last] = [chunk.state, chunk.scalars.objective.at(-1)!];
  const unseen = await heldOutLoss(config, weightsOf(config, state!), { samples: 8192 });
  assert(unseen.objective > 1.5 * last, `${unseen.objective} ${last}`);
});

Deno.test("finite refuses a set that is smaller than a batch, and samples that share noise", () => {
  const parse = (samples: number, supportsPerNoise: number) =>
    parseConfig({
      name: "finite",
      model: { features: 12, hidden: 8 },
      task: { name: "finite", samples },
      training: { steps: 1, batch: 40, supportsPerNoise },
    }, "test");
  assertThrows(() => parse(39, 1), UsageError, "task.samples: must be at least training.batch = 40, got 39");
  assertThrows(() => parse(40, 2), UsageError, "training.supportsPerNoise must be 1");
});
