import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import { fixedDegreeSigns, iidSigns, rowSigns } from "../../../analysis/random_graph/null_models.ts";
import { type SignMatrix, signMatrix } from "../../../analysis/signs/sign_matrix.ts";
import { randomStream } from "../../../models/random.ts";

const size = { features: 60, hidden: 40, edges: 240 };

/** Pearson's χ² of counts that should be equal. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function countStates(draws: number, draw: () => SignMatrix): number[] {
  const states = new Map<string, number>();
  for (let index = 0; index < draws; index++) {
    const state = draw().entries.join();
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  return [...states.values()];
}

Deno.test("iidSigns() draws every support with every sign equally often", () => {
  const random = randomStream(0, "iid");
  const counts = countStates(4800, () => iidSigns({ features: 2, hidden: 2, edges: 2 }, random));
  assertEquals(counts.length, 6 * 4);
  assertLess(chiSquare(counts), 50); // 23 degrees of freedom: 0.1 % beyond 50
});

Deno.test("iidSigns() has the number of nonzeros that was asked for, up to all of them", () => {
  for (const edges of [0, 1, 1200, 2399, 2400]) {
    assertEquals(iidSigns({ ...size, edges }, randomStream(edges)).edges, edges);
  }
  assertThrows(() => iidSigns({ ...size, edges: 2401 }, randomStream(0)), RangeError, "2401 nonzeros");
});

Deno.test("rowSigns() gives each neuron one sign, and all signs equally often", () => {
  const matrix = rowSigns(size, randomStream(0));
  for (let neuron = 0; neuron < size.hidden; neuron++) {
    const { signs } = matrix.featuresOf(neuron);
    assert(signs.every((sign) => sign === signs[0]));
  }
  const random = randomStream(0, "row");
  const counts = countStates(800, () => rowSigns({ features: 1, hidden: 2, edges: 2 }, random));
  assertEquals(counts.length, 4);
  assertLess(chiSquare(counts), 16.3); // 3 degrees of freedom: 0.1 %
});

Deno.test("fixedDegreeSigns() keeps every degree and the signs of every neuron, and moves nearly every edge it can", () => {
  const before = iidSigns(size, randomStream(1));
  const after = fixedDegreeSigns(before, randomStream(2));
  assertEquals(after.featureDegrees, before.featureDegrees);
  for (let neuron = 0; neuron < size.hidden; neuron++) {
    assertEquals(after.featuresOf(neuron).signs.toSorted(), before.featuresOf(neuron).signs.toSorted());
  }
  const kept = before.entries.filter((sign, entry) => sign !== 0 && after.entries[entry] === sign).length;
  assertLess(kept, 0.15 * size.edges); // chance alone keeps p = 0.1
});

Deno.test("fixedDegreeSigns() draws every graph of given degrees equally often", () => {
  const random = randomStream(0, "switching");
  // Features of degrees 2, 1, 1 and neurons of degrees 2, 1, 1: five graphs.
  const start = signMatrix(3, 3, Int8Array.of(1, 1, 0, 1, 0, 0, 0, 0, 1));
  const counts = countStates(5000, () => fixedDegreeSigns(start, random, 20));
  assertEquals(counts.length, 5);
  assertLess(chiSquare(counts), 18.5); // 4 degrees of freedom: 0.1 %
});

Deno.test("the null models repeat with their seed", () => {
  const draw = () => fixedDegreeSigns(iidSigns(size, randomStream(1)), randomStream(2)).entries;
  assertEquals(draw(), draw());
});
