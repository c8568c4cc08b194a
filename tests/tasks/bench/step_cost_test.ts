import { assertEquals } from "@std/assert";
import { loadPreset } from "../../../models/experiment/presets.ts";
import { profileTraining } from "../../../models/training/placement.ts";
import { stepWork } from "../../../models/training/roofline.ts";
import { productOperations } from "../../../tasks/bench/step_cost.ts";
import { inFolder } from "../run_task.ts";

const forms: Readonly<Record<string, Record<string, unknown>>> = {
  "the dense form": { "loss.form": "dense" },
  "the Gram form": { "loss.form": "gram", "training.supportsPerNoise": 4 },
};

for (const [name, settings] of Object.entries(forms)) {
  Deno.test(`productOperations() of ${name} is what the profile of a training counts`, () =>
    inFolder(async (folder) => {
      const config = loadPreset("quick", {
        "model.features": 48,
        "model.hidden": 20,
        "training.batch": 32,
        "training.steps": 3,
        "task.noise": "sampled",
        "task.supports": "independent",
        "training.supportsPerNoise": 1,
        ...settings,
      });
      const { operations } = stepWork(await profileTraining(config, "cpu", folder));
      assertEquals(operations, productOperations({ runtime: "pinfield" }, config));
    }));
}

for (const mehlerOrder of [1, 3]) {
  Deno.test(`productOperations() of averaged noise to order ${mehlerOrder} is what the profile of a training counts`, () =>
    inFolder(async (folder) => {
      const config = loadPreset("quick", {
        "task.mehlerOrder": mehlerOrder,
        "model.features": 128,
        "model.hidden": 96,
        "training.batch": 64,
        "training.steps": 3,
      });
      const { operations } = stepWork(await profileTraining(config, "cpu", folder));
      assertEquals(operations, productOperations({ runtime: "pinfield" }, config));
    }));
}

Deno.test("productOperations() of PyTorch's sampled noise is that of the dense form, whatever Pinfield would choose", () => {
  const config = loadPreset("laptop", { "task.noise": "sampled", "task.supports": "independent", "loss.form": "gram" });
  const { model: { features, hidden }, training: { batch } } = config;
  assertEquals(productOperations({ runtime: "pytorch" }, config), 10 * batch * features * hidden);
});
