import { assertEquals, assertThrows } from "@std/assert";
import { bin1d } from "../../../figures/transforms/bin1d.ts";

Deno.test("bin1d() counts values, the upper bound in the last bin, and leaves out empty bins", () => {
  assertEquals(bin1d([-1, -0.6, 0.1, 1, 1.01], [-1, 1], 4), [
    { from: -1, to: -0.5, count: 2 },
    { from: 0, to: 0.5, count: 1 },
    { from: 0.5, to: 1, count: 1 },
  ]);
});

Deno.test("bin1d() refuses an empty range and no bins", () => {
  assertThrows(() => bin1d([1], [1, 1], 4), RangeError, "below");
  assertThrows(() => bin1d([1], [0, 1], 0), RangeError, "one bin");
});
