import { assertEquals } from "@std/assert";
import { parseConfig } from "../../../models/experiment/config.ts";
import { experimentOf } from "../../../models/experiment/former_keys.ts";

/** A `config.yaml` as version 0.1 wrote it. */
const former = {
  name: "former",
  description: "",
  model: { features: 8, hidden: 4, activation: "gelu" },
  task: { support: 3, noiseVariance: 0.01 },
  loss: { name: "softmax", lambdaOn: 16, decoderRidge: 0.03, encoderRidge: 0, form: "auto" },
  optimizer: { name: "sgd", learningRate: 0.02, warmup: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  training: { steps: 10 },
  versions: { pinfield: "0.1.0", deno: "2.9.6", onnxruntime: "1.30.0" },
};

Deno.test("experimentOf() reads what version 0.1 wrote", () => {
  const before = structuredClone(former);
  const config = parseConfig(experimentOf(former), "test");
  assertEquals(former, before);
  assertEquals(config.task.activeFeatures, 3);
  assertEquals(config.loss, { name: "softmax", decoderRidge: 0.03, encoderRidge: 0 });
  assertEquals(config.optimizer, { name: "sgd", learningRate: 0.02 });
  assertEquals(config.schedule, { name: "warmup-cosine", warmup: 0.1 });
});

Deno.test("experimentOf() leaves today's experiments and files without versions as they are", () => {
  const { versions: _versions, ...today } = former;
  assertEquals(experimentOf(today), today);
  assertEquals(experimentOf({ ...today, versions: { pinfield: "0.2.0" } }), today);
});
