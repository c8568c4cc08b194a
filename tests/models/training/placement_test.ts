import { assertEquals, assertLess, assertRejects } from "@std/assert";
import { profileTraining } from "../../../models/training/placement.ts";
import { loadPreset } from "../../../models/experiment/presets.ts";
import type { Device } from "../../../models/runtime/device.ts";
import { hasCuda } from "./has_cuda.ts";

for (const [device, ignore] of [["cpu", false], ["cuda", !hasCuda()]] as const satisfies [Device, boolean][]) {
  Deno.test({
    name: `every node of the training Loop runs on ${device}, and copies between devices take next to no time`,
    ignore,
    fn: async () => {
      const folder = await Deno.makeTempDir();
      try {
        const placement = await profileTraining(loadPreset("laptop", { "training.steps": 50 }), device, folder);
        assertEquals(placement.misplaced, []);
        assertLess(placement.copyShare, 0.02);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

Deno.test("profileTraining() needs two steps to tell the Loop's body from what is around it", async () => {
  const single = loadPreset("quick", { "training.steps": 1 });
  await assertRejects(() => profileTraining(single, "cpu", "."), RangeError, "at least 2 steps");
});
