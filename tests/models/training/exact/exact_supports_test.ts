import { assertEquals } from "@std/assert";
import type { Batch } from "../../../../models/data/batch.ts";
import { staticShape } from "../../../../models/graph/tensor_shape.ts";
import { integers } from "../../../../models/graph/tensor.ts";
import { serialize } from "../../../../models/graph/serialize.ts";
import { runOnce } from "../../../../models/runtime/session.ts";
import { allSupports, pairsAt, singles, supportsIn } from "../../../../models/training/exact/exact_supports.ts";

/** The indices of a batch as numbers: the support, and the passes of its occurrences. */
async function numbersOf({ support, occurrences }: Batch) {
  const outputs = Object.fromEntries([
    ["support", support],
    ...occurrences!.entries.map((pass, index) => [`entries.${index}`, pass]),
    ...occurrences!.samples.map((pass, index) => [`samples.${index}`, pass]),
  ]);
  const values = await runOnce(serialize({ name: "batch", inputs: {}, outputs }), {});
  const passes = (kind: string) =>
    occurrences!.entries.map((_, index) => Array.from(values[`${kind}.${index}`].data, Number));
  const [samples, k] = staticShape("numbersOf", support.shape);
  const flat = Array.from(values.support.data, Number);
  return {
    supports: Array.from({ length: samples }, (_, sample) => flat.slice(sample * k, (sample + 1) * k)),
    entries: passes("entries"),
    samples: passes("samples"),
  };
}

Deno.test("allSupports() holds every support with weight 1, whatever the batch", async () => {
  for (const activeFeatures of [1, 2]) {
    for (const features of [2, 3, 6, 7, 9]) {
      for (const samples of [1, 2 * features, 100]) {
        const weights = new Map<string, number>();
        const groups = allSupports({ features, activeFeatures }, samples);
        for (const { distances, weight, samples } of groups) {
          for (const ofBatch of distances) {
            const batch = activeFeatures === 1 ? singles(features) : pairsAt(features, integers(ofBatch));
            const { supports } = await numbersOf(batch);
            assertEquals(supports.length, samples);
            for (const support of supports) {
              const name = support.sort((a, b) => a - b).join();
              weights.set(name, (weights.get(name) ?? 0) + weight);
            }
          }
        }
        const count = activeFeatures === 1 ? features : features * (features - 1) / 2;
        assertEquals([...weights.values()], Array(count).fill(1));
        assertEquals(groups.reduce((sum, group) => sum + supportsIn(group), 0), count);
      }
    }
  }
});

Deno.test("pairsAt() and singles() find every occurrence of a feature", async () => {
  for (const batch of [singles(5), pairsAt(7, integers([1, 3])), pairsAt(8, integers([4]))]) {
    const { supports, entries, samples } = await numbersOf(batch);
    const k = supports[0].length;
    const features = entries[0].map((_, feature) => feature);
    for (const pass of entries) assertEquals(pass.map((entry) => supports.flat()[entry]), features);
    assertEquals(samples, entries.map((pass) => pass.map((entry) => Math.floor(entry / k))));
    assertEquals(entries.flat().sort((a, b) => a - b), Array.from({ length: supports.flat().length }, (_, i) => i));
  }
});
