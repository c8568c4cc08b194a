import { assert, assertAlmostEquals, assertEquals, assertLess, assertNotEquals } from "@std/assert";
import { corruptedInput } from "../../../models/data/batch.ts";
import { sampleBatch, sampleSupports } from "../../../models/data/k_hot.ts";
import { addShared } from "../../../models/network/denoiser.ts";
import { loop, type TensorRecord } from "../../../models/graph/loop.ts";
import { serialize } from "../../../models/graph/serialize.ts";
import { constant } from "../../../models/graph/tensor.ts";
import { runOnce } from "../../../models/runtime/session.ts";
import { seedSequence } from "../../../models/graph/random_ops.ts";

async function evaluate(outputs: TensorRecord): Promise<Record<string, number[]>> {
  const results = await runOnce(serialize({ name: "data", inputs: {}, outputs }), {}, { threads: 1 });
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Array.from(data, Number)]));
}

/** Supports from a Loop, as training draws them: each a list of k coordinates. */
async function draw(features: number, support: number, { batch, steps, seed = 0 }: {
  batch: number;
  steps: number;
  seed?: number;
}): Promise<number[][]> {
  const nextSeed = seedSequence(seed, "data test");
  const { record } = loop(steps, {}, () => ({
    next: {},
    record: { supports: sampleSupports(features, support, batch, nextSeed) },
  }));
  assertEquals(record.supports.shape, [steps, batch, support]);
  const { supports } = await evaluate(record);
  return Array.from({ length: steps * batch }, (_, place) => supports.slice(place * support, (place + 1) * support));
}

/** χ² of counts against equal chances. */
function chiSquared(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
}

/** What χ² exceeds with probability 0.001 (Wilson and Hilferty 1931). */
function criticalChiSquared(freedom: number): number {
  return freedom * (1 - 2 / (9 * freedom) + 3.09 * Math.sqrt(2 / (9 * freedom))) ** 3;
}

function binomial(n: number, k: number): number {
  return k === 0 ? 1 : binomial(n - 1, k - 1) * n / k;
}

const features = 6;
for (const support of [1, 2, 3, features]) {
  Deno.test(`sampleSupports() draws ${support} of ${features} distinct features, each set as often (χ², level 0.001)`, async () => {
    const sets = await draw(features, support, { batch: 1000, steps: 20 });
    const counts = new Map<string, number>();
    for (const set of sets) {
      assert(set.every((feature) => feature >= 0 && feature < features));
      assertEquals(new Set(set).size, support);
      const key = set.toSorted().join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const number = binomial(features, support);
    assertEquals(counts.size, number);
    if (number > 1) assertLess(chiSquared([...counts.values()]), criticalChiSquared(number - 1));
  });
}

Deno.test("sampleSupports() draws each of many features, and each pair of them, as often (χ², level 0.001)", async () => {
  const many = 64;
  const single = new Array<number>(many).fill(0);
  const pairs = new Array<number>(many * many).fill(0);
  for (const set of await draw(many, 2, { batch: 2000, steps: 25 })) {
    const [low, high] = set.toSorted((a, b) => a - b);
    single[low]++;
    single[high]++;
    pairs[low * many + high]++;
  }
  const possible = pairs.filter((_, place) => Math.floor(place / many) < place % many);
  assertLess(chiSquared(possible), criticalChiSquared(possible.length - 1));
  // Two distinct features a sample: the counts vary less than those of independent draws.
  assertLess(chiSquared(single) / (1 - 1 / (many - 1)), criticalChiSquared(many - 1));
});

Deno.test("sampleSupports() draws other sets in every step and for every seed, the same for the same seed", async () => {
  const sizes = { batch: 50, steps: 2 };
  const first = await draw(100, 2, sizes);
  assertNotEquals(first.slice(0, 50), first.slice(50));
  assertEquals(await draw(100, 2, sizes), first);
  assertNotEquals(await draw(100, 2, { ...sizes, seed: 1 }), first);
});

Deno.test("sampleBatch() draws normal noise of the variance asked for, a vector for every R samples", async () => {
  const [batch, supportsPerNoise, width, noiseVariance] = [2000, 4, 100, 0.03];
  const size = { features: width, batch, supportsPerNoise };
  const task = { activeFeatures: 2, noiseVariance };
  const drawn = sampleBatch(size, task, "float64", seedSequence(0, "noise test"));
  assertEquals(drawn.support.shape, [batch, 2]);
  assertEquals(drawn.noise.shape, [batch / supportsPerNoise, width]);
  const { noise } = await evaluate({ noise: drawn.noise });
  const moment = (power: number) =>
    noise.reduce((sum, value) => sum + (value / Math.sqrt(noiseVariance)) ** power, 0) / noise.length;
  // The moments of the standard normal distribution, to four standard errors of the mean of each power.
  const within = (power: number, expected: number, variance: number) =>
    assertAlmostEquals(moment(power), expected, 4 * Math.sqrt(variance / noise.length), `moment ${power}`);
  within(1, 0, 1);
  within(2, 1, 3 - 1);
  within(3, 0, 15);
  within(4, 3, 105 - 9);
  // Neighbours in a vector, and the same coordinate in neighbouring vectors, have nothing to do with each other.
  for (const lag of [1, 2, width]) {
    const products = noise.slice(lag).reduce((sum, value, place) => sum + value * noise[place], 0);
    assertAlmostEquals(products / noise.length / noiseVariance, 0, 4 / Math.sqrt(noise.length), `lag ${lag}`);
  }
});

Deno.test("sampleBatch() draws no noise where its variance is zero, in float32 too", async () => {
  for (const noiseVariance of [0, 1e-100]) {
    const size = { features: 3, batch: 2, supportsPerNoise: 1 };
    const { noise } = sampleBatch(size, { activeFeatures: 2, noiseVariance }, "float32", seedSequence(0));
    assertEquals((await evaluate({ noise })).noise, [0, 0, 0, 0, 0, 0]);
  }
});

Deno.test("corruptedInput() and addShared() give sample b the noise vector b mod P", async () => {
  const supports = [[0, 2], [1, 3], [3, 0], [2, 1], [0, 1], [2, 3]];
  const noises = [[0.5, 0.25, -1, 2], [3, -2, 0.125, 7]];
  const batch = {
    support: constant(BigInt64Array.from(supports.flat(), BigInt), [6, 2]),
    noise: constant(Float64Array.from(noises.flat()), [2, 4]),
  };
  const rows = Array.from({ length: 6 * 4 }, (_, place) => place);
  const { x, shared } = await evaluate({
    x: corruptedInput(batch),
    shared: addShared(constant(Float64Array.from(rows), [6, 4]), batch.noise),
  });
  assertEquals(x, supports.flatMap((set, b) => noises[b % 2].map((value, i) => value + (set.includes(i) ? 1 : 0))));
  assertEquals(shared, rows.map((value, place) => value + noises[Math.floor(place / 4) % 2][place % 4]));
});
