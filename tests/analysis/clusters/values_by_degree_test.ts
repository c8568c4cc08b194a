import { assertAlmostEquals, assertEquals } from "@std/assert";
import { valuesByDegree } from "../../../analysis/clusters/values_by_degree.ts";
import { signMatrix } from "../../../analysis/signs/sign_matrix.ts";

Deno.test("valuesByDegree() groups planted values by degree and sharing, signs taken out", () => {
  const [features, hidden] = [3, 4];
  // Feature 0 has neurons 0 and 1, feature 1 has neuron 2, feature 2 shares neuron 2 and has neuron 3.
  const signs = Int8Array.of(1, -1, 0, 0, 0, 0, 1, 0, 0, 0, -1, 1);
  const encoder = Float32Array.of(1.5, -1.7, 0.1, 0, 0, 0, 2, 0, 0, 0, -1.25, 1);
  const decoder = encoder.map((value) => value / 2);
  const groups = valuesByDegree({ features, hidden, encoder, decoder }, signMatrix(features, hidden, signs));
  assertEquals(
    groups.map(({ degree, shared, pairs }) => ({ degree, shared, pairs })),
    [
      { degree: 1, shared: true, pairs: 1 },
      { degree: 2, shared: false, pairs: 3 },
      { degree: 2, shared: true, pairs: 1 },
    ],
  );
  const own = [1.5, 1.7, 1];
  const mean = own.reduce((sum, value) => sum + value) / 3;
  assertAlmostEquals(groups[1].encoder.mean, mean, 1e-6);
  assertAlmostEquals(
    groups[1].encoder.spread,
    Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3),
    1e-6,
  );
  assertAlmostEquals(groups[2].decoder.mean, 0.625, 1e-6);
});

Deno.test("valuesByDegree() has no groups where nothing has frozen", () => {
  const zeros = { features: 2, hidden: 2, encoder: new Float32Array(4), decoder: new Float32Array(4) };
  assertEquals(valuesByDegree(zeros, signMatrix(2, 2, new Int8Array(4))), []);
});
