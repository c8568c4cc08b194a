import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import { largestSingularValue } from "../../../analysis/random_graph/singular_values.ts";
import { marchenkoPastur, singularSpectrum } from "../../../analysis/random_graph/singular_spectrum.ts";
import { signMatrix } from "../../../analysis/signs/sign_matrix.ts";
import { randomStream } from "../../../models/random.ts";

Deno.test("singularSpectrum() knows cycles and what has rank one, in ascending order", () => {
  // Features and neurons in a ring of 2n: the singular values are 2 |cos(πk/n)|.
  const n = 20;
  const ring = Int8Array.from({ length: n * n }, (_, entry) => {
    const [feature, neuron] = [Math.floor(entry / n), entry % n];
    return Number(neuron === feature || neuron === (feature + 1) % n);
  });
  const expected = Array.from({ length: n }, (_, k) => 2 * Math.abs(Math.cos(Math.PI * k / n))).sort((a, b) => a - b);
  singularSpectrum(signMatrix(n, n, ring)).values.forEach((value, k) => assertAlmostEquals(value, expected[k], 1e-7));
  const { values } = singularSpectrum(signMatrix(4, 3, new Int8Array(12).fill(-1)));
  [0, 0, Math.sqrt(12)].forEach((value, index) => assertAlmostEquals(values[index], value, 1e-7));
});

Deno.test("singularSpectrum() agrees with Lanczos and with Marchenko and Pastur, wide and tall", () => {
  for (const [features, hidden] of [[300, 150], [150, 300]]) {
    const size = { features, hidden, edges: 9000 };
    const signs = iidSigns(size, randomStream(2, "spectrum", features));
    const { values, law } = singularSpectrum(signs);
    assertEquals(values.length, 150);
    assertAlmostEquals(values[149], largestSingularValue(signs, "signs"), 0.02);
    assertAlmostEquals(values.reduce((sum, value) => sum + value ** 2, 0), 9000, 1e-6);
    // The share of the law below each quarter of its support against the share of values there.
    const [low, high] = [law[0].value, law[law.length - 1].value];
    for (const part of [0.25, 0.5, 0.75]) {
      const bound = low + part * (high - low);
      const step = (high - low) / (law.length - 1);
      const expected = law.filter(({ value }) => value < bound).reduce((sum, { density }) => sum + density * step, 0);
      assertLess(Math.abs(values.filter((value) => value < bound).length / 150 - expected), 0.05);
    }
  }
});

Deno.test("marchenkoPastur() is a density, of a square matrix too", () => {
  for (const [features, hidden] of [[300, 100], [100, 100]]) {
    const law = marchenkoPastur(features, hidden, 0.1, 2000);
    const step = law[1].value - law[0].value;
    assertAlmostEquals(law.reduce((sum, { density }) => sum + density * step, 0), 1, 0.002);
    const second = law.reduce((sum, { value, density }) => sum + value ** 2 * density * step, 0);
    // E[s²] = variance · the larger side.
    assertAlmostEquals(second, 0.1 * features, 0.002 * features);
  }
});
