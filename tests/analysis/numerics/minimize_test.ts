import { assertAlmostEquals, assertThrows } from "@std/assert";
import { descend, goldenSection } from "../../../analysis/numerics/minimize.ts";

Deno.test("goldenSection() and descend() find minima on either side of the start", () => {
  const kink = goldenSection((x) => Math.abs(x - 0.3), -1, 2, 1e-6);
  assertAlmostEquals(kink.argument, 0.3, 1e-5);
  for (const start of [-3, 0.99, 4]) {
    assertAlmostEquals(descend((x) => (x - 1) ** 2 + 5, start, 0.1).argument, 1, 1e-9);
  }
  assertThrows(() => descend((x) => -x, 0, 1), RangeError);
});
