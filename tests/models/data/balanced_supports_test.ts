import { assert, assertEquals, assertLess, assertNotEquals } from "@std/assert";
import { type BalancedSize, balancedSupports } from "../../../models/data/balanced_supports.ts";
import type { StepRange } from "../../../models/data/data_source.ts";

interface Drawn {
  /** The sets of each step. */
  readonly sets: number[][][];
  /** By step, what `occurrences` says: for each pass and feature, entry and sample, and whether the pass reaches it. */
  readonly occurrences: { entries: number[][]; samples: number[][]; inLastPass?: number[] }[];
}

/** `size` long pieces of an array. */
function pieces(values: readonly number[], size: number): number[][] {
  assertEquals(values.length % size, 0);
  return Array.from({ length: values.length / size }, (_, place) => values.slice(place * size, (place + 1) * size));
}

function draw(size: BalancedSize, range: StepRange, seed = 3): Drawn {
  const { features, activeFeatures, batch } = size;
  const { support, entries, samples, inLastPass } = balancedSupports(size, range, seed);
  const passes = Math.ceil(batch * activeFeatures / features);
  assertEquals(support.shape, [batch, activeFeatures]);
  assertEquals([entries.shape, samples.shape], [[passes, features], [passes, features]]);
  const numbers = ({ data }: typeof support) => Array.from(data as ArrayLike<number | bigint>, Number);
  const steps = <Row>(values: number[], perStep: number, cut: (values: number[]) => Row) =>
    pieces(values, perStep).map(cut);
  const ofFeatures = (values: number[]) => pieces(values, features);
  const [byEntry, bySample] = [entries, samples].map((rows) => steps(numbers(rows), passes * features, ofFeatures));
  const reached = inLastPass && pieces(numbers(inLastPass), features);
  if (inLastPass !== undefined) assertEquals(inLastPass.shape, [features, 1]);
  return {
    sets: steps(numbers(support), batch * activeFeatures, (values) => pieces(values, activeFeatures)),
    occurrences: byEntry.map((entries, step) => ({ entries, samples: bySample[step], inLastPass: reached?.[step] })),
  };
}

/** Whole passes, part passes, passes whose ends lie within a set, several ends, and supports that hold nearly all. */
const sizes: BalancedSize[] = [
  { features: 12, activeFeatures: 1, batch: 12 },
  { features: 12, activeFeatures: 2, batch: 6 },
  { features: 12, activeFeatures: 2, batch: 18 },
  { features: 12, activeFeatures: 2, batch: 1 },
  { features: 12, activeFeatures: 2, batch: 8 },
  { features: 7, activeFeatures: 2, batch: 7 },
  { features: 7, activeFeatures: 2, batch: 20 },
  { features: 12, activeFeatures: 3, batch: 4 },
  { features: 10, activeFeatures: 3, batch: 10 },
  { features: 11, activeFeatures: 3, batch: 25 },
  { features: 15, activeFeatures: 5, batch: 6 },
  { features: 13, activeFeatures: 5, batch: 29 },
  { features: 6, activeFeatures: 5, batch: 17 },
  { features: 5, activeFeatures: 5, batch: 3 },
  { features: 1, activeFeatures: 1, batch: 2 },
];

for (const size of sizes) {
  const { features, activeFeatures, batch } = size;
  const title = `${batch} sets of ${activeFeatures} out of ${features}`;

  Deno.test(`balancedSupports() has each feature on equally often, give or take a part pass, in ${title}`, () => {
    const { sets } = draw(size, { first: 0, count: 40 });
    const least = Math.floor(batch * activeFeatures / features);
    for (const step of sets) {
      for (const set of step) assertEquals(new Set(set).size, activeFeatures, `${set}`);
      const counts = new Array<number>(features).fill(0);
      for (const feature of step.flat()) counts[feature]++;
      const whole = batch * activeFeatures % features === 0;
      assert(counts.every((count) => count === least || (!whole && count === least + 1)), `${counts}`);
      // Every pass is gone through in its order: the first d entries hold each feature once, and so on.
      for (let begin = 0; begin + features <= batch * activeFeatures; begin += features) {
        assertEquals(new Set(step.flat().slice(begin, begin + features)).size, features);
      }
    }
  });

  Deno.test(`balancedSupports() says where each feature is on, in ${title}`, () => {
    const { sets, occurrences } = draw(size, { first: 5, count: 7 });
    sets.forEach((step, place) => {
      const { entries, samples, inLastPass } = occurrences[place];
      const found: [feature: number, entry: number][] = [];
      entries.forEach((ofPass, pass) =>
        ofPass.forEach((entry, feature) => {
          const reached = pass < entries.length - 1 || inLastPass === undefined || inLastPass[feature] === 1;
          // What is not reached is multiplied by 0, and must still be an index.
          if (!reached) assertEquals(inLastPass![feature], 0);
          assert(entry >= 0 && entry < batch * activeFeatures);
          assertEquals(samples[pass][feature], Math.floor(entry / activeFeatures));
          if (!reached) return;
          assertEquals(step.flat()[entry], feature);
          found.push([feature, entry]);
        })
      );
      // Every entry once.
      assertEquals(found.map(([, entry]) => entry).toSorted((a, b) => a - b), Array.from(step.flat().keys()));
    });
    assertEquals(occurrences[0].inLastPass === undefined, batch * activeFeatures % features === 0);
  });
}

