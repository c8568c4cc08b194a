import { assert, assertEquals, assertLess } from "@std/assert";
import { parseConfig } from "../../../models/experiment/config.ts";
import { inferenceModel } from "../../../models/network/inference.ts";
import { randomStream } from "../../../models/random.ts";
import { createRun } from "../../../models/run/create_run.ts";
import { runOnce } from "../../../models/runtime/session.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../models/run/safetensors/safetensors.ts";
import { trainRun } from "../../../models/run/training_run.ts";
import type { Weights } from "../../../models/network/network_weights.ts";
import { parameterValues, stateAt } from "../../../models/training/training_state.ts";
import { runPython, skipWithoutPython } from "../../python/run_python.ts";
import { inFolder } from "../../tasks/run_task.ts";

const config = parseConfig({
  name: "tiny",
  model: { features: 24, hidden: 12 },
  training: { steps: 300, batch: 64, seed: 3 },
}, "test");
const { features, hidden } = config.model;

/** y = D tanh³(E x) in double precision, written out. */
function reference({ encoder, decoder }: Weights, x: Float32Array, batch: number): number[] {
  return Array.from({ length: batch * features }, (_, place) => {
    const [sample, output] = [Math.floor(place / features), place % features];
    let y = 0;
    for (let neuron = 0; neuron < hidden; neuron++) {
      let z = 0;
      for (let i = 0; i < features; i++) z += encoder[i * hidden + neuron] * x[sample * features + i];
      y += decoder[output * hidden + neuron] * Math.tanh(z) ** 3;
    }
    return y;
  });
}

function inputs(batch: number): Float32Array<ArrayBuffer> {
  const { normal } = randomStream(7, "inputs");
  return Float32Array.from({ length: batch * features }, normal);
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assertEquals(a.length, b.length);
  return Array.from(a).reduce((largest, value, place) => Math.max(largest, Math.abs(value - b[place])), 0);
}

Deno.test("inferenceModel() computes D tanh³(E x) for any batch", async () => {
  const { normal } = randomStream(1, "weights");
  const weights = {
    features,
    hidden,
    encoder: Float32Array.from({ length: features * hidden }, normal),
    decoder: Float32Array.from({ length: features * hidden }, normal),
  };
  for (const batch of [1, 5]) {
    const x = inputs(batch);
    const { y } = await runOnce(
      inferenceModel(
        config,
        parameterValues(config, stateAt(config, { encoder: weights.encoder, decoder: weights.decoder })),
      ),
      { x: { data: x, shape: [batch, features] } },
    );
    assertEquals([...y.shape], [batch, features]);
    assertLess(largestDifference(y.data as Float32Array, reference(weights, x, batch)), 1e-5);
  }
});

Deno.test({
  name: "Python's ONNX Runtime and two bias-free Linear layers compute what the project computes",
  ignore: skipWithoutPython("onnx", "onnxruntime", "safetensors", "numpy"),
  fn: () =>
    inFolder(async (folder) => {
      const run = await createRun(`${folder}/tiny`, config);
      assert(await trainRun(run));
      const batch = 16;
      const x = inputs(batch);
      const pieces = encodeSafetensors({ x: { dtype: "F32", shape: [batch, features], data: x } });
      await run.write("inputs.safetensors", pieces);
      const out = run.file("outputs.safetensors");
      await runPython("compare_inference.py", run.path, run.file("inputs.safetensors"), out);
      const expected = reference(await run.readWeights(), x, batch);
      const { tensors } = decodeSafetensors(await Deno.readFile(out), out);
      for (const reader of ["onnxruntime", "linear"]) {
        assertLess(largestDifference(tensors[reader].data as Float32Array, expected), 1e-5, reader);
      }
    }),
});
