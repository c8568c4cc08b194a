import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { cumulative, drawBalancedSets, drawSet, inclusionOdds } from "../../../../models/data/typed/type_inclusion.ts";
import { randomStream } from "../../../../models/random.ts";

const chances: Readonly<Record<number, Float64Array>> = {
  1: Float64Array.of(0.4, 0.25, 0.15, 0.1, 0.06, 0.04),
  2: Float64Array.of(0.5, 0.5, 0.4, 0.3, 0.2, 0.1),
  3: Float64Array.of(0.5, 0.5, 0.5, 0.5, 0.5, 0.5),
};

function setsOf(features: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: features - from }, (_, place) => from + place)
    .flatMap((first) => setsOf(features, size - 1, first + 1).map((others) => [first, ...others]));
}

/** P(I) ∝ Π θ by going through all sets. */
function probabilities(odds: Float64Array, size: number): Map<string, number> {
  const sets = setsOf(odds.length, size);
  const weights = sets.map((set) => set.reduce((product, feature) => product * odds[feature], 1));
  const total = weights.reduce((sum, weight) => sum + weight);
  return new Map(sets.map((set, place) => [set.join(), weights[place] / total]));
}

/** χ² of counts against probabilities, less its mean, in its standard deviations. */
function excess(counts: Map<string, number>, expected: Map<string, number>, draws: number): number {
  let statistic = 0;
  for (const [set, probability] of expected) {
    statistic += ((counts.get(set) ?? 0) - draws * probability) ** 2 / (draws * probability);
  }
  return (statistic - (expected.size - 1)) / Math.sqrt(2 * (expected.size - 1));
}

function count(sets: Int32Array, size: number, counts: Map<string, number>): void {
  for (let begin = 0; begin < sets.length; begin += size) {
    const set = [...sets.subarray(begin, begin + size)].sort();
    assertEquals(new Set(set).size, size);
    counts.set(set.join(), (counts.get(set.join()) ?? 0) + 1);
  }
}

for (const [size, wanted] of Object.entries(chances).map(([size, wanted]) => [Number(size), wanted] as const)) {
  Deno.test(`inclusionOdds() gives each feature its chance in sets of ${size}`, () => {
    const found = new Float64Array(wanted.length);
    for (const [set, probability] of probabilities(inclusionOdds(wanted, size), size)) {
      for (const feature of set.split(",")) found[Number(feature)] += probability;
    }
    found.forEach((chance, feature) => assertAlmostEquals(chance, wanted[feature], 1e-9));
  });

  Deno.test(`drawSet() draws sets of ${size} with P ∝ Π θ (χ²)`, () => {
    const odds = inclusionOdds(wanted, size);
    const random = randomStream(1, "sets", size);
    const draws = 20000;
    const counts = new Map<string, number>();
    const row = new Int32Array(size);
    for (let draw = 0; draw < draws; draw++) {
      drawSet(cumulative(odds), row, random);
      count(row, size, counts);
    }
    assertLess(excess(counts, probabilities(odds, size), draws), 4);
  });

  Deno.test(`drawBalancedSets() has features of sets of ${size} on as often as they should, and sets as drawSet()`, () => {
    const [batch, batches] = [50, 400];
    const sets = new Int32Array(batch * size);
    const counts = new Map<string, number>();
    for (let step = 0; step < batches; step++) {
      drawBalancedSets(wanted, sets, size, randomStream(1, "balanced", size, step));
      count(sets, size, counts);
      wanted.forEach((chance, feature) => {
        const times = sets.filter((other) => other === feature).length;
        const exact = batch * chance;
        assert(
          Math.abs(times - exact) < (Math.abs(exact - Math.round(exact)) < 1e-9 ? 1e-6 : 1),
          `${times} for ${exact}`,
        );
      });
    }
    // Balance leaves less room than chance, and 1/B away from the distribution of independent sets.
    assertLess(excess(counts, probabilities(inclusionOdds(wanted, size), size), batch * batches), 4);
  });
}

Deno.test("drawBalancedSets() rounds fairly and ends for batches of few sets", () => {
  const wanted = Float64Array.of(0.45, 0.35, 0.5, 0.25, 0.25, 0.2);
  const [batch, batches] = [3, 20000];
  const sets = new Int32Array(2 * batch);
  const times = new Float64Array(6);
  for (let step = 0; step < batches; step++) {
    drawBalancedSets(wanted, sets, 2, randomStream(2, "small", step));
    for (const feature of sets) times[feature]++;
  }
  // Roundings of one feature have a spread of at most ½.
  times.forEach((count, feature) =>
    assertAlmostEquals(count, batches * batch * wanted[feature], 4.5 * 0.5 * Math.sqrt(batches))
  );
});
