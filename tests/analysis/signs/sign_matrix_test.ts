import { assertEquals, assertThrows } from "@std/assert";
import { degrees, edgeCount, signAdjacency } from "../../../analysis/signs/sign_matrix.ts";

Deno.test("signAdjacency() lists the edges of both sides in ascending order", () => {
  const matrix = { features: 3, hidden: 2, signs: Int8Array.of(1, -1, 0, 0, 0, 1) };
  const graph = signAdjacency(matrix);
  assertEquals([graph.edges, edgeCount(matrix)], [3, 3]);
  assertEquals([0, 1, 2].map((feature) => [...graph.neuronsOf(feature).indices]), [[0, 1], [], [1]]);
  assertEquals([0, 1].map((neuron) => [...graph.featuresOf(neuron).indices]), [[0], [0, 2]]);
  assertEquals([...graph.featuresOf(1).signs], [-1, 1]);
  assertEquals([...degrees(graph.byFeature)], [2, 0, 1]);
  assertEquals([...degrees(graph.byNeuron)], [1, 2]);
});

Deno.test("signAdjacency() rejects what is not a sign matrix", () => {
  assertThrows(() => signAdjacency({ features: 2, hidden: 2, signs: new Int8Array(3) }), RangeError, "2·2 entries");
  assertThrows(() => signAdjacency({ features: 1, hidden: 2, signs: Int8Array.of(0, 2) }), RangeError, "got 2");
});
