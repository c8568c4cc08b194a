import { assertEquals } from "@std/assert";
import { loadPreset } from "../../../models/experiment/presets.ts";
import { differenceFromPeer } from "../../../tasks/bench/pytorch_peer.ts";

Deno.test("differenceFromPeer() names the first key in which PyTorch's step is another one", () => {
  assertEquals(differenceFromPeer(loadPreset("laptop")), undefined);
  const differences = (settings: Record<string, unknown>) => differenceFromPeer(loadPreset("laptop", settings));
  assertEquals(
    differences({ "training.supportsPerNoise": 4 }),
    "its step is written for training.supportsPerNoise = 1, not 4",
  );
  assertEquals(differences({ "task.activeFeatures": 3 }), "its step is written for task.activeFeatures = 2, not 3");
  assertEquals(
    differenceFromPeer(loadPreset("gelu-softmax")),
    "its step is written for model.activation = tanh-cubed, not gelu",
  );
});
