import { assertEquals, assertThrows } from "@std/assert";
import { holmAdjusted } from "../../../analysis/statistics/multiple_testing.ts";

Deno.test("holmAdjusted() multiplies by what is left and never falls", () => {
  assertEquals(holmAdjusted([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02]);
  assertEquals(holmAdjusted([0.9, 0.8]), [1, 1]);
  assertEquals(holmAdjusted([]), []);
  assertThrows(() => holmAdjusted([0.1, NaN]), RangeError, "between 0 and 1");
});
