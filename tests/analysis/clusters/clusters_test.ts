import { assertAlmostEquals, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import { findClusters } from "../../../analysis/clusters/clusters.ts";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import { extractSigns } from "../../../analysis/signs/signs.ts";
import { randomStream } from "../../../models/random.ts";
import type { Weights } from "../../../models/network/network_weights.ts";
import { superposedWeights } from "../planted.ts";

const coarse = { bins: 256 };

Deno.test("findClusters() finds three clusters where the centre has heavy tails and the corners have texture", () => {
  for (let seed = 0; seed < 10; seed++) {
    const random = randomStream(seed, "superposed");
    const planted = iidSigns({ features: 300, hidden: 150, edges: 900 }, random);
    const weights = superposedWeights(planted, random);
    const clusters = findClusters(weights, coarse);
    assertEquals(clusters.centres.map((cluster) => cluster.sign), [-1, 0, 1]);
    const [, centre, corner] = clusters.centres;
    assertAlmostEquals(centre.share, 0.98, 0.001);
    assertAlmostEquals(centre.encoder, 0, 0.002);
    assertAlmostEquals(corner.encoder, 1.6, 0.03);
    assertAlmostEquals(corner.decoder, 0.4, 0.01);
    assertAlmostEquals(corner.spread, Math.hypot(0.1, 0.07), 0.02);
    // A centre weight far out in the tails may truly lie among the corners.
    const { entries } = extractSigns(weights, clusters);
    assertLess(entries.filter((sign, pair) => sign !== planted.entries[pair]).length, 1e-4 * entries.length);
    assertLess(clusters.margin!.share, 0.001);
  }
});

Deno.test("findClusters() finds the five exact values of an unsuperposed network at full resolution", () => {
  const values = [[0, 0, 0.98], [1.64, 0.65, 0.006], [-1.64, -0.65, 0.006], [1.5, 0.33, 0.004], [-1.5, -0.33, 0.004]];
  const random = randomStream(1, "values");
  const pairs = 200 * 300;
  const encoder = new Float32Array(pairs);
  const decoder = new Float32Array(pairs);
  let pair = 0;
  for (const [e, d, share] of values) {
    for (const end = Math.min(pairs, pair + Math.round(share * pairs)); pair < end; pair++) {
      encoder[pair] = e + 0.01 * random.normal();
      decoder[pair] = d + 0.005 * random.normal();
    }
  }
  const { centres, threshold, margin } = findClusters({ features: 200, hidden: 300, encoder, decoder });
  assertEquals(centres.map((cluster) => cluster.sign), [-1, -1, 0, 1, 1]);
  [[-1.64, -0.65], [-1.5, -0.33], [0, 0], [1.5, 0.33], [1.64, 0.65]].forEach(([e, d], index) => {
    assertAlmostEquals(centres[index].encoder, e, 0.003);
    assertAlmostEquals(centres[index].decoder, d, 0.003);
    assertAlmostEquals(centres[index].spread, 0.01, 0.002);
  });
  assertAlmostEquals(threshold!, 0.75, 0.05);
  assertEquals(margin!.share, 0);
});

Deno.test("findClusters() sees one cluster, and no threshold, in a cloud without clusters", () => {
  const clouds = {
    normal: (random: ReturnType<typeof randomStream>) => random.normal(),
    heavyTailed: (random: ReturnType<typeof randomStream>) => random.normal() * Math.exp(random.normal()),
    flat: (random: ReturnType<typeof randomStream>) => random.uniform() - 0.5,
  };
  let alarms = 0;
  for (const [name, coordinate] of Object.entries(clouds)) {
    for (let seed = 0; seed < 10; seed++) {
      const random = randomStream(seed, name);
      const draw = () => Float32Array.from({ length: 20_000 }, () => coordinate(random));
      const clusters = findClusters({ features: 100, hidden: 200, encoder: draw(), decoder: draw() }, coarse);
      if (clusters.centres.length !== 1) alarms++;
      else assertEquals(clusters.threshold, null);
    }
  }
  assertLess(alarms, 4); // of 30
});

Deno.test("findClusters() reports how many weights lie near the threshold", () => {
  const random = randomStream(3, "overlapping");
  const planted = iidSigns({ features: 200, hidden: 100, edges: 4000 }, random);
  const encoder = Float32Array.from(planted.entries, (sign) => sign + 0.2 * random.normal());
  const decoder = encoder.map((weight) => 0.2 * weight);
  const { threshold, margin } = findClusters({ features: 200, hidden: 100, encoder, decoder }, coarse);
  // |E| is thinnest a little beyond the middle, as the centre holds four times as many weights as the corners.
  assertAlmostEquals(threshold!, 0.6, 0.05);
  assertGreater(margin!.share, 0.2); // the spreads are 0.2, so 3 of them reach nearly to the middles of the clusters
});

Deno.test("findClusters() rejects weights that are not finite and networks that are too small", () => {
  const network = (features: number, value: number): Weights => ({
    features,
    hidden: 10,
    encoder: new Float32Array(features * 10).fill(value),
    decoder: new Float32Array(features * 10),
  });
  assertThrows(() => findClusters(network(10, NaN)), RangeError, "finite");
  assertThrows(() => findClusters(network(2, 1)), RangeError, "at least 25 points");
});
