import { assertAlmostEquals, assertGreater, assertLess } from "@std/assert";
import { walkClasses, walkShares, walkSums } from "../../../analysis/landscape/walks.ts";
import { pairsByRegion } from "../../../analysis/displacements/displacement_clusters.ts";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import { randomStream } from "../../../models/random.ts";

const signs = iidSigns({ features: 24, hidden: 12, edges: 72 }, randomStream(5));
const { features, hidden, entries } = signs;
const at = (feature: number, neuron: number) => entries[feature * hidden + neuron];
const centre = [...pairsByRegion(signs).centre].map((
  pair,
): [number, number] => [Math.floor(pair / hidden), pair % hidden]);
const range = (count: number) => [...Array(count).keys()];

/** The sum over walks i – j₁ – i₁ – j₂ – i₂ – j that may not turn back where `allowed` says so, edge by edge. */
function walked(
  feature: number,
  neuron: number,
  allowed: (j1: number, i1: number, j2: number, i2: number) => boolean,
): number {
  let sum = 0;
  for (const j1 of range(hidden)) {
    for (const i1 of range(features)) {
      const start = at(feature, j1) * at(i1, j1);
      if (start === 0) continue;
      for (const j2 of range(hidden)) {
        for (const i2 of range(features)) {
          if (allowed(j1, i1, j2, i2)) sum += start * at(i1, j2) * at(i2, j2) * at(i2, neuron);
        }
      }
    }
  }
  return sum;
}

Deno.test("walkSums() are sums over walks of three and of five edges", () => {
  const { threeWalks: [three], fiveWalks: [left, right] } = walkSums(signs);
  for (const row of [0, 17, 100]) {
    const [feature, neuron] = centre[row];
    let sum = 0;
    for (const j of range(hidden)) for (const i of range(features)) sum += at(feature, j) * at(i, j) * at(i, neuron);
    assertAlmostEquals(three[row], sum);
    assertAlmostEquals(left[row], walked(feature, neuron, (_, i1, _j, i2) => i1 !== feature && i2 !== i1));
    assertAlmostEquals(right[row], walked(feature, neuron, (_, i1, j2) => j2 !== neuron && i1 !== feature));
  }
});

Deno.test("walkShares() gives a planted displacement to the class of walks that it was made of", () => {
  const sums = walkSums(signs);
  const random = randomStream(9);
  const { centre: pairs } = pairsByRegion(signs);
  for (const planted of ["threeWalks", "fiveWalks"] as const) {
    const encoder = new Float32Array(entries.length);
    const scale = Math.hypot(...sums[planted][0]) / Math.sqrt(pairs.length);
    pairs.forEach((pair, row) => encoder[pair] = sums[planted][0][row] / scale + 0.1 * random.normal());
    const shares = walkShares(sums, { encoder, decoder: encoder }, "encoder", signs);
    const before = walkClasses.indexOf(planted) - 1;
    assertGreater(shares[planted], 0.9);
    if (before >= 0) assertLess(shares[walkClasses[before]], 0.9);
  }
});
