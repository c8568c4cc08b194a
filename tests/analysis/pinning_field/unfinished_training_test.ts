import { assertEquals } from "@std/assert";
import { shareOfTheWay } from "../../../analysis/pinning_field/unfinished_training.ts";

const none = { encoder: { centre: 0, corner: 0 }, decoder: { centre: 0, corner: 0 } };

function way(learned: number, continued: number, predicted: number): number | null {
  const at = (objective: number) => ({ objective, force: none });
  return shareOfTheWay({ learned: at(learned), continued: at(continued), predicted: at(predicted) });
}

Deno.test("shareOfTheWay() places the continued training between learned and predicted weights", () => {
  assertEquals(way(10, 9.5, 8), 0.25);
  assertEquals(way(10, 7, 8), 1.5);
  assertEquals(way(10, 10.5, 8), -0.25);
});

Deno.test("shareOfTheWay() knows no way to a prediction that is not lower than the training", () => {
  assertEquals(way(10, 9, 10), null);
});
