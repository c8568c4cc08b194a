import { assertAlmostEquals } from "@std/assert";
import { agreementOf, independentError, reachableR2 } from "../../../analysis/statistics/agreement.ts";
import { randomStream } from "../../../models/random.ts";

const { normal } = randomStream(3);
const drawn = (count: number) => Float64Array.from({ length: count }, () => normal());

Deno.test("reachableR2() is what a noiseless prediction has with the mean of two noisy replicas", () => {
  const truth = drawn(40_000);
  const [one, other] = [1, 2].map(() => truth.map((value) => value + 0.7 * normal()));
  const mean = one.map((value, index) => (value + other[index]) / 2);
  const { r2 } = agreementOf(truth, mean);
  assertAlmostEquals(reachableR2(agreementOf(one, other).correlation), r2, 0.02);
});

Deno.test("independentError() is the scatter of the correlation over draws", () => {
  const correlations = Array.from({ length: 1000 }, () => {
    const x = drawn(100);
    return agreementOf(x, x.map((value) => value + normal())).correlation;
  });
  const mean = correlations.reduce((sum, value) => sum + value, 0) / correlations.length;
  const variance = correlations.reduce((sum, value) => sum + (value - mean) ** 2, 0) / correlations.length;
  const expected = independentError({ correlation: Math.SQRT1_2, pairs: 100 });
  assertAlmostEquals(Math.sqrt(variance) / expected, 1, 0.12);
});
