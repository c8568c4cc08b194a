import { assertEquals } from "@std/assert";
import { bin2d, rarePoints } from "../../../figures/transforms/bin2d.ts";

const xs = [0.1, 0.2, 0.9, 1, 2, NaN];
const ys = [0.1, 0.1, 0.9, 1, 0, 0];
const window = { x: [0, 1], y: [0, 1] } as const;

Deno.test("bin2d() counts the points of the window by row and column", () => {
  const bins = bin2d(xs, ys, window, 2, 4);
  assertEquals([...bins.counts], [2, 0, 0, 0, 0, 0, 0, 2]);
  assertEquals(bins.inside, 4);
  assertEquals(bins.largest, 2);
});

Deno.test("rarePoints() gives the points in cells below the limit", () => {
  const bins = bin2d(xs, ys, window, 16, 16);
  assertEquals([...bins.counts].filter((count) => count > 0), [1, 1, 1, 1]);
  assertEquals([...rarePoints(xs, ys, bins, 2)], [0, 1, 2, 3]);
  assertEquals([...rarePoints(xs, ys, bin2d(xs, ys, window, 2, 4), 2)], []);
});
