import { assertAlmostEquals, assertEquals } from "@std/assert";
import { constant } from "../../../../models/graph/tensor.ts";
import { serialize } from "../../../../models/graph/serialize.ts";
import { randomStream } from "../../../../models/random.ts";
import { runOnce } from "../../../../models/runtime/session.ts";
import {
  type Complex,
  powersNeeded,
  subsetAverages,
  weightedSubsetAverage,
} from "../../../../models/training/exact/subset_averages.ts";

/** Angles of numbers on the unit circle, near 1 as those of a sparse encoder are. */
function angles(features: number): number[] {
  const { normal } = randomStream(5, "angles");
  return Array.from({ length: features }, (_, i) => (i % 3 === 0 ? 1.5 : 0.2) * normal());
}

/** Sums over features of u_iⁿ, each with a weight. */
function powerSums(angles: readonly number[], weight: (i: number) => number, count: number): Complex[] {
  const sum = (f: (x: number) => number, n: number) =>
    constant(Float64Array.of(angles.reduce((sum, angle, i) => sum + weight(i) * f(n * angle), 0)), [1]);
  return Array.from({ length: count }, (_, place) => ({
    real: sum(Math.cos, place + 1),
    imaginary: sum(Math.sin, place + 1),
  }));
}

async function valueOf({ real, imaginary }: Complex): Promise<[number, number]> {
  const model = serialize({ name: "value", inputs: {}, outputs: { real, imaginary } });
  const results = await runOnce(model, {});
  return [Number(results.real.data[0]), Number(results.imaginary.data[0])];
}

/** Means over all subsets by the generating function Π (1 + t u_i), in plain numbers; of one feature's subsets if it is named. */
function bruteAverage(angles: readonly number[], k: number, member?: number): [number, number] {
  const others = angles.filter((_, i) => i !== member);
  const picked = member === undefined ? k : k - 1;
  let terms = Array.from(
    { length: picked + 1 },
    (_, r) => ({ real: r === 0 ? 1 : 0, imaginary: 0, count: r === 0 ? 1 : 0 }),
  );
  for (const angle of others) {
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    terms = terms.map((term, r) => {
      if (r === 0) return term;
      const { real, imaginary, count } = terms[r - 1];
      return {
        real: term.real + c * real - s * imaginary,
        imaginary: term.imaginary + s * real + c * imaginary,
        count: term.count + count,
      };
    });
  }
  const { real, imaginary, count } = terms[picked];
  if (member === undefined) return [real / count, imaginary / count];
  const [c, s] = [Math.cos(angles[member]), Math.sin(angles[member])];
  return [(c * real - s * imaginary) / count, (s * real + c * imaginary) / count];
}

Deno.test("subsetAverages() and weightedSubsetAverage() are means over all subsets", async () => {
  for (const [features, activeFeatures] of [[5, 1], [6, 2], [7, 3], [8, 5], [60, 9]]) {
    const size = { features, activeFeatures };
    const all = angles(features);
    const powers = powersNeeded(size);
    const averages = subsetAverages(size, powerSums(all, () => 1 / features, powers));
    const [real, imaginary] = await valueOf(averages[activeFeatures - 1]);
    const expected = bruteAverage(all, activeFeatures);
    assertAlmostEquals(real, expected[0], 1e-5);
    assertAlmostEquals(imaginary, expected[1], 1e-5);
    const weight = (i: number) => 1 / (i + 1);
    const [on] = await valueOf(weightedSubsetAverage(size, averages, powerSums(all, weight, powers)));
    assertAlmostEquals(
      on,
      all.reduce((sum, _, i) => sum + weight(i) * bruteAverage(all, activeFeatures, i)[0], 0),
      1e-4,
    );
  }
});

Deno.test("powersNeeded() is k for small k, and few for many features", () => {
  assertEquals([1, 2, 3, 4].map((activeFeatures) => powersNeeded({ features: 8, activeFeatures })), [1, 2, 3, 4]);
  assertEquals(powersNeeded({ features: 3072, activeFeatures: 55 }), 5);
  // Two of 512: the second power makes 2·(2/512) of an average at the most.
  assertEquals([0.01, 0.005].map((leftOut) => powersNeeded({ features: 512, activeFeatures: 2 }, leftOut)), [1, 2]);
});
