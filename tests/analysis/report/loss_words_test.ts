import { assertEquals, assertStringIncludes } from "@std/assert";
import { lossWords } from "../../../analysis/report/loss_words.ts";
import { summary } from "../../../analysis/report/summary.ts";
import { parseConfig } from "../../../models/experiment/config.ts";

const configOf = (loss: Record<string, unknown>) =>
  parseConfig({ name: "test", model: { features: 8, hidden: 4 }, training: { steps: 1 }, loss }, "test");

Deno.test("lossWords() names what the loss has, and nothing else", () => {
  assertEquals(
    lossWords(configOf({ lambdaOn: 4, decoderRidge: 0.1 }).loss),
    "rebalanced loss with λ = 4, ρ_D = 0.1 and ρ_E = 0",
  );
  const softmax = configOf({ name: "softmax", decoderRidge: 0.1, encoderRidge: 0.2 });
  assertEquals(lossWords(softmax.loss), "softmax loss with ρ_D = 0.1 and ρ_E = 0.2");
  assertStringIncludes(summary({ version: 1 }, softmax), ", softmax loss with ρ_D = 0.1 and ρ_E = 0.2; 1 steps");
});
