import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../models/errors.ts";
import { loadPreset, type Settings } from "../../../models/experiment/presets.ts";
import { requireMemory } from "../../../models/run/require_memory.ts";

const machine = 16 * 2 ** 30;
const refused = (settings: Settings) =>
  assertThrows(() => requireMemory(loadPreset("laptop-sampled", settings), "cpu", machine), UsageError).message;

Deno.test("requireMemory() says what a training needs, what there is and what to change", () => {
  assertEquals(
    refused({ "model.features": 2_000_000 }),
    "laptop-sampled needs about 65.1 GiB of memory to train and this machine has 16 GiB; lower model.features or model.hidden.",
  );
});

Deno.test("requireMemory() names the key that takes the most", () => {
  const lowered = (settings: Settings) => /; lower (.+)\.$/.exec(refused(settings))?.[1];
  assertEquals(lowered({ "training.batch": 1e12 }), "training.batch");
  assertEquals(lowered({ "model.hidden": 1e6 }), "model.features or model.hidden");
  assertEquals(lowered({ "training.chunk": 1e7, "training.steps": 1e7 }), "training.chunk");
});

Deno.test("requireMemory() lets pass what fits, and all where nobody knows what there is", () => {
  requireMemory(loadPreset("superposition"), "cpu", machine);
  requireMemory(loadPreset("laptop-sampled", { "training.batch": 1e12 }), "cpu", Infinity);
});
