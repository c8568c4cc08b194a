import { assert, assertEquals, assertFalse, assertStringIncludes, assertThrows } from "@std/assert";
import { parseConfig } from "../../../models/experiment/config.ts";
import { UsageError } from "../../../models/errors.ts";

const complete = { name: "test", model: { features: 8, hidden: 4 }, training: { steps: 10 } };

/** The experiment with one value, given by its path, replaced. */
function replaced(path: string, value: unknown): unknown {
  const copy = structuredClone(complete) as Record<string, unknown>;
  const keys = path.split(".");
  const last = keys.pop()!;
  let place = copy;
  for (const key of keys) place = (place[key] ??= {}) as Record<string, unknown>;
  place[last] = value;
  return copy;
}

Deno.test("parseConfig() fills in every default", () => {
  assertEquals(parseConfig(complete, "test"), {
    name: "test",
    description: "",
    model: { name: "denoiser", features: 8, hidden: 4, activation: "tanh-cubed" },
    task: {
      name: "k-hot",
      activeFeatures: 2,
      noiseVariance: 0.005,
      noise: "sampled",
      supports: "independent",
      mehlerOrder: 1,
      nodes: 7,
    },
    loss: { name: "rebalanced", lambdaOn: 16, decoderRidge: 0.03, encoderRidge: 0, form: "auto" },
    optimizer: { name: "adam", learningRate: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    schedule: { name: "warmup-cosine", warmup: 0.05 },
    training: {
      steps: 10,
      batch: 512,
      supportsPerNoise: 1,
      chunk: 50,
      checkpointSeconds: 10,
      initialScale: 0.03,
      seed: 0,
    },
  });
});

Deno.test("parseConfig() takes what it gave", () => {
  const config = parseConfig(complete, "test");
  assertEquals(parseConfig(structuredClone(config), "test"), config);
});

/** By path, a value that cannot be and what the message must say besides the path. */
const mistakes: readonly [path: string, value: unknown, ...said: string[]][] = [
  ["model.hiden", 3, "unknown key model.hiden; models/experiment/config.ts lists the keys."],
  ["modle", {}, "unknown key"],
  ["model.hidden", "4", "number"],
  ["model.hidden", 0],
  ["model.hidden", -3],
  ["model.hidden", 2.5, "int"],
  ["model.hidden", NaN],
  ["model.hidden", Infinity],
  ["model.hidden", null],
  ["model.hidden", undefined],
  ["model.features", [8], "number"],
  ["model.activation", "swish", "tanh-cubed"],
  ["model", 3],
  ["task.activeFeatures", 9, "model.features = 8", "9"],
  ["task.activeFeatures", 0],
  ["task.noiseVariance", -0.1],
  ["task.noiseVariance", NaN],
  ["task.nodes", 4, "odd"],
  ["task.mehlerOrder", 0],
  ["task.noise", "none", "averaged"],
  ["loss.name", "hinge", "rebalanced"],
  ["loss.lambdaOn", 0],
  ["loss.decoderRidge", -1],
  ["loss.form", "sparse", "gram"],
  ["optimizer.name", "lion", "adam"],
  ["optimizer.learningRate", 0],
  ["schedule.warmup", 1.1],
  ["schedule.name", "linear", "warmup-cosine"],
  ["optimizer.beta1", 1],
  ["optimizer.epsilon", 0],
  ["training.steps", 0],
  ["training.batch", 0.5],
  ["training.supportsPerNoise", 3, "training.batch = 512", "3"],
  ["training.chunk", 0],
  ["training.seed", -1],
  ["training.seed", true, "number"],
  ["name", "../up"],
  ["name", ""],
  ["name", 3, "string"],
];

for (const [path, value, ...said] of mistakes) {
  Deno.test(`parseConfig() refuses ${path} = ${Deno.inspect(value)} in one clear line`, () => {
    const { message } = assertThrows(() => parseConfig(replaced(path, value), "presets/test.yaml"), UsageError);
    assert(message.startsWith("presets/test.yaml: "), message);
    assertFalse(message.includes("\n"), message);
    assert(message.endsWith("."), message);
    assertStringIncludes(message, path);
    for (const text of said) assertStringIncludes(message, text);
  });
}

Deno.test("parseConfig() refuses what is no experiment at all", () => {
  for (const value of [undefined, null, "text", 3, []]) {
    const { message } = assertThrows(() => parseConfig(value, "test.yaml"), UsageError);
    assert(/^test\.yaml: the file: [^\n]+\.$/.test(message), message);
  }
});
