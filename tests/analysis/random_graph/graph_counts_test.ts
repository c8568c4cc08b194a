import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { graphCounts } from "../../../analysis/random_graph/graph_counts.ts";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import { randomStream } from "../../../models/random.ts";
import { signMatrix } from "../../../analysis/signs/sign_matrix.ts";

Deno.test("graphCounts() counts degrees and overlaps", () => {
  // Features 0 and 1 share both neurons, feature 2 has the second alone, feature 3 none.
  const signs = Int8Array.of(1, 1, -1, 1, 0, 1, 0, 0);
  const { degrees, overlaps } = graphCounts(signMatrix(4, 2, signs), { draws: 5 });
  assertEquals(degrees.features.observed, [1, 1, 2]);
  assertEquals(degrees.neurons.observed, [0, 0, 1, 1]);
  assertEquals(overlaps.features.observed, [3, 2, 1]);
  assertEquals(overlaps.neurons.observed, [0, 0, 1]);
});

Deno.test("graphCounts() finds a random graph among its null draws, whose counts add up", () => {
  const size = { features: 200, hidden: 100, edges: 1000 };
  const { draws, degrees, overlaps } = graphCounts(iidSigns(size, randomStream(3, "graph counts test")), { draws: 60 });
  assertEquals(draws, 60);
  const totals = [[degrees.features, 200], [degrees.neurons, 100], [overlaps.features, 19900], [
    overlaps.neurons,
    4950,
  ]];
  for (const [{ observed, nulls }, total] of totals as [typeof degrees.features, number][]) {
    assertEquals(observed.reduce((sum, count) => sum + count, 0), total);
    for (const { mean, sd } of nulls) {
      assertAlmostEquals(mean.reduce((sum, count) => sum + count, 0), total, 1e-6);
      // Five spreads and, where counts are small, five events.
      observed.forEach((count, value) => assertLess(Math.abs(count - (mean[value] ?? 0)), 5 * (sd[value] ?? 0) + 5));
    }
  }
  // Mean degree 5 of 100 possible neurons: P(5) = 0.18 of 200 features.
  assertAlmostEquals(degrees.features.nulls[0].mean[5], 36, 4);
});

Deno.test("graphCounts() keeps the degrees in the second null of the overlaps", () => {
  const signs = Int8Array.of(1, 0, 0, 1);
  const { overlaps } = graphCounts(signMatrix(2, 2, signs), { draws: 20 });
  const [, fixed] = overlaps.features.nulls;
  assertEquals([fixed.name, fixed.mean, fixed.sd], ["the same degrees", [1], [0]]);
});
