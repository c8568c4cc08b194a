import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { isDead } from "../../../analysis/loss/dead_network.ts";
import { zeroNetworkObjective } from "../../../analysis/loss/held_out.ts";
import { lossWarnings } from "../../../analysis/loss/loss_warnings.ts";
import { loadPreset } from "../../../models/experiment/presets.ts";

const loss = (objective: number, standardError: number) => ({
  heldOut: { objective, standardError, data: objective },
  samples: 4096,
  zeroNetwork: { objective: 32 },
});

Deno.test("zeroNetworkObjective() is λk for the rebalanced loss and ln d for the softmax", async () => {
  const changed = loadPreset("quick", { "loss.lambdaOn": 7, "task.activeFeatures": 3, "task.noiseVariance": 1e30 });
  assertEquals(await zeroNetworkObjective(loadPreset("quick"), "cpu"), 32);
  assertEquals(await zeroNetworkObjective(changed, "cpu"), 21);
  assertAlmostEquals(await zeroNetworkObjective(loadPreset("gelu-softmax"), "cpu"), Math.log(512), 1e-4);
});

Deno.test("isDead() tells a network that is no better than zero within its error from one that is", () => {
  for (const dead of [loss(40, 0), loss(32, 0), loss(31.9, 0.04), loss(31.9999, 0)]) assert(isDead(dead));
  for (const alive of [loss(31.9, 0.03), loss(31.9, 0), loss(7, 1)]) assert(!isDead(alive));
});

Deno.test("isDead() does not judge a run in which the zero network was not measured", () => {
  const { zeroNetwork: _unknown, ...older } = loss(40, 0);
  assert(!isDead(older));
});

Deno.test("lossWarnings() says what a dead network costs and what to change, and nothing of another", () => {
  const config = loadPreset("quick", { "optimizer.learningRate": 1000 });
  assertEquals(lossWarnings(loss(34.4719, 0.012), config), [
    "The network is dead: its held-out objective, 34.472 ± 0.012, is no better than the 32 of a network that returns zero; " +
    "lower optimizer.learningRate (1000), task.noiseVariance or loss.decoderRidge, or raise training.steps.",
  ]);
  assertEquals(lossWarnings(loss(7, 0.01), config), []);
});
