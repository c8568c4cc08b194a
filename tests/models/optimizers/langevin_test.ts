import { assertAlmostEquals, assertLess } from "@std/assert";
import { type Config, parseConfig } from "../../../models/experiment/config.ts";
import { keySequence } from "../../../models/graph/counted_random_ops.ts";
import { cast, multiply } from "../../../models/graph/elementwise_ops.ts";
import { full } from "../../../models/graph/layout_ops.ts";
import { loop } from "../../../models/graph/loop.ts";
import { serialize } from "../../../models/graph/serialize.ts";
import { constant, scalar } from "../../../models/graph/tensor.ts";
import { langevin } from "../../../models/optimizers/langevin.ts";
import { runOnce } from "../../../models/runtime/session.ts";
import { train } from "../../../models/training/trainer.ts";
import type { TrainingState } from "../../../models/training/training_state.ts";

Deno.test("langevin comes to the known variance on a quadratic, the size of its steps included", async () => {
  const [temperature, learningRate] = [0.3, 0.25];
  // The factor 1 / (1 − ηh/2) is 1.03, 1.14, 1.33 and 2.
  const curvatures = [0.25, 1, 2, 4];
  // The slowest direction forgets its start by e⁻¹⁵.
  const [copies, steps] = [16384, 120];
  const options = langevin.options.parse({ temperature });
  const coefficients = langevin.coefficients(1, learningRate, options);
  const { state } = loop(steps, { parameter: full(0, "float64", [copies, 4]) }, ({ parameter }, iteration) => {
    const update = langevin.update({
      parameter,
      gradient: multiply(parameter, constant(Float64Array.from(curvatures), [1, 4])),
      slots: {},
      coefficients: {
        learningRate: scalar(coefficients.learningRate, "float64"),
        noise: scalar(coefficients.noise, "float64"),
        step: cast(iteration, "float64"),
      },
      options,
      nextKey: keySequence(3),
    });
    return { next: { parameter: update.parameter }, record: {} };
  });
  const { parameter } = await runOnce(serialize({ name: "quadratic", inputs: {}, outputs: state }), {});
  for (const [index, curvature] of curvatures.entries()) {
    let squares = 0;
    for (let copy = 0; copy < copies; copy++) squares += Number(parameter.data[4 * copy + index]) ** 2;
    const expected = temperature / (curvature * (1 - learningRate * curvature / 2));
    // The error of the variance is 1.1 %: a factor left out is seen, but for that of the smallest curvature.
    assertAlmostEquals(squares / copies / expected, 1, 4 * Math.sqrt(2 / copies), `curvature ${curvature}`);
  }
});

const [features, hidden] = [12, 8];

/** One feature at a time and every one in each step: the gradient has no noise. */
function tiny(optimizer: Record<string, unknown>, steps: number, schedule = { name: "constant" }): Config {
  return parseConfig({
    name: "tiny",
    model: { features, hidden },
    task: { activeFeatures: 1, noise: "averaged", supports: "balanced", noiseVariance: 0.02 },
    loss: { encoderRidge: 0.1, decoderRidge: 0.1 },
    optimizer,
    schedule,
    training: { steps, batch: features, initialScale: 1, chunk: 1000 },
  }, "test");
}

async function trained(config: Config, from?: TrainingState) {
  const objectives: number[] = [];
  let state = from;
  for await (const chunk of train(config, { from: state && { ...state, step: 0 } })) {
    objectives.push(...chunk.scalars.objective);
    state = chunk.state;
  }
  return { objectives, state: state! };
}

Deno.test("langevin on a real loss holds T/2 in each of its weights at a low temperature", async () => {
  const still = await trained(tiny({ name: "adam" }, 1500, { name: "warmup-cosine" }));
  const lowest = still.objectives.at(-1)!;
  assertLess(Math.abs(still.objectives.at(-100)! - lowest), 1e-5);
  const temperature = 2e-4;
  const moving = await trained(tiny({ name: "langevin", temperature, learningRate: 0.05 }, 3000), still.state);
  const settled = moving.objectives.slice(500);
  const energy = settled.reduce((sum, objective) => sum + objective - lowest, 0) / settled.length;
  // 192 weights, whose energies are forgotten within 50 steps by the ridges: an error of 1.5 %. Half or twice the noise, or
  // weights of which one kind is not moved, are far outside.
  assertAlmostEquals(energy / (2 * features * hidden * temperature / 2), 1, 0.06);
});
