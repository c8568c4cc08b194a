import { assert, assertEquals, assertGreater, assertLess, assertLessOrEqual, assertThrows } from "@std/assert";
import { pairOverlaps } from "../../../analysis/signs/overlaps.ts";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import { regularSigns, signDesigns } from "../../../analysis/random_graph/sign_designs.ts";
import type { SignMatrix } from "../../../analysis/signs/sign_matrix.ts";
import { randomStream } from "../../../models/random.ts";

const size = { features: 96, hidden: 48, edges: 500 };

/** Σ_{i<i'} w². */
function interference({ features, byFeature, byNeuron }: SignMatrix): number {
  const { overlapVariance, overlapMean } = pairOverlaps(byFeature, byNeuron);
  return (overlapVariance + overlapMean ** 2) * features * (features - 1) / 2;
}

function range(values: Int32Array): number {
  return Math.max(...values) - Math.min(...values);
}

Deno.test("regularSigns() levels the degrees and keeps the number of nonzeros", () => {
  const signs = regularSigns(size, randomStream(1));
  assertEquals(signs.edges, size.edges);
  assertLessOrEqual(range(signs.featureDegrees), 1);
  assertLessOrEqual(range(signs.neuronDegrees), 1);
});

Deno.test("regularSigns() makes overlaps small, but not smaller than Welch's bound", () => {
  const { features, hidden, edges } = size;
  const degree = edges / features;
  const welch = features * degree ** 2 * (features / hidden - 1) / 2;
  const found = interference(regularSigns(size, randomStream(2)));
  const unsearched = interference(regularSigns(size, randomStream(2), 0));
  assertLess(found, 0.8 * unsearched);
  assertLess(found, 0.8 * interference(iidSigns(size, randomStream(3))));
  assertGreater(found, 0.99 * welch);
});

Deno.test("regularSigns() gives the same design for the same seed and another one for another", () => {
  const [first, again, other] = [1, 1, 2].map((seed) => regularSigns(size, randomStream(seed)).entries);
  assertEquals(first, again);
  assert(first.some((sign, entry) => sign !== other[entry]));
});

Deno.test("regularSigns() refuses more nonzeros than entries", () => {
  assertThrows(() => regularSigns({ features: 2, hidden: 2, edges: 5 }, randomStream(1)), RangeError, "5 nonzeros");
});

Deno.test("signDesigns keep the size and the number of nonzeros of the learned S", () => {
  const learned = iidSigns(size, randomStream(4));
  for (const design of Object.values(signDesigns)) {
    const { features, hidden, edges } = design(learned, randomStream(5));
    assertEquals([features, hidden, edges], [size.features, size.hidden, size.edges]);
  }
});
