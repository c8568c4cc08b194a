import { assertEquals } from "@std/assert";
import { supportsInRounds } from "../../../analysis/derivatives/balanced_batch.ts";
import { randomStream } from "../../../models/random.ts";

Deno.test("supportsInRounds() turns every feature on equally often and never twice in one support", () => {
  const [features, support, rounds] = [10, 3, 7];
  const indices = supportsInRounds(features, support, rounds, randomStream(1));
  const counts = new Array(features).fill(0);
  for (let sample = 0; sample < features * rounds; sample++) {
    const chosen = Array.from(indices.subarray(sample * support, (sample + 1) * support), Number);
    assertEquals(new Set(chosen).size, support);
    for (const feature of chosen) counts[feature]++;
  }
  assertEquals(counts, new Array(features).fill(support * rounds));
});

Deno.test("supportsInRounds() lets every pair of an odd number of features meet once in half as many rounds", () => {
  const features = 11;
  const indices = supportsInRounds(features, 2, (features - 1) / 2, randomStream(2));
  const pairs = new Set<string>();
  for (let index = 0; index < indices.length; index += 2) {
    pairs.add(Array.from(indices.subarray(index, index + 2), Number).sort((a, b) => a - b).join());
  }
  assertEquals(pairs.size, features * (features - 1) / 2);
});

Deno.test("supportsInRounds() works for one feature on, and for two of two", () => {
  assertEquals([...supportsInRounds(3, 1, 1, randomStream(3))].map(Number).sort(), [0, 1, 2]);
  assertEquals(supportsInRounds(2, 2, 2, randomStream(4)).length, 8);
});
