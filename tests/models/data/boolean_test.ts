import { assert, assertEquals, assertThrows } from "@std/assert";
import { boolean } from "../../../models/data/boolean.ts";
import type { SampledBatch } from "../../../models/data/batch.ts";
import { type BooleanOptions, pairOutputs } from "../../../models/data/pair_functions.ts";
import { UsageError } from "../../../models/errors.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { seedSequence } from "../../../models/graph/random_ops.ts";
import { serialize } from "../../../models/graph/serialize.ts";
import { runOnce } from "../../../models/runtime/session.ts";

const [features, outputs, batch] = [6, 16, 64];
const task = boolean.options.parse({
  functions: ["and", "xor", "or"],
  activeFeatures: 3,
  denoise: true,
}) as BooleanOptions;

Deno.test("boolean asks for x*, and for each function of its pair in turn", async () => {
  const size = { features, outputs, batch, supportsPerNoise: 1 };
  const { support, wanted, noise } = boolean.draw(size, task, {}, seedSequence(0, "boolean test")) as SampledBatch;
  assertEquals([wanted!.shape, noise.shape], [[batch, outputs], [batch, features]]);
  const found = await runOnce(serialize({ name: "boolean", inputs: {}, outputs: { support, wanted: wanted! } }), {});
  const functions = pairOutputs(features, outputs, task);
  assertEquals(functions.map(({ output }) => output), [6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  assertEquals(functions.slice(0, 4).map(({ name }) => name), ["and", "xor", "or", "and"]);
  const truth = {
    and: (a: boolean, b: boolean) => a && b,
    xor: (a: boolean, b: boolean) => a !== b,
    or: (a: boolean, b: boolean) => a || b,
  };
  const seen = new Set<string>();
  for (let sample = 0; sample < batch; sample++) {
    const on = new Set(Array.from(found.support.data.slice(sample * 3, sample * 3 + 3), Number));
    const y = Array.from(found.wanted.data.slice(sample * outputs, (sample + 1) * outputs), Number);
    assertEquals(y.slice(0, features), Array.from({ length: features }, (_, i) => on.has(i) ? 1 : 0));
    for (const { output, name, pair: [first, second] } of functions) {
      assertEquals(y[output], Number(truth[name](on.has(first), on.has(second))));
      seen.add(`${name} ${y[output]}`);
    }
  }
  assertEquals(seen.size, 6);
});

Deno.test("pairOutputs() gives distinct pairs of distinct features, the same for the same seed alone", () => {
  const all = pairOutputs(features, features + 15, task);
  assertEquals(new Set(all.map(({ pair }) => pair.join())).size, 15);
  assert(all.every(({ pair: [first, second] }) => first < second && second < features));
  assertEquals(pairOutputs(features, features + 15, task), all);
  assert(JSON.stringify(pairOutputs(features, features + 15, { ...task, pairSeed: 1 })) !== JSON.stringify(all));
});

Deno.test("an experiment whose functions fit neither network nor loss is refused with the key at fault", () => {
  const refused = (changes: Record<string, object>, message: string) => {
    const model = { name: "layered", features, hidden: 4, outputs };
    const keys = { name: "bad", model, task: { name: "boolean" }, training: { steps: 1, batch: 8 }, ...changes };
    assertThrows(() => parseConfig(keys, "test"), UsageError, message);
  };
  const model = { name: "layered", features, hidden: 4, outputs: 16 };
  refused({ model }, "task.functions: there are 15 pairs of 6 features, of which 16 outputs would need 16");
  refused(
    { model: { ...model, outputs: 6 }, task: { name: "boolean", denoise: true } },
    "of which 6 outputs beside x*, task.denoise, would need 0",
  );
  refused({ model: { ...model, outputs: 8 }, loss: { name: "softmax" } }, "loss.name: the softmax loss is of x* only");
  refused({ model: { ...model, outputs: 8 }, loss: { form: "gram" } }, "loss.form: functions, as of boolean, have no");
  refused(
    { model: { ...model, outputs: 8 }, task: { name: "boolean", noise: "averaged" } },
    "task.noise: functions of",
  );
  refused(
    { model, task: { name: "k-hot" } },
    "model.outputs: must be model.features = 6 where x* is asked for, got 16",
  );
});
