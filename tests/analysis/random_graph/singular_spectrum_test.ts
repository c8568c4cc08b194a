import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import { largestSingularValue } from "../../../analysis/random_graph/singular_values.ts";
import { marchenkoPastur, singularSpectrum } from "../../../analysis/random_graph/singular_spectrum.ts";
import { symmetricEigenvalues } from "../../../analysis/numerics/symmetric_eigenvalues.ts";
import { randomStream } from "../../../models/random.ts";

Deno.test("symmetricEigenvalues() knows the path graph, diagonal and repeated values", () => {
  // Adjacency of a path of 20: 2 cos(πk/21).
  const path = new Float64Array(400);
  for (let row = 0; row + 1 < 20; row++) path[row * 20 + row + 1] = path[(row + 1) * 20 + row] = 1;
  const expected = Array.from({ length: 20 }, (_, k) => 2 * Math.cos(Math.PI * (20 - k) / 21));
  symmetricEigenvalues(path, 20).forEach((value, k) => assertAlmostEquals(value, expected[k], 1e-12));
  assertEquals([...symmetricEigenvalues(Float64Array.of(0, 0, 0, 0), 2)], [0, 0]);
  const ones = symmetricEigenvalues(new Float64Array(9).fill(1), 3);
  [0, 0, 3].forEach((value, index) => assertAlmostEquals(ones[index], value, 1e-12));
  assertThrows(() => symmetricEigenvalues(new Float64Array(3), 2), RangeError, "2²");
});

Deno.test("symmetricEigenvalues() keeps trace and Frobenius norm of a random matrix", () => {
  const random = randomStream(1, "eigenvalues");
  const size = 60;
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      matrix[row * size + column] = matrix[column * size + row] = random.normal();
    }
  }
  const trace = Array.from({ length: size }, (_, row) => matrix[row * size + row]).reduce((a, b) => a + b);
  const squares = matrix.reduce((sum, value) => sum + value ** 2, 0);
  const values = symmetricEigenvalues(matrix, size);
  assertAlmostEquals(values.reduce((a, b) => a + b), trace, 1e-10);
  assertAlmostEquals(values.reduce((sum, value) => sum + value ** 2, 0), squares, 1e-9);
});

Deno.test("singularSpectrum() agrees with Lanczos and with Marchenko and Pastur, wide and tall", () => {
  for (const [features, hidden] of [[300, 150], [150, 300]]) {
    const size = { features, hidden, edges: 9000 };
    const matrix = iidSigns(size, randomStream(2, "spectrum", features));
    const { values, law } = singularSpectrum(matrix);
    assertEquals(values.length, 150);
    assertAlmostEquals(values[149], largestSingularValue(matrix, "signs"), 0.02);
    assertAlmostEquals(values.reduce((sum, value) => sum + value ** 2, 0), 9000, 1e-6);
    // The share of the law below each quarter of its support against the share of values there.
    const [low, high] = [law[0].value, law[law.length - 1].value];
    for (const part of [0.25, 0.5, 0.75]) {
      const place = low + part * (high - low);
      const step = (high - low) / (law.length - 1);
      const expected = law.filter(({ value }) => value < place).reduce((sum, { density }) => sum + density * step, 0);
      assertLess(Math.abs(values.filter((value) => value < place).length / 150 - expected), 0.05);
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
