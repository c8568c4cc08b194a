import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { parseConfig } from "../../../models/experiment/config.ts";
import { learningRateAt } from "../../../models/training/training_graph.ts";

function rates(steps: number, warmup: number): number[] {
  const config = parseConfig({
    name: "rates",
    model: { features: 4, hidden: 2 },
    optimizer: { learningRate: 0.02 },
    schedule: { warmup },
    training: { steps },
  }, "test");
  return Array.from({ length: steps }, (_, place) => learningRateAt(place + 1, config));
}

Deno.test("learningRateAt() rises linearly to the peak over the warm-up", () => {
  rates(200, 0.05).slice(0, 10).forEach((rate, place) => assertAlmostEquals(rate, 0.02 * (place + 1) / 10, 1e-15));
});

Deno.test("learningRateAt() falls along half a cosine afterwards and never reaches zero", () => {
  const falling = rates(200, 0.05).slice(10);
  falling.forEach((rate, place) =>
    assertAlmostEquals(rate, 0.02 * (1 + Math.cos(Math.PI * (place + 1) / (190 + 1))) / 2, 1e-15)
  );
  assert(falling.every((rate, place) => rate > 0 && rate < (falling[place - 1] ?? 0.02)));
  // Half way down at the middle of the fall, and nearly nothing at the end.
  assertAlmostEquals((falling[94] + falling[95]) / 2, 0.01, 1e-5);
  assert(falling[189] < 0.02 * 1e-4);
});

Deno.test("learningRateAt() is sound without a warm-up, with nothing else, and for a single step", () => {
  const cold = rates(100, 0);
  assert(cold.every((rate, place) => rate > 0 && rate < (cold[place - 1] ?? 0.02)));
  assertEquals(rates(4, 1), [0.005, 0.01, 0.015, 0.02]);
  const [only] = rates(1, 0.05);
  assert(only > 0 && only <= 0.02);
});

Deno.test("learningRateAt() peaks at most once where the warm-up ends between two steps", () => {
  const all = rates(30, 0.05);
  const peak = all.indexOf(Math.max(...all));
  assert(all.slice(0, peak).every((rate, place) => rate < all[place + 1]));
  assert(all.slice(peak + 1).every((rate, place) => rate < all[peak + place]));
  assert(all.every((rate) => rate > 0 && rate <= 0.02));
});
