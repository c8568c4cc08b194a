import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../models/errors.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import {
  isKHot,
  oddActivation,
  rebalancedLoss,
  requireKHot,
  smoothActivation,
} from "../../../models/experiment/requirements.ts";
import { activations } from "../../../models/network/activations/activations.ts";

const experiment = (sections: Record<string, unknown>) =>
  parseConfig({ name: "required", model: { features: 4, hidden: 2 }, training: { steps: 1 }, ...sections }, "test");
const withActivation = (activation: string) => experiment({ model: { features: 4, hidden: 2, activation } });

Deno.test("rebalancedLoss() gives the options of that loss and names any other", () => {
  assertEquals(rebalancedLoss(experiment({ loss: { lambdaOn: 3 } }), "a test").lambdaOn, 3);
  const message = "loss.name: a test is known for the rebalanced loss only, not for softmax.";
  assertThrows(() => rebalancedLoss(experiment({ loss: { name: "softmax" } }), "a test"), UsageError, message);
});

Deno.test("oddActivation() and smoothActivation() give what fits, and say what would where it does not", () => {
  assertStrictEquals(oddActivation(withActivation("tanh"), "a test"), activations.get("tanh"));
  assertStrictEquals(smoothActivation(withActivation("gelu"), "a test"), activations.get("gelu"));
  const odd = "model.activation: a test needs an odd one (tanh-cubed, tanh), not gelu.";
  assertThrows(() => oddActivation(withActivation("gelu"), "a test"), UsageError, odd);
  const smooth = "model.activation: a test needs a smooth one (tanh-cubed, tanh, gelu), not relu.";
  assertThrows(() => smoothActivation(withActivation("relu"), "a test"), UsageError, smooth);
});

Deno.test("requireKHot() lets the k-hot task pass and names any other", () => {
  const config = experiment({});
  requireKHot(config, "a test");
  const other = { task: { ...config.task, name: "neighbours" } } as unknown as Parameters<typeof requireKHot>[0];
  assertEquals([isKHot(config), isKHot(other)], [true, false]);
  const message = "task.name: a test is known for k-hot samples only, not for neighbours.";
  assertThrows(() => requireKHot(other, "a test"), UsageError, message);
});
