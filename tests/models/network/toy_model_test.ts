import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { parseConfig } from "../../../models/experiment/config.ts";
import { reduceSum } from "../../../models/graph/layout_ops.ts";
import { square, subtract } from "../../../models/graph/elementwise_ops.ts";
import { constant } from "../../../models/graph/tensor.ts";
import { forward } from "../../../models/network/forward.ts";
import { toyModel } from "../../../models/network/toy_model.ts";
import { heldOutLoss } from "../../../models/training/evaluation.ts";
import { train } from "../../../models/training/trainer.ts";
import { parameterValues } from "../../../models/training/training_state.ts";
import { analyse } from "../../../mod.ts";
import { assertDerivatives, normals } from "../../finite_differences.ts";

const config = parseConfig({
  name: "tiny",
  model: { name: "toy-model", features: 5, hidden: 2 },
  task: { name: "independent", activeFeatures: 0.5 },
  loss: { lambdaOn: 1 },
  optimizer: { learningRate: 0.03 },
  training: { steps: 300, batch: 256, initialScale: 1, seed: 1 },
}, "test");

Deno.test("the toy model puts out φ(x W Wᵀ + b)", async () => {
  const weight = Float32Array.of(1, 0, 0, 1, -1, 0, 0, -1, 1, 1);
  const bias = Float32Array.of(0, 0, 0.5, 0, -1);
  const { hidden, output } = await forward(config, { weight, bias }, Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0, 2, 1));
  assertEquals([...hidden], [1, 0, 1, -1]);
  // x W Wᵀ = [1, 0, −1, 0, 1] and [1, −1, −1, 1, 0].
  assertEquals([...output], [1, 0, 0, 0, 0, 1, 0, 0, 1, 0]);
});

Deno.test("the toy model has the gradient that differences give", async () => {
  const model = { features: 5, hidden: 2, activation: "tanh" };
  const shapes = Object.entries(toyModel.parameters(model));
  const x = normals([3, 5], "x");
  await assertDerivatives({
    inputs: Object.fromEntries(shapes.map(([name, { shape }]) => [name, normals(shape, name)])),
    objective: (parameters) => {
      const input = constant(x.data, x.shape);
      return reduceSum(square(subtract(toyModel.forward(parameters, input, model).output, input)));
    },
  });
});

Deno.test("a toy model is trained by the trainer, and its embedding measured", async () => {
  const run = await train(config);
  const [first, last] = [run.metrics[0].objective, run.metrics.at(-1)!.objective];
  assertLess(last, 0.6 * first);
  const { analysis: { embedding } } = await analyse(run, ["embedding"]);
  assertEquals([embedding.dimensions, embedding.shares.length, embedding.axes], [2, 5, null]);
  assertAlmostEquals(embedding.plane!.gaps.reduce((sum, gap) => sum + gap), 360, 1e-6);
  // What the silent network pays is the mean of Σ x²: k/3.
  const parameters = Object.fromEntries(
    Object.entries(parameterValues(config, run.state)).map(([name, { data }]) => [name, new Float32Array(data.length)]),
  );
  const { data, standardError } = await heldOutLoss(config, parameters, { samples: 20000 });
  assertAlmostEquals(data, 0.5 / 3, 4 * standardError);
});
