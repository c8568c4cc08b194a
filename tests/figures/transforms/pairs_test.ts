import { assertAlmostEquals, assertEquals } from "@std/assert";
import { cornerPairs } from "../../../figures/transforms/corner_pairs.ts";
import { crowding } from "../../../figures/transforms/crowding.ts";
import { displacementGroups } from "../../../figures/transforms/displacement_groups.ts";
import { nearestCentre } from "../../../figures/transforms/nearest_centre.ts";
import { signMatrix } from "../../../analysis/signs/sign_matrix.ts";

const weights = {
  features: 3,
  hidden: 2,
  encoder: Float32Array.of(1.5, 0.1, -1.7, 1.3, 0.2, 1.1),
  decoder: Float32Array.of(0.3, 0.01, -0.2, 0.2, 0.02, 0.5),
};
const matrix = signMatrix(3, 2, Int8Array.of(1, 0, -1, 1, 0, 1));

Deno.test("cornerPairs() folds the nonzeros of S by their sign and knows their features' degrees", () => {
  const { encoder, decoder, degree } = cornerPairs(weights, matrix);
  assertEquals(encoder, Float32Array.of(1.5, 1.7, 1.3, 1.1));
  assertEquals(decoder, Float32Array.of(0.3, 0.2, 0.2, 0.5));
  assertEquals(Array.from(degree), [1, 2, 2, 1]);
});

Deno.test("displacementGroups() gives displacements from the class means, by cluster and degree", () => {
  const groups = displacementGroups(weights, matrix);
  const close = (name: string, expected: number[]) => {
    const values = groups.get(name)!;
    assertEquals(values.length, expected.length, name);
    expected.forEach((value, index) => assertAlmostEquals(values[index], value, 1e-6));
  };
  close("encoder, centre", [0.1, 0.2]);
  // Degree 1 has mean 1.3, degree 2 mean 1.5.
  close("encoder, corner", [0.2, 0.2, -0.2, -0.2]);
  close("encoder, corner, degree 1", [0.2, -0.2]);
  close("decoder, corner, degree 2", [0, 0]);
});

Deno.test("crowding() counts the points in each point's cell", () => {
  const xs = [0.1, 0.2, 0.9, 1];
  const ys = [0.1, 0.2, 0.9, 0.1];
  const window = { x: [0, 1], y: [0, 1] } as const;
  assertEquals(Array.from(crowding(xs, ys, Uint32Array.of(0, 1, 2, 3), window, 2)), [2, 2, 1, 1]);
});

Deno.test("nearestCentre() measures each axis in units of its largest centre", () => {
  const centreOf = nearestCentre([{ encoder: 0, decoder: 0 }, { encoder: 2, decoder: 0.1 }]);
  assertEquals([centreOf(0.9, 0.045), centreOf(1.1, 0.055), centreOf(0.9, 0.08)], [0, 1, 1]);
});
