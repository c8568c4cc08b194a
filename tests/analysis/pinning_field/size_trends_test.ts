import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { PinningFieldSectionData } from "../../../analysis/pinning_field/pinning_field_measurement.ts";
import { sizeTrends } from "../../../analysis/pinning_field/size_trends.ts";

/** What `sizeTrends` reads, with one kurtosis everywhere; a network without corners has no types. */
function measured(
  kurtosis: number,
  correlation: number,
  { corners = true, changed = 0 } = {},
): PinningFieldSectionData {
  const shape = { excessKurtosis: kurtosis, excessKurtosisError: kurtosis / 10 };
  const each = <Value>(value: Value) => ({
    encoder: { centre: value, corner: value },
    decoder: { centre: value, corner: value },
  });
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
    overlapSums: { excessKurtosis: 7 },
    classes: [{ pairs: 100 }],
    unfinished: {
      continuation: {
        changes: { created: changed, pruned: 0, flipped: 0 },
        predicted: each({ correlation }),
        predictedError: each(correlation / 10),
      },
    },
  } as unknown as PinningFieldSectionData;
}

Deno.test("sizeTrends() orders networks by size and takes the finest corner types", () => {
  const trends = sizeTrends([
    { features: 1152, data: measured(0.5, 0.9) },
    { features: 512, data: measured(2, 0.8) },
  ]);
  for (const { quantity, gaussian, points } of trends) {
    assertEquals(points.map(({ features }) => features), [512, 1152], quantity);
    const values = gaussian === null ? [0.8, 0.9] : [2, 0.5];
    assertEquals(points.map(({ value }) => value), values, quantity);
    points.forEach(({ error }, index) => assertAlmostEquals(error, values[index] / 10));
    assertEquals(
      points.map(({ theory }) => theory),
      quantity.includes("field") && quantity.includes("centre") ? [7, 7] : [null, null],
    );
  }
});

Deno.test("sizeTrends() leaves out a network whose S has not frozen", () => {
  const trends = sizeTrends([
    { features: 512, data: measured(2, 0.8, { changed: 6 }) },
    { features: 1152, data: measured(0.5, 0.9, { changed: 5 }) },
  ]);
  for (const { points } of trends) assertEquals(points.map(({ features }) => features), [1152]);
});

Deno.test("sizeTrends() leaves out a network that does not have the quantity", () => {
  const trends = sizeTrends([
    { features: 512, data: measured(2, 0.8, { corners: false }) },
    { features: 1152, data: measured(0.5, 0.9) },
  ]);
  const sizes = trends
    .filter(({ quantity }) => quantity.includes("by types"))
    .map(({ points }) => points.map(({ features }) => features));
  assertEquals(sizes.length, 4);
  for (const found of sizes) assertEquals(found, [1152]);
});
