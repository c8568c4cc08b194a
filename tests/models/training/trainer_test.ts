import { assert, assertAlmostEquals, assertEquals, assertLess, assertNotEquals } from "@std/assert";
import { type Config, parseConfig } from "../../../models/experiment/config.ts";
import { learningRateAt } from "../../../models/training/training_graph.ts";
import { type ChunkResult, train, type TrainOptions } from "../../../models/training/trainer.ts";
import { initialState, weightsOf } from "../../../models/training/training_state.ts";

const [features, hidden] = [16, 8];

function experiment({ training = {}, ...sections }: Record<string, Record<string, unknown>> = {}): Config {
  return parseConfig({
    name: "trainer",
    model: { features, hidden },
    // Of ordinary size, so that a few steps change much.
    training: { steps: 14, batch: 32, supportsPerNoise: 2, chunk: 5, initialScale: 1, ...training },
    ...sections,
  }, "test");
}

async function chunks(config: Config, options?: TrainOptions): Promise<ChunkResult[]> {
  return await Array.fromAsync(train(config, options));
}

/** What must not depend on how the work was cut or when it was done. */
const lasting = (results: ChunkResult[]) =>
  results.map(({ state, scalars, followed }) => ({ state, scalars, followed }));

const optimizers = [{ name: "adam" }, { name: "sgd" }, { name: "langevin", temperature: 1e-3 }];

for (const optimizer of optimizers) {
  for (const form of ["dense", "gram"]) {
    Deno.test(`train() with ${optimizer.name} on the ${form} form gives the same bits twice, and after a stop in the middle`, async () => {
      const config = experiment({ optimizer, loss: { form } });
      const all = await chunks(config, { follow: [0, 5] });
      assertEquals(all.map(({ state }) => state.step), [5, 10, 14]);
      assertEquals(lasting(await chunks(config, { follow: [0, 5] })), lasting(all));
      for (const stop of [0, 1]) {
        const from = structuredClone(all[stop].state);
        assertEquals(lasting(await chunks(config, { from, follow: [0, 5] })), lasting(all.slice(stop + 1)));
      }
      assertEquals(await chunks(config, { from: all[2].state }), []);
    });
  }
}

Deno.test("train() leaves the state that it starts from alone", async () => {
  const config = experiment();
  const from = initialState(config);
  const before = structuredClone(from);
  await chunks(config, { from });
  assertEquals(from, before);
});

Deno.test("train() and initialState() differ from seed to seed", async () => {
  const [first, second] = [experiment(), experiment({ training: { seed: 1 } })];
  assertNotEquals(initialState(first).tensors.encoder, initialState(second).tensors.encoder);
  // From the same weights on, only the samples differ.
  const from = initialState(first);
  const [one] = await chunks(first, { from });
  const [other] = await chunks(second, { from });
  assertNotEquals(one.state.tensors.encoder, other.state.tensors.encoder);
  assertNotEquals(one.scalars.data[0], other.scalars.data[0]);
});

Deno.test("train() draws other samples in every step and every chunk", async () => {
  // Weights that hardly move: what changes in the loss is the samples.
  const config = experiment({ optimizer: { name: "sgd", learningRate: 1e-30 } });
  const data = (await chunks(config)).flatMap(({ scalars }) => [...scalars.data]);
  assertEquals(new Set(data).size, 14);
});

Deno.test("initialState() has Xavier normal weights, scaled, and an optimiser that remembers nothing", () => {
  const config = parseConfig({
    name: "initial",
    model: { features: 200, hidden: 100 },
    training: { steps: 1, initialScale: 0.03 },
  }, "test");
  const { step, tensors } = initialState(config);
  assertEquals(step, 0);
  const { encoder, decoder, ...slots } = tensors;
  const count = 200 * 100;
  const variance = 0.03 ** 2 * 2 / (200 + 100);
  for (const { data: values } of [encoder, decoder]) {
    assertEquals(values.length, count);
    const [sum, squares] = values.reduce(([sum, squares], value) => [sum + value, squares + value * value], [0, 0]);
    assertAlmostEquals(sum / count, 0, 4 * Math.sqrt(variance / count));
    assertAlmostEquals(squares / count / variance, 1, 4 * Math.sqrt(2 / count));
  }
  assertNotEquals(encoder, decoder);
  assertEquals(Object.keys(slots).length, 4);
  for (const { data } of Object.values(slots)) assertEquals(data, new Float32Array(count));
});

Deno.test("train() reports the learning rate of each step, the followed pairs, and what the objective is made of", async () => {
  const config = experiment({ loss: { lambdaOn: 5, decoderRidge: 0.1, encoderRidge: 0.2 } });
  const pairs = [0, 37, features * hidden - 1];
  let before = weightsOf(config, initialState(config));
  for (const { state, scalars, followed, seconds } of await chunks(config, { follow: pairs })) {
    const steps = scalars.objective.length;
    const rates = Array.from({ length: steps }, (_, place) => learningRateAt(state.step - steps + place + 1, config));
    assertEquals(scalars.learningRate, Float32Array.from(rates));
    assertEquals(Object.keys(scalars).sort(), ["data", "learningRate", "objective", "off", "on"]);
    scalars.data.forEach((data, step) =>
      assertAlmostEquals(data, 5 * scalars.on[step] + scalars.off[step], 1e-5 * data)
    );
    const squares = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
    const penalties = 0.1 * squares(before.decoder) + 0.2 * squares(before.encoder);
    // The objective of a step is that of the weights before it.
    assertAlmostEquals(scalars.objective[0] - scalars.data[0], penalties, 1e-5 * scalars.objective[0]);
    for (const name of ["encoder", "decoder"] as const) {
      assertEquals(followed[name].length, steps * pairs.length);
      const last = followed[name].slice(-pairs.length);
      assertEquals([...last], pairs.map((pair) => state.tensors[name].data[pair]));
    }
    assert(seconds.total >= seconds.javascript && seconds.javascript >= 0);
    before = weightsOf(config, state);
  }
});

