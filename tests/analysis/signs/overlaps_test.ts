import { assertAlmostEquals, assertEquals } from "@std/assert";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import { eachOverlap, pairOverlaps } from "../../../analysis/signs/overlaps.ts";
import { randomStream } from "../../../models/random.ts";

const signs = iidSigns({ features: 20, hidden: 9, edges: 60 }, randomStream(3));
const { features, hidden, entries, byFeature, byNeuron } = signs;
const range = (count: number) => [...Array(count).keys()];

/** Overlap and number of shared neighbours, by the definition. */
const meetingOf = (left: (neighbour: number) => number, right: (neighbour: number) => number, count: number) => {
  const terms = range(count).map((neighbour) => left(neighbour) * right(neighbour));
  return [terms.reduce((sum, term) => sum + term), terms.filter((term) => term !== 0).length];
};

const sides = {
  features: {
    visit: (met: (...pair: number[]) => void) => eachOverlap(byFeature, byNeuron, met),
    nodes: features,
    expected: (one: number, other: number) =>
      meetingOf((j) => entries[one * hidden + j], (j) => entries[other * hidden + j], hidden),
  },
  neurons: {
    visit: (met: (...pair: number[]) => void) => eachOverlap(byNeuron, byFeature, met),
    nodes: hidden,
    expected: (one: number, other: number) =>
      meetingOf((i) => entries[i * hidden + one], (i) => entries[i * hidden + other], features),
  },
};

for (const [name, { visit, nodes, expected }] of Object.entries(sides)) {
  Deno.test(`eachOverlap() meets every two ${name} that share a neighbour once, with their overlap`, () => {
    const met = new Map<string, number[]>();
    visit((node, other, overlap, shared) => {
      assertEquals(met.has(`${node} ${other}`), false);
      met.set(`${node} ${other}`, [overlap, shared]);
    });
    for (const node of range(nodes)) {
      for (const other of range(node)) {
        const [overlap, shared] = expected(node, other);
        assertEquals(met.get(`${node} ${other}`), shared === 0 ? undefined : [overlap, shared]);
        met.delete(`${node} ${other}`);
      }
    }
    assertEquals(met.size, 0);
  });
}

Deno.test("pairOverlaps() are the moments of S Sᵀ off its diagonal, and its 4-cycles", () => {
  const pairs = range(features).flatMap((one) => range(one).map((other) => sides.features.expected(one, other)));
  const sum = (of: (overlap: number, shared: number) => number) =>
    pairs.reduce((total, [overlap, shared]) => total + of(overlap, shared), 0);
  const found = pairOverlaps(byFeature, byNeuron);
  const mean = sum((w) => w) / pairs.length;
  assertAlmostEquals(found.overlapMean, mean);
  assertAlmostEquals(found.overlapVariance, sum((w) => (w - mean) ** 2) / pairs.length);
  assertEquals(found.fourCycles, sum((_, n) => n * (n - 1) / 2));
  assertEquals(found.signedFourCycles, sum((w, n) => (w * w - n) / 2));
  assertEquals(found.pairsSharingTwo, sum((_, n) => n >= 2 ? 1 : 0));
});
