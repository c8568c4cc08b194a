import { assertAlmostEquals, assertEquals } from "@std/assert";
import { graphStatistics } from "../../../analysis/random_graph/graph_statistics.ts";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import { type SignMatrix, signMatrix } from "../../../analysis/signs/sign_matrix.ts";
import { largestSingularValue } from "../../../analysis/random_graph/singular_values.ts";
import { randomStream } from "../../../models/random.ts";
import { flipNeurons } from "../planted.ts";

/** Every number again, from dense matrices by definition. */
function byDefinition({ features, hidden, entries }: SignMatrix) {
  const rows = Array.from(
    { length: features },
    (_, feature) => [...entries.slice(feature * hidden, (feature + 1) * hidden)],
  );
  const columns = Array.from({ length: hidden }, (_, neuron) => rows.map((row) => row[neuron]));
  const shared = (a: number[], b: number[]) => a.map((sign, index) => sign * b[index]).filter((sign) => sign !== 0);
  const pairs = (nodes: number[][]) => nodes.flatMap((a, index) => nodes.slice(0, index).map((b) => shared(a, b)));
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const mean = (values: number[]) => sum(values) / values.length;
  const variance = (values: number[]) => mean(values.map((value) => (value - mean(values)) ** 2));
  const degree = (node: number[]) => sum(node.map(Math.abs));
  const plaquettes = pairs(rows).flatMap((common) =>
    common.flatMap((sign, index) => common.slice(0, index).map((other) => sign * other))
  );
  const neuronPairs = columns.flatMap((column) => {
    const own = column.filter((sign) => sign !== 0);
    return own.flatMap((sign, index) => own.slice(0, index).map((other) => sign * other));
  });
  const ends = rows.flatMap((row) =>
    row.flatMap((sign, neuron) => sign === 0 ? [] : [[degree(row), degree(columns[neuron])]])
  );
  const [x, y] = [ends.map(([feature]) => feature), ends.map(([, neuron]) => neuron)];
  const density = x.length / entries.length;
  return {
    featureDegreeVariance: variance(rows.map(degree)),
    neuronDegreeVariance: variance(columns.map(degree)),
    featurePairsSharingTwo: pairs(rows).filter((common) => common.length >= 2).length,
    neuronPairsSharingTwo: pairs(columns).filter((common) => common.length >= 2).length,
    fourCycles: plaquettes.length,
    frustration: plaquettes.filter((product) => product < 0).length / plaquettes.length,
    assortativity: mean(x.map((value, edge) => (value - mean(x)) * (y[edge] - mean(y)))) /
      Math.sqrt(variance(x) * variance(y)),
    neuronSignCorrelation: mean(neuronPairs),
    signedSingularValue: denseSingularValue(rows),
    supportSingularValue: denseSingularValue(rows.map((row) => row.map((sign) => Math.abs(sign) - density))),
    overlapVariance: variance(pairs(rows).map(sum)),
  };
}

/** The largest singular value by many power iterations. */
function denseSingularValue(rows: number[][]): number {
  let vector = rows[0].map((_, index) => Math.cos(1 + index));
  let value = 0;
  for (let step = 0; step < 3000; step++) {
    const image = rows.map((row) => row.reduce((sum, entry, index) => sum + entry * vector[index], 0));
    const back = vector.map((_, column) => rows.reduce((sum, row, index) => sum + row[column] * image[index], 0));
    const length = Math.hypot(...back);
    value = Math.sqrt(length);
    vector = back.map((entry) => entry / length);
  }
  return value;
}

Deno.test("graphStatistics() agrees with the definitions on dense matrices", () => {
  for (const [features, hidden, edges] of [[30, 12, 70], [12, 30, 90], [9, 9, 60]]) {
    const signs = iidSigns({ features, hidden, edges }, randomStream(edges));
    const expected = byDefinition(signs);
    const measured = graphStatistics(signs);
    assertEquals(Object.keys(measured), Object.keys(expected));
    for (const [name, value] of Object.entries(expected)) {
      assertAlmostEquals(measured[name as keyof typeof measured], value, 1e-6, name);
    }
  }
});

Deno.test("graphStatistics() does not change when neurons are flipped", () => {
  const random = randomStream(7);
  const signs = iidSigns({ features: 80, hidden: 40, edges: 320 }, random);
  const flipped = graphStatistics(flipNeurons(signs, random));
  for (const [name, value] of Object.entries(graphStatistics(signs))) {
    assertAlmostEquals(flipped[name as keyof typeof flipped], value, 1e-4, name);
  }
});

Deno.test("graphStatistics() of an empty and of a single-edge graph is finite", () => {
  for (const signs of [Int8Array.of(0, 0, 0, 0), Int8Array.of(0, 1, 0, 0)]) {
    for (const value of Object.values(graphStatistics(signMatrix(2, 2, signs)))) {
      assertEquals(Number.isFinite(value), true);
    }
  }
});

Deno.test("largestSingularValue() of an iid S ends where Marchenko and Pastur's spectrum does", () => {
  const [features, hidden, density] = [1200, 400, 0.1];
  const size = { features, hidden, edges: features * hidden * density };
  const signs = iidSigns(size, randomStream(0));
  const edge = Math.sqrt(density) * (Math.sqrt(features) + Math.sqrt(hidden));
  assertAlmostEquals(largestSingularValue(signs, "signs") / edge, 1, 0.02);
  assertAlmostEquals(largestSingularValue(signs, "support") / (edge * Math.sqrt(1 - density)), 1, 0.02);
});
