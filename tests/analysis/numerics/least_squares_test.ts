import { assertAlmostEquals } from "@std/assert";
import { leastSquares } from "../../../analysis/numerics/least_squares.ts";
import { randomStream } from "../../../models/random.ts";

Deno.test("leastSquares() recovers coefficients and gives a redundant regressor none", () => {
  const { normal } = randomStream(23);
  const [a, b] = [Float64Array.from({ length: 50 }, normal), Float64Array.from({ length: 50 }, normal)];
  const sum = a.map((value, row) => value + b[row]);
  const response = a.map((value, row) => 2 * value - 3 * b[row]);
  const coefficients = leastSquares([a, b, sum], response);
  [2, -3, 0].forEach((value, index) => assertAlmostEquals(coefficients[index], value, 1e-9));
});

Deno.test("leastSquares() looks at the rows that it is given, whatever the units of the regressors", () => {
  const { normal } = randomStream(24);
  const [a, b] = [1e-3, 1e3].map((unit) => Float64Array.from({ length: 60 }, () => unit * normal()));
  const response = a.map((value, row) => row % 3 === 0 ? 1e3 * value + 2e-3 * b[row] : normal());
  const third = Int32Array.from({ length: 20 }, (_, index) => 3 * index);
  const [first, second] = leastSquares([a, b], response, third);
  assertAlmostEquals(first / 1e3, 1, 1e-9);
  assertAlmostEquals(second / 2e-3, 1, 1e-9);
});
