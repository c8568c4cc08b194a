import { assert, assertAlmostEquals, assertFalse } from "@std/assert";
import { choleskyFactor, solveLower, solveUpper } from "../../../analysis/numerics/cholesky.ts";
import { randomStream } from "../../../models/random.ts";

Deno.test("choleskyFactor(), solveLower() and solveUpper() solve a system of equations", () => {
  const size = 7;
  const { normal } = randomStream(0, "cholesky");
  const root = Float64Array.from({ length: size * size }, () => normal());
  const matrix = Float64Array.from({ length: size * size }, (_, entry) => {
    const [row, column] = [Math.floor(entry / size), entry % size];
    let sum = row === column ? 0.1 : 0;
    for (let k = 0; k < size; k++) sum += root[row * size + k] * root[column * size + k];
    return sum;
  });
  const wanted = Float64Array.from({ length: size }, () => normal());
  const x = Float64Array.from(wanted, (_, row) => wanted.reduce((sum, w, k) => sum + matrix[row * size + k] * w, 0));
  const factor = matrix.slice();
  assert(choleskyFactor(factor, size));
  solveLower(factor, size, x);
  solveUpper(factor, size, x);
  wanted.forEach((value, index) => assertAlmostEquals(x[index], value, 1e-9));
});

Deno.test("choleskyFactor() says where a matrix is not positive definite", () => {
  assertFalse(choleskyFactor(Float64Array.of(1, 0, 2, 1), 2));
});
