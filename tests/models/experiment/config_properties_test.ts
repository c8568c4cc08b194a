import { assert, assertEquals } from "@std/assert";
import { parse } from "@std/yaml";
import fc from "fast-check";
import { parseConfig } from "../../../models/experiment/config.ts";
import { experimentOf } from "../../../models/experiment/former_keys.ts";
import { loadPreset, presetNames } from "../../../models/experiment/presets.ts";
import { activations } from "../../../models/network/activations/activations.ts";
import { configText } from "../../../models/run/run_config.ts";
import { forAll, orSentence } from "../../properties.ts";

const positive = fc.double({ min: 0, max: Number.MAX_VALUE, minExcluded: true, noNaN: true });
const nonnegative = fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true });
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const count = fc.integer({ min: 1, max: 1e9 });
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "yes",
    "no",
    "~",
    "1e3",
    "0x10",
    "- a",
    "a: b",
    "#",
    "|",
    ">",
    "'",
    '"',
    " a ",
    "\n",
    "a\n\n b\n",
    "\r\n",
  ),
);

/** Experiments in which every value is sound. */
const experiment = fc.record({
  name: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,8}$/),
  description: text,
  pair: text,
  model: fc.record({
    features: fc.integer({ min: 8, max: 1e6 }),
    hidden: count,
    activation: fc.constantFrom(...activations.names()),
  }),
  task: fc.record({
    activeFeatures: fc.integer({ min: 1, max: 8 }),
    noiseVariance: nonnegative,
    supports: fc.constantFrom("independent", "balanced"),
  }),
  loss: fc.oneof(
    fc.record({
      name: fc.constant("rebalanced"),
      lambdaOn: positive,
      decoderRidge: nonnegative,
      encoderRidge: nonnegative,
    }),
    fc.record({ name: fc.constant("softmax"), decoderRidge: nonnegative, encoderRidge: nonnegative }),
  ),
  optimizer: fc.oneof(
    fc.record({ name: fc.constant("adam"), learningRate: positive, beta1: share, beta2: share, epsilon: positive }),
    fc.record({ name: fc.constant("sgd"), learningRate: positive }),
  ),
  training: fc.record({ steps: count, batch: count, chunk: count, checkpointSeconds: nonnegative, seed: fc.nat() }),
}, { requiredKeys: ["name", "description", "model", "task", "loss", "optimizer", "training"] });

Deno.test("a config.yaml gives back whatever experiment was written into it", () =>
  forAll(300, experiment, async (value) => {
    const config = await orSentence("test", () => parseConfig(value, "test"));
    if (config === undefined) return;
    const read = experimentOf(parse(configText(config)) as Record<string, unknown>);
    assertEquals(parseConfig(read, "test"), config);
  }));

/** Anything that YAML can hold, and much that it cannot; keys such as those of an experiment among it. */
const keys = ["name", "model", "features", "hidden", "task", "noise", "loss", "form", "optimizer", "training", "steps"];
const anything = fc.anything({
  key: fc.oneof(fc.constantFrom(...keys, "__proto__", "constructor"), fc.string()),
  withBigInt: true,
  withDate: true,
  withMap: true,
  withTypedArray: true,
  withNullPrototype: true,
  maxDepth: 3,
});

Deno.test("parseConfig() takes a sound experiment with anything put into it, or refuses it in a sentence", async () => {
  const places = fc.oneof(
    fc.constantFrom("name", "pair", "model", "task", "loss", "optimizer", "schedule", "training", "imported"),
    fc.constantFrom("model.name", "model.hidden", "task.name", "task.noise", "task.supports", "loss.form", "other.key"),
    fc.constantFrom(
      "optimizer.name",
      "schedule.warmup",
      "training.supportsPerNoise",
      "training.from",
      "training.batch",
    ),
  );
  let refused = 0;
  await forAll(600, fc.tuple(experiment, places, anything), async ([value, path, put]) => {
    const [section, key] = path.split(".");
    const whole = value as Record<string, unknown>;
    const changed = key === undefined ? put : { ...(whole[section] as object), [key]: put };
    const config = await orSentence("test", () => parseConfig({ ...whole, [section]: changed }, "test"));
    if (config === undefined) refused++;
  });
  assert(refused > 300, `${refused}`);
  await forAll(300, anything, async (value) => void await orSentence("test", () => parseConfig(value, "test")));
});

Deno.test("loadPreset() takes any settings or refuses them in a sentence, and changes nothing else", async () => {
  const name = fc.oneof(fc.constantFrom(...keys, "__proto__", "constructor", "prototype", "toString"), fc.string());
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("."));
  const settings = fc.dictionary(path, anything, { maxKeys: 3 });
  const before = [loadPreset("quick"), Object.getOwnPropertyNames(Object.prototype)];
  await forAll(600, fc.tuple(fc.constantFrom(...presetNames()), settings), async ([preset, settings]) => {
    await orSentence("", () => loadPreset(preset, settings));
  });
  assertEquals([loadPreset("quick"), Object.getOwnPropertyNames(Object.prototype)], before);
});