Deno.test("train() learns: the loss of a tiny problem falls far below that of doing nothing", async () => {
  const config = parseConfig({
    name: "learns",
    model: { features: 16, hidden: 16 },
    task: { activeFeatures: 1 },
    loss: { lambdaOn: 4, decoderRidge: 0.001 },
    training: { steps: 400, batch: 64, chunk: 100, initialScale: 0.3 },
  }, "test");
  const data = (await chunks(config)).flatMap(({ scalars }) => [...scalars.data]);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  // Returning zero costs λ k = 4.
  assertAlmostEquals(mean(data.slice(0, 5)), 4, 0.2);
  assertLess(mean(data.slice(-20)), 1);
});

for (const name of ["adam", "sgd"]) {
  Deno.test(`train() with ${name} follows the derivatives taken by hand where nothing is random`, async () => {
    const [d, h, lambda, ridge, steps] = [3, 2, 2, 0.1, 12];
    // Without noise and with every feature on, every sample is x = (1, …, 1).
    const config = parseConfig({
      name: "by-hand",
      model: { features: d, hidden: h },
      task: { activeFeatures: d, noiseVariance: 0 },
      loss: { lambdaOn: lambda, decoderRidge: ridge },
      optimizer: { name, learningRate: 0.05 },
      training: { steps, batch: 4, chunk: 4, initialScale: 1.5 },
    }, "test");
    const { tensors } = initialState(config);
    const encoder = Array.from(tensors.encoder.data, Number);
    const decoder = Array.from(tensors.decoder.data, Number);
    const moments = [encoder, decoder].map((values) => values.map(() => ({ m: 0, v: 0 })));
    const expected: number[] = [];
    for (let step = 1; step <= steps; step++) {
      const neurons = Array.from({ length: h }, (_, j) => {
        const z = Array.from({ length: d }, (_, i) => encoder[i * h + j]).reduce((sum, value) => sum + value, 0);
        const t = Math.tanh(z);
        return { a: t ** 3, slope: 3 * t ** 2 * (1 - t ** 2) };
      });
      const y = Array.from(
        { length: d },
        (_, i) => neurons.reduce((sum, { a }, j) => sum + decoder[i * h + j] * a, 0),
      );
      const penalty = ridge * decoder.reduce((sum, value) => sum + value ** 2, 0);
      expected.push(y.reduce((sum, value) => sum + lambda * (value - 1) ** 2, penalty));
      const gradients = [
        encoder.map((_, place) => {
          const j = place % h;
          return neurons[j].slope *
            y.reduce((sum, value, i) => sum + 2 * lambda * (value - 1) * decoder[i * h + j], 0);
        }),
        decoder.map((value, place) =>
          2 * lambda * (y[Math.floor(place / h)] - 1) * neurons[place % h].a + 2 * ridge * value
        ),
      ];
      const rate = learningRateAt(step, config);
      [encoder, decoder].forEach((values, parameter) =>
        values.forEach((value, place) => {
          const g = gradients[parameter][place];
          const state = moments[parameter][place];
          state.m = 0.9 * state.m + 0.1 * g;
          state.v = 0.999 * state.v + 0.001 * g ** 2;
          const direction = state.m / (1 - 0.9 ** step) / (Math.sqrt(state.v / (1 - 0.999 ** step)) + 1e-8);
          values[place] = value - rate * (name === "adam" ? direction : g);
        })
      );
    }
    const results = await chunks(config);
    const objectives = results.flatMap(({ scalars }) => [...scalars.objective]);
    objectives.forEach((value, place) => assertAlmostEquals(value, expected[place], 1e-5));
    const { tensors: final } = results.at(-1)!.state;
    final.encoder.data.forEach((value, place) => assertAlmostEquals(value, encoder[place], 1e-5));
    final.decoder.data.forEach((value, place) => assertAlmostEquals(value, decoder[place], 1e-5));
    assertLess(objectives.at(-1)!, objectives[0]);
  });
}

Deno.test("train() awaited gives the network that its chunks come to, with their log", async () => {
  const config = experiment();
  const all = await chunks(config);
  const run = await train(config);
  assertEquals([run.config, run.state], [config, all[2].state]);
  assertEquals(run.weights, weightsOf(config, all[2].state));
  assertEquals(run.metrics.map(({ step }) => step), [5, 10, 14]);
  const { objective } = all[1].scalars;
  assertAlmostEquals(run.metrics[1].objective, objective.reduce((sum, value) => sum + value, 0) / 5, 1e-12);
  assert(run.metrics[0].seconds < run.metrics[2].seconds);
});

Deno.test("train() awaited after an iteration gives what that came to, whether to its end or not", async () => {
  const training = train(experiment());
  for await (const { state } of training) if (state.step === 10) break;
  const { state, metrics } = await training;
  assertEquals([state.step, metrics.at(-1)!.step], [10, 10]);
});
