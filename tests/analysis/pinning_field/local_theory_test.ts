import { assertAlmostEquals, assertGreater, assertLess } from "@std/assert";
import { agreementOf } from "../../../analysis/statistics/agreement.ts";
import { foldedValues } from "../../../analysis/displacements/displacement_clusters.ts";
import { localTheory, neighbourhood, overlapSums } from "../../../analysis/pinning_field/local_theory.ts";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import { zeroVector } from "../../../analysis/derivatives/weight_vector.ts";
import { randomStream } from "../../../models/random.ts";

const [features, hidden] = [60, 24];
const matrix = iidSigns({ features, hidden, edges: 240 }, randomStream(21));
const S = (i: number, j: number) => matrix.entries[i * hidden + j];

Deno.test("neighbourhood() sums over the features of the neuron, the pair's own term and neuron left out", () => {
  const found = neighbourhood(matrix);
  for (let i = 0; i < features; i++) {
    for (let j = 0; j < hidden; j++) {
      let [overlap, shared, collision, bias, walks] = [0, 0, 0, 0, 0];
      for (let q = 0; q < features; q++) {
        if (q === i || S(q, j) === 0) continue;
        bias += S(q, j);
        let overlapWith = 0;
        for (let l = 0; l < hidden; l++) {
          if (l === j) continue;
          overlapWith += S(q, l) * S(i, l);
          shared += S(q, j) * Math.abs(S(q, l) * S(i, l));
          walks += Math.abs(S(q, l) * S(i, l));
        }
        overlap += S(q, j) * overlapWith;
        collision += S(q, j) * overlapWith ** 2;
      }
      assertAlmostEquals(found.overlap[i * hidden + j], overlap, 1e-6);
      assertAlmostEquals(found.shared[i * hidden + j], shared, 1e-6);
      assertAlmostEquals(found.collision[i * hidden + j], collision, 1e-6);
      assertAlmostEquals(found.walks[i * hidden + j], walks, 1e-6);
      assertAlmostEquals(found.bias[i * hidden + j], bias, 1e-6);
    }
  }
});

Deno.test("overlapSums() counts the walks that the degrees make, and finds the tails of few of them", () => {
  const sums = (features: number, hidden: number, edges: number) =>
    overlapSums(iidSigns({ features, hidden, edges }, randomStream(24)));
  const dense = sums(200, 60, 1600);
  // Each of the d·h ways over another neuron and another feature has three edges, each there with probability p.
  const [p, ways] = [1600 / (200 * 60), 199 * 59];
  assertAlmostEquals(dense.walks / (p ** 3 * ways), 1, 0.1);
  assertLess(Math.abs(dense.excessKurtosis), 1);
  const sparse = sums(400, 400, 800);
  assertAlmostEquals(sparse.excessKurtosis * sparse.walks, 1, 0.5);
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
