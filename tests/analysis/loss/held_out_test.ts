import { assertAlmostEquals, assertEquals, assertLess, assertMatch, assertStringIncludes } from "@std/assert";
import { agreementWithExact, type ExactLoss, type LossData, measureLoss } from "../../../analysis/loss/held_out.ts";
import { lossSchema } from "../../../analysis/loss/loss_schema.ts";
import { lossText, objectiveLine } from "../../../analysis/loss/loss_text.ts";
import { type Config, parseConfig } from "../../../models/experiment/config.ts";
import { randomStream } from "../../../models/random.ts";

function experiment(keys: Record<string, unknown> = {}): Config {
  return parseConfig({ name: "small", model: { features: 16, hidden: 8 }, training: { steps: 1 }, ...keys }, "test");
}

function measured(config: Config): Promise<LossData> {
  const { normal } = randomStream(3, "weights");
  const [encoder, decoder] = [0, 1].map(() => Float32Array.from({ length: 128 }, () => 0.7 * normal()));
  return measureLoss({ config, parameters: { encoder, decoder }, device: "cpu" });
}

Deno.test("measureLoss() has the exact objective, and samples as its check", async () => {
  const data = await measured(experiment());
  const exact = data.exact!;
  assertEquals(agreementWithExact(data, exact).agrees, true);
  assertEquals(exact.supports, 120);
  assertAlmostEquals(exact.data, 16 * exact.on + exact.off, 1e-5 * exact.data);
  assertLess(exact.closedFormError, 1e-3 * exact.objective);
  assertEquals(lossSchema.parse(JSON.parse(JSON.stringify(data))), data);
  const text = lossText(data, experiment());
  assertStringIncludes(text, "On all 120 pairs of features");
  assertStringIncludes(text, "The two objectives agree: they are ");
  assertMatch(objectiveLine(data, experiment()), /^exact objective [\d.]+ \(all 120 pairs of features\); held-out /);
});

Deno.test("measureLoss() has the exact objective of supports of any size", async () => {
  const config = experiment({ task: { activeFeatures: 3 } });
  const data = await measured(config);
  assertEquals([data.exact!.supports, agreementWithExact(data, data.exact!).agrees], [560, true]);
  assertMatch(objectiveLine(data, config), /^exact objective [\d.]+ \(all 560 supports of 3 features\); held-out /);
});

Deno.test("measureLoss() leaves out the exact objective where there is none", async () => {
  const config = experiment({ loss: { name: "softmax" } });
  const data = await measured(config);
  assertEquals(data.exact, null);
  assertEquals(lossText(data, config).startsWith("On 131072 fresh samples:"), true);
  assertMatch(objectiveLine(data, config), /^held-out objective /);
});

Deno.test("agreementWithExact() tells a difference from chance", () => {
  const heldOut = { objective: 7.1, standardError: 0.01, data: 5 };
  const exact: ExactLoss = { objective: 7.08, data: 5, supports: 1, closedFormError: 0 };
  const near = agreementWithExact({ heldOut }, exact);
  assertEquals(near.agrees, true);
  assertAlmostEquals(near.errors, 2, 1e-9);
  assertEquals(agreementWithExact({ heldOut }, { ...exact, objective: 7.06 }).agrees, false);
  assertEquals(agreementWithExact({ heldOut }, { ...exact, objective: 7.06, closedFormError: 0.02 }).agrees, true);
});
