import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { PinningFieldSectionData } from "../../analysis/pinning_field_measurement.ts";
import { sizeTrends } from "../../analysis/size_trends.ts";

/** What `sizeTrends` reads, with one kurtosis everywhere; a network without corners has no types. */
function measured(kurtosis: number, correlation: number, pairs: number, corners = true): PinningFieldSectionData {
  const shape = { excessKurtosis: kurtosis, excessKurtosisError: kurtosis / 10 };
  const agreement = { centre: { correlation, pairs }, corner: { correlation, pairs } };
  const split = corners ? [{ pooled: { excessKurtosis: 99, excessKurtosisError: 1 } }, { pooled: shape }] : [];
  const shapes = {
    centre: { encoder: { standardised: shape }, decoder: { standardised: shape } },
    corner: { encoder: split, decoder: split },
  };
  return {
    clusters: {
      field: {
        "encoder, centre": shape,
        "encoder, corner": shape,
        "decoder, centre": shape,
        "decoder, corner": shape,
      },
    },
    shapes: { learned: shapes, predicted: shapes },
    unfinished: { continuation: { settled: { encoder: agreement, decoder: agreement } } },
  } as unknown as PinningFieldSectionData;
}

Deno.test("sizeTrends() orders networks by size and takes the finest corner types", () => {
  const trends = sizeTrends([
    { features: 1152, data: measured(0.5, 0.9, 403) },
    { features: 512, data: measured(2, 0.8, 103) },
  ]);
  for (const { quantity, limit, points } of trends) {
    assertEquals(points.map(({ features }) => features), [512, 1152], quantity);
    if (limit === null) {
      assertEquals(points.map(({ value }) => value), [0.8, 0.9]);
      assertAlmostEquals(points[0].error, (1 - 0.8 ** 2) / 10);
    } else {
      assertEquals([limit, ...points.map(({ value }) => value)], [0, 2, 0.5], quantity);
      assertAlmostEquals(points[1].error, 0.05);
    }
  }
});

Deno.test("sizeTrends() leaves out a network that does not have the quantity", () => {
  const trends = sizeTrends([
    { features: 512, data: measured(2, 0.8, 103, false) },
    { features: 1152, data: measured(0.5, 0.9, 403) },
  ]);
  const sizes = trends
    .filter(({ quantity }) => quantity.includes("by types"))
    .map(({ points }) => points.map(({ features }) => features));
  assertEquals(sizes.length, 4);
  for (const found of sizes) assertEquals(found, [1152]);
});
