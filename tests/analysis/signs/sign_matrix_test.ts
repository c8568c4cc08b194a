import { assertEquals, assertThrows } from "@std/assert";
import { signMatrix } from "../../../analysis/signs/sign_matrix.ts";

Deno.test("signMatrix() lists the edges of both sides in ascending order", () => {
  const signs = signMatrix(3, 2, Int8Array.of(1, -1, 0, 0, 0, 1));
  assertEquals(signs.edges, 3);
  assertEquals([0, 1, 2].map((feature) => [...signs.neuronsOf(feature).indices]), [[0, 1], [], [1]]);
  assertEquals([0, 1].map((neuron) => [...signs.featuresOf(neuron).indices]), [[0], [0, 2]]);
  assertEquals([...signs.featuresOf(1).signs], [-1, 1]);
  assertEquals([...signs.featureDegrees], [2, 0, 1]);
  assertEquals([...signs.neuronDegrees], [1, 2]);
});

Deno.test("signMatrix() rejects what is not a sign matrix", () => {
  assertThrows(() => signMatrix(2, 2, new Int8Array(3)), RangeError, "2·2 entries");
  assertThrows(() => signMatrix(1, 2, Int8Array.of(0, 2)), RangeError, "got 2");
});

Deno.test("signMatrix() makes an S that cannot be given other edges", () => {
  assertThrows(() => Object.assign(signMatrix(1, 1, Int8Array.of(1)), { edges: 0 }), TypeError);
});
