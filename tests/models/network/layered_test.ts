import { join } from "node:path";
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess, assertRejects } from "@std/assert";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { UsageError } from "../../../models/errors.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { reduceSum } from "../../../models/graph/layout_ops.ts";
import { constant } from "../../../models/graph/tensor.ts";
import { rebalanced } from "../../../models/losses/rebalanced_loss.ts";
import { forward } from "../../../models/network/forward.ts";
import { layered, type LayeredOptions } from "../../../models/network/layered.ts";
import { createRun } from "../../../models/run/create_run.ts";
import { readParameters } from "../../../models/run/run_weights.ts";
import { trainRun } from "../../../models/run/training_run.ts";
import { heldOutLoss } from "../../../models/training/evaluation.ts";
import { initialState, parametersOf } from "../../../models/training/training_state.ts";
import { assertDerivatives, normals } from "../../finite_differences.ts";
import { inFolder } from "../../tasks/run_task.ts";

const [features, hidden, outputs, rows] = [4, 3, 5, 2];
const model: LayeredOptions = { features, hidden, layers: 2, outputs, biases: true, activation: "tanh" };
const specs = layered.parameters(model);

Deno.test("layered has a matrix a layer between its widths, and biases that begin at zero where it has any", () => {
  const shapes = (options: LayeredOptions) =>
    Object.fromEntries(Object.entries(layered.parameters(options)).map(([name, { shape }]) => [name, [...shape]]));
  assertEquals(shapes(model), {
    layer1: [4, 3],
    layer1Bias: [1, 3],
    layer2: [3, 3],
    layer2Bias: [1, 3],
    layer3: [3, 5],
    layer3Bias: [1, 5],
  });
  assertEquals(shapes({ ...model, layers: 1, outputs: undefined, biases: false }), { layer1: [4, 3], layer2: [3, 4] });
  const { tensors } = initialState(config());
  assert(tensors.layer2Bias.data.every((value) => Math.abs(value) === 0));
  assert(tensors.layer2.data.every((value) => value !== 0));
});

Deno.test("the loss of functions through three layers has the gradient that differences give", async () => {
  const inputs = Object.fromEntries(
    Object.entries(specs).map(([name, { shape }]) => [name, normals(shape, name)]),
  );
  const [x, wanted] = [normals([rows, features], "x"), {
    shape: [rows, outputs],
    data: [0, 1, 1, 0, 0, 1, 0, 0, 0, 1],
  }];
  await assertDerivatives({
    inputs,
    objective: (parameters) => {
      const { output } = layered.forward(parameters, constant(x.data, x.shape), model);
      const options = rebalanced.options.parse({ lambdaOn: 7 });
      const asked = constant(Float64Array.from(wanted.data), wanted.shape);
      return reduceSum(rebalanced.functions(output, asked, options).data);
    },
  });
});

Deno.test("rebalanced.functions() is λ on what should be 1 and 1 on what should be 0", async () => {
  const silent = Object.fromEntries(
    Object.entries(parametersOf(config())).map(([name, { shape }]) => [name, new Float32Array(shape[0] * shape[1])]),
  );
  silent.layer3Bias.fill(0.25);
  // AND of 5 of the 6 pairs of 4 features with 2 on: 5/6 of a function is on in a sample.
  const { data, parts, standardError } = await heldOutLoss(config(), silent, { samples: 20000 });
  assertAlmostEquals(parts.on, 0.75 ** 2 * 5 / 6, 0.01);
  assertAlmostEquals(parts.off, 0.25 ** 2 * (5 - 5 / 6), 0.01);
  assertAlmostEquals(data, 16 * parts.on + parts.off, 1e-4);
  assertAlmostEquals(data, 16 * 0.75 ** 2 * 5 / 6 + 0.25 ** 2 * 25 / 6, 4 * standardError);
});

function config(training: object = {}) {
  return parseConfig({
    name: "tiny",
    model: { name: "layered", ...model },
    task: { name: "boolean" },
    optimizer: { learningRate: 0.05 },
    training: { steps: 60, batch: 64, initialScale: 1, ...training },
  }, "test");
}

Deno.test("a layered network that computes is trained, stopped and resumed to the same bits, and stored for others", async () => {
  await inFolder(async (folder) => {
    const settings = config({ chunk: 20, checkpointSeconds: 0 });
    const [whole, run] = [
      await createRun(join(folder, "whole"), settings),
      await createRun(join(folder, "stopped"), settings),
    ];
    await trainRun(whole);
    const stop = new AbortController();
    await trainRun(run, { signal: stop.signal, report: ({ step }) => step === 40 && stop.abort() });
    assert(await trainRun(run));
    const parameters = await readParameters(run, parametersOf(settings));
    assertEquals(parameters, await readParameters(whole, parametersOf(settings)));
    const objectives = (await run.readMetrics()).map(({ objective }) => objective);
    assertLess(objectives.at(-1)!, 0.7 * objectives[0]);
    assertGreater(Math.max(...parameters.layer3Bias.map(Math.abs)), 1e-3);

    const x = Float32Array.from(normals([rows, features], "input").data);
    const { layer1, layer2, output } = await forward(settings, parameters, x);
    assertEquals([layer1.length, layer2.length, output.length], [rows * hidden, rows * hidden, rows * outputs]);
    const session = await InferenceSession.create(await Deno.readFile(run.file("denoiser.onnx")));
    const { y } = await session.run({ x: new Tensor("float32", x, [rows, features]) });
    assertEquals([...y.dims], [rows, outputs]);
    assertEquals([...y.data as Float32Array], [...output]);
    await session.release();
    await assertRejects(() => run.readWeights(), UsageError, "no encoder and decoder to measure");
  });
});
