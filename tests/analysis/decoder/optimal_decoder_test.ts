import { assertGreater, assertLess, assertRejects } from "@std/assert";
import { Matrix, solve } from "ml-matrix";
import { optimalDecoder, optimalDecoderObjective } from "../../../analysis/decoder/optimal_decoder.ts";
import { type Config, parseConfig } from "../../../models/experiment/config.ts";
import { rebalancedLoss } from "../../../models/experiment/requirements.ts";
import { UsageError } from "../../../models/errors.ts";
import { heldOutLoss } from "../../../models/training/evaluation.ts";
import { randomStream } from "../../../models/random.ts";
import { supportsOf } from "./supports_of.ts";

const features = 7;
const hidden = 5;

function problem(support: number, noiseVariance: number, loss: Record<string, unknown> = {}): Config {
  return parseConfig({
    name: "small",
    model: { features, hidden },
    task: { activeFeatures: support, noiseVariance },
    loss: { decoderRidge: 0.05, ...loss },
    training: { steps: 1 },
  }, "test");
}

function randomEncoder(): Float32Array {
  const { normal } = randomStream(5, "encoder");
  return Float32Array.from({ length: features * hidden }, () => 0.7 * normal());
}

/** The ridge problem of every feature without noise, by enumerating every support: matrix and right-hand side. */
function exactSystems(encoder: Float32Array, config: Config) {
  const { lambdaOn, decoderRidge } = rebalancedLoss(config, "this test");
  const samples = supportsOf(features, config.task.activeFeatures).map((on) => ({
    on,
    a: Array.from(
      { length: hidden },
      (_, neuron) => Math.tanh(on.reduce((sum, feature) => sum + encoder[feature * hidden + neuron], 0)) ** 3,
    ),
  }));
  const mean = (value: (sample: (typeof samples)[number]) => number) =>
    samples.reduce((sum, sample) => sum + value(sample), 0) / samples.length;
  const neurons = Array.from({ length: hidden }, (_, neuron) => neuron);
  return Array.from({ length: features }, (_, feature) => ({
    matrix: neurons.map((row) =>
      neurons.map((column) =>
        mean(({ on, a }) => (on.includes(feature) ? lambdaOn : 1) * a[row] * a[column]) +
        (row === column ? decoderRidge : 0)
      )
    ),
    right: neurons.map((row) => mean(({ on, a }) => on.includes(feature) ? lambdaOn * a[row] : 0)),
  }));
}

for (const support of [1, 2, 3]) {
  Deno.test(`optimalDecoder() solves the weighted ridge problem of every feature, k = ${support}`, async () => {
    const config = problem(support, 0);
    const encoder = randomEncoder();
    const { decoder } = await optimalDecoder({ features, hidden, encoder }, config, { samplesPerFeature: 8400 });
    let explained = 0;
    let excess = 0;
    exactSystems(encoder, config).forEach(({ matrix, right }, feature) => {
      const exact = solve(new Matrix(matrix), Matrix.columnVector(right)).to1DArray();
      const miss = exact.map((weight, neuron) => decoder[feature * hidden + neuron] - weight);
      excess += miss.reduce(
        (sum, a, row) => sum + a * miss.reduce((inner, b, column) => inner + b * matrix[row][column], 0),
        0,
      );
      explained += exact.reduce((sum, weight, neuron) => sum + weight * right[neuron], 0);
    });
    // A λ that is wrong by one costs ten times as much.
    assertLess(excess, 3e-4 * explained);
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
