import { assertAlmostEquals, assertGreater, assertLess, assertRejects } from "@std/assert";
import { optimalDecoder, optimalDecoderObjective } from "../../analysis/optimal_decoder.ts";
import { type Config, parseConfig } from "../../models/config.ts";
import { UsageError } from "../../models/errors.ts";
import { heldOutLoss } from "../../models/evaluation.ts";
import { randomStream } from "../../models/random.ts";
import { solve, supportsOf } from "./small_exact.ts";

const features = 7;
const hidden = 5;

function problem(support: number, noiseVariance: number, loss: Record<string, unknown> = {}): Config {
  return parseConfig({
    name: "small",
    model: { features, hidden },
    task: { support, noiseVariance },
    loss: { decoderRidge: 0.05, ...loss },
    training: { steps: 1 },
  }, "test");
}

function randomEncoder(): Float32Array {
  const { normal } = randomStream(5, "encoder");
  return Float32Array.from({ length: features * hidden }, () => 1.2 * normal());
}

/** The optimal decoder without noise, by enumerating every support. */
function exactDecoder(encoder: Float32Array, { task: { support }, loss: { lambdaOn, decoderRidge } }: Config) {
  const supports = supportsOf(features, support);
  const samples = supports.map((on) => ({
    on,
    a: Array.from(
      { length: hidden },
      (_, neuron) => Math.tanh(on.reduce((sum, feature) => sum + encoder[feature * hidden + neuron], 0)) ** 3,
    ),
  }));
  return Array.from({ length: features }, (_, feature) => {
    const matrix = Array.from(
      { length: hidden },
      (_, row) =>
        Array.from({ length: hidden }, (_, column) =>
          samples.reduce(
            (sum, { on, a }) => sum + (on.includes(feature) ? lambdaOn : 1) * a[row] * a[column] / samples.length,
            row === column ? decoderRidge : 0,
          )),
    );
    const right = Array.from(
      { length: hidden },
      (_, row) =>
        samples.reduce((sum, { on, a }) => sum + (on.includes(feature) ? lambdaOn * a[row] / samples.length : 0), 0),
    );
    return solve(matrix, right);
  }).flat();
}

for (const support of [1, 2, 3]) {
  Deno.test(`optimalDecoder() is the exact minimum of the weighted ridge problem, k = ${support}`, async () => {
    const config = problem(support, 0);
    const encoder = randomEncoder();
    const { decoder } = await optimalDecoder({ features, hidden, encoder }, config, { samplesPerFeature: 42000 });
    const exact = exactDecoder(encoder, config);
    const scale = Math.sqrt(exact.reduce((sum, weight) => sum + weight ** 2, 0) / exact.length);
    exact.forEach((weight, pair) => assertAlmostEquals(decoder[pair], weight, 0.03 * scale));
  });
}

Deno.test("optimalDecoder() is not improved by any change, and brackets its objective", async () => {
  const config = problem(2, 0.05);
  const encoder = randomEncoder();
  const evaluation = { samples: 1 << 17, seed: 11 };
  const { decoder, fittedObjective } = await optimalDecoder({ features, hidden, encoder }, config, {
    samplesPerFeature: 8192,
  });
  const held = await heldOutLoss(config, { features, hidden, encoder, decoder }, evaluation);
  assertLess(Math.abs(held.objective - fittedObjective), 0.01 * held.objective);
  const { normal } = randomStream(6, "directions");
  for (let trial = 0; trial < 3; trial++) {
    const direction = decoder.map(() => 0.1 * normal());
    for (const sign of [-1, 1]) {
      const moved = decoder.map((weight, pair) => weight + sign * direction[pair]);
      const other = await heldOutLoss(config, { features, hidden, encoder, decoder: moved }, evaluation);
      assertGreater(other.objective, held.objective);
    }
  }
});

Deno.test("optimalDecoder() overfits little: a bank of few samples does nearly as well as one of many", async () => {
  const [features, hidden] = [96, 48];
  const config = parseConfig({ name: "wide", model: { features, hidden }, training: { steps: 1 } }, "test");
  const random = randomStream(7);
  const encoder = Float32Array.from(
    { length: features * hidden },
    () => random.uniform() < 0.1 ? (random.uniform() < 0.5 ? -1.6 : 1.6) : 0.05 * random.normal(),
  );
  const objective = async (
    samplesPerFeature: number,
  ) => (await optimalDecoderObjective({ features, hidden, encoder }, config, { samples: 65536, samplesPerFeature }));
  const [few, many] = [await objective(64), await objective(2048)];
  assertLess(few.objective, 1.005 * many.objective);
  assertGreater(few.objective, few.fittedObjective);
});

Deno.test("optimalDecoder() refuses a loss that it does not solve", async () => {
  const encoder = randomEncoder();
  await assertRejects(
    () => optimalDecoder({ features, hidden, encoder }, problem(2, 0, { name: "softmax" })),
    UsageError,
    "rebalanced",
  );
});
