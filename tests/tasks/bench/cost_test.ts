import { assertEquals } from "@std/assert";
import { loadPreset } from "../../../models/experiment/presets.ts";
import { profileTraining } from "../../../models/training/placement.ts";
import { stepWork } from "../../../models/training/roofline.ts";
import { productOperations } from "../../../tasks/bench/cost.ts";
import { inFolder } from "../run_task.ts";

for (const form of ["dense", "gram"]) {
  Deno.test(`productOperations() of the ${form} form is what the profile of a training counts`, () =>
    inFolder(async (folder) => {
      const config = loadPreset("quick", {
        "loss.form": form,
        "model.features": 48,
        "model.hidden": 20,
        "training.batch": 32,
        "training.supportsPerNoise": form === "gram" ? 4 : 1,
        "training.steps": 3,
      });
      const { operations } = stepWork(await profileTraining(config, "cpu", folder));
      assertEquals(operations, productOperations({ runtime: "pinfield", method: "sampled" }, config));
    }));
}
