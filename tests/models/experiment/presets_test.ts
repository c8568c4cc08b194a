import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../models/errors.ts";
import { loadPreset, preset, presetNames } from "../../../models/experiment/presets.ts";

Deno.test("presetNames() has every file of the folder of presets, in alphabetical order", () => {
  const files = Array.from(Deno.readDirSync(new URL("../../../models/experiment/presets/", import.meta.url)));
  const presets = files.map(({ name }) => name).filter((name) => name.endsWith(".yaml"));
  assertEquals(presetNames(), presets.map((name) => name.replace(".yaml", "")).sort());
});

Deno.test("loadPreset() gives each preset by the name of its file, with changes", () => {
  for (const name of presetNames()) assertEquals(loadPreset(name).name, name);
  assertEquals(loadPreset("quick", { "model.hidden": 96 }).model.hidden, 96);
});

Deno.test("loadPreset() refuses other names, those of every object too", () => {
  for (const name of ["slow", "toString", "quick.yaml", "../quick"]) {
    assertThrows(() => loadPreset(name), UsageError, `There is no preset "${name}"; choose one of blocks, `);
  }
});

Deno.test("loadPreset() drops the options of an optimiser or loss that a setting replaces, and only these", () => {
  const { beta2, learningRate } = loadPreset("laptop").optimizer as { beta2: number; learningRate: number };
  assertEquals(loadPreset("laptop", { "optimizer.name": "sgd" }).optimizer, { name: "sgd", learningRate });
  const still = loadPreset("laptop", { "optimizer.name": "adam", "optimizer.beta1": 0.5 }).optimizer;
  assertEquals(still, { name: "adam", learningRate, beta1: 0.5, beta2, epsilon: 1e-8 });
  assertThrows(() => loadPreset("laptop", { "optimizer.name": "lion" }), UsageError, "optimizer.name");
});

Deno.test("preset() knows the names, the keys and what they may be; a script's own stand beside them", () => {
  assertEquals(preset("quick", { "optimizer.beta2": 0.5 }), loadPreset("quick", { "optimizer.beta2": 0.5 }));
  // @ts-expect-error: there is no such preset.
  assertThrows(() => preset("slow"), UsageError);
  // @ts-expect-error: steps are a number.
  assertThrows(() => preset("quick", { "training.steps": "many" }), UsageError, "training.steps");
  // @ts-expect-error: noise is "averaged" or "sampled".
  assertThrows(() => preset("quick", { "task.noise": "none" }), UsageError, "task.noise");
  assertThrows(() => preset("quick", { "optimizer.name": "mine", "optimizer.own": 1 }), UsageError, "optimizer.name");
});