/** What χ² exceeds with probability 0.001 (Wilson and Hilferty 1931). */
function criticalChiSquared(freedom: number): number {
  return freedom * (1 - 2 / (9 * freedom) + 3.09 * Math.sqrt(2 / (9 * freedom))) ** 3;
}

/** How often each pair of features is on together, [d, d], symmetric with a diagonal of zeros. */
function pairCounts(sets: readonly number[][], features: number): number[][] {
  const counts = Array.from({ length: features }, () => new Array<number>(features).fill(0));
  for (const set of sets) {
    for (const one of set) for (const other of set) if (one !== other) counts[one][other]++;
  }
  return counts;
}

/**
 * Splits counts of pairs by what they tell: how often a feature is on with any other, and what is left of the pairs
 * themselves. Squared lengths over the pairs.
 *
 * Counts of supports that do not mind how features are numbered have one variance in each of the two spaces, since the
 * permutations act irreducibly on both; so that χ² needs no more than these lengths.
 */
function components(counts: readonly number[][]): { single: number; pairs: number } {
  const d = counts.length;
  const rows = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const mean = rows.reduce((sum, row) => sum + row, 0) / d;
  const effects = rows.map((row) => (row - mean) / (d - 2));
  let [single, pairs] = [0, 0];
  for (let one = 0; one < d; one++) {
    for (let other = 0; other < one; other++) {
      single += (effects[one] + effects[other]) ** 2;
      pairs += (counts[one][other] - mean / (d - 1) - effects[one] - effects[other]) ** 2;
    }
  }
  return { single, pairs };
}

for (
  const size of [
    { features: 10, activeFeatures: 2, batch: 5 },
    { features: 9, activeFeatures: 2, batch: 9 },
    { features: 10, activeFeatures: 2, batch: 3 },
    { features: 12, activeFeatures: 3, batch: 4 },
    { features: 10, activeFeatures: 3, batch: 10 },
    { features: 7, activeFeatures: 5, batch: 6 },
  ] satisfies BalancedSize[]
) {
  const { features, activeFeatures, batch } = size;
  Deno.test(`balancedSupports() has every pair on equally often over many steps, ${batch} sets of ${activeFeatures} out of ${features} (χ², level 0.001)`, () => {
    const steps = 4000;
    const { sets } = draw(size, { first: 0, count: steps });
    const byStep = sets.map((step) => components(pairCounts(step, features)));
    const total = components(pairCounts(sets.flat(), features));
    for (const [part, freedom] of [["single", features - 1], ["pairs", features * (features - 3) / 2]] as const) {
      // Steps are independent: the sum's variance is the number of steps times that of one.
      const perStep = byStep.reduce((sum, components) => sum + components[part], 0);
      if (part === "single" && batch * activeFeatures % features === 0) assertLess(total[part], 1e-9);
      else assertLess(freedom * total[part] / perStep, criticalChiSquared(freedom), part);
    }
  });
}

Deno.test("balancedSupports() has every feature equally often at every place of a set", () => {
  const [features, steps] = [10, 6000];
  const { sets } = draw({ features, activeFeatures: 3, batch: 4 }, { first: 0, count: steps });
  // The set across the end of the pass holds what has been exchanged.
  for (const place of [0, 1, 2]) {
    const counts = new Array<number>(features).fill(0);
    for (const step of sets) counts[step[3][place]]++;
    const chiSquared = counts.reduce((sum, count) => sum + (count - steps / features) ** 2 / (steps / features), 0);
    assertLess(chiSquared, criticalChiSquared(features - 1), `place ${place}`);
  }
});

Deno.test("balancedSupports() depends on seed and step alone, however steps are cut", () => {
  const size = { features: 11, activeFeatures: 3, batch: 9 };
  const whole = balancedSupports(size, { first: 0, count: 12 }, 5);
  for (const cut of [1, 5, 11]) {
    const first = balancedSupports(size, { first: 0, count: cut }, 5);
    const second = balancedSupports(size, { first: cut, count: 12 - cut }, 5);
    for (const [name, { data, shape }] of Object.entries(whole)) {
      const joined = [...first[name].data, ...second[name].data];
      assertEquals(joined, [...data], name);
      assertEquals(first[name].shape, shape);
    }
  }
});

Deno.test("balancedSupports() draws other sets in every step, in every pass and for every seed", () => {
  const size = { features: 30, activeFeatures: 2, batch: 30 };
  const { sets } = draw(size, { first: 0, count: 20 });
  assertEquals(new Set(sets.map(String)).size, 20);
  for (const step of sets) assertNotEquals(step.slice(0, 15), step.slice(15));
  assertNotEquals(draw(size, { first: 0, count: 20 }, 4).sets, sets);
});
