import { assertAlmostEquals, assertGreater, assertLess } from "@std/assert";
import { agreementOf } from "../../analysis/agreement.ts";
import { foldedValues } from "../../analysis/displacement_clusters.ts";
import { leastSquares } from "../../analysis/least_squares.ts";
import { localTheory, neighbourhood } from "../../analysis/local_theory.ts";
import { iidSigns } from "../../analysis/null_models.ts";
import { zeroVector } from "../../analysis/weight_vector.ts";
import { randomStream } from "../../models/random.ts";

const [features, hidden] = [60, 24];
const matrix = iidSigns({ features, hidden, edges: 240 }, randomStream(21));
const S = (i: number, j: number) => matrix.signs[i * hidden + j];

Deno.test("neighbourhood() sums over the features of the neuron, the pair's own term and neuron left out", () => {
  const found = neighbourhood(matrix);
  for (let i = 0; i < features; i++) {
    for (let j = 0; j < hidden; j++) {
      let [overlap, shared, bias] = [0, 0, 0];
      for (let q = 0; q < features; q++) {
        if (q === i || S(q, j) === 0) continue;
        bias += S(q, j);
        for (let l = 0; l < hidden; l++) {
          if (l === j) continue;
          overlap += S(q, j) * S(q, l) * S(i, l);
          shared += S(q, j) * Math.abs(S(q, l) * S(i, l));
        }
      }
      assertAlmostEquals(found.overlap[i * hidden + j], overlap, 1e-6);
      assertAlmostEquals(found.shared[i * hidden + j], shared, 1e-6);
      assertAlmostEquals(found.bias[i * hidden + j], bias, 1e-6);
    }
  }
});

Deno.test("localTheory() finds a planted law and predicts nothing where there is none", () => {
  const { normal } = randomStream(22);
  const { overlap } = neighbourhood(matrix);
  const planted = zeroVector(overlap.length);
  overlap.forEach((value, pair) => {
    planted.encoder[pair] = -0.05 * value + 0.01 * normal();
    planted.decoder[pair] = normal();
  });
  const { displacement } = localTheory(matrix, planted);
  const [predicted, actual] = [displacement, planted].map((vector) => foldedValues(vector, matrix));
  assertGreater(agreementOf(predicted.encoder.centre, actual.encoder.centre).r2, 0.9);
  assertGreater(agreementOf(predicted.encoder.corner, actual.encoder.corner).r2, 0.7);
  assertLess(agreementOf(predicted.decoder.centre, actual.decoder.centre).r2, 0.02);
});

Deno.test("leastSquares() recovers coefficients and gives a redundant regressor none", () => {
  const { normal } = randomStream(23);
  const [a, b] = [Float64Array.from({ length: 50 }, normal), Float64Array.from({ length: 50 }, normal)];
  const sum = a.map((value, row) => value + b[row]);
  const response = a.map((value, row) => 2 * value - 3 * b[row]);
  const coefficients = leastSquares([a, b, sum], response);
  [2, -3, 0].forEach((value, place) => assertAlmostEquals(coefficients[place], value, 1e-9));
});
