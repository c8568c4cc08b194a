import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { orderParameters } from "../../../analysis/signs/order_parameters.ts";
import { signMatrix } from "../../../analysis/signs/sign_matrix.ts";
import { randomStream } from "../../../models/random.ts";
import { regularSigns } from "../planted.ts";

Deno.test("orderParameters() of a small S, counted by hand", () => {
  // Features 0 and 1 share both neurons, with three equal signs: one 4-cycle, frustrated. Feature 2 sits on neuron 2 alone.
  const signs = signMatrix(3, 3, Int8Array.of(1, 1, 0, 1, -1, 0, 0, 0, 1));
  const encoder = Float32Array.of(2, 2.5, 0, 1.5, -2, 0, 0.9, 0, 2);
  const order = orderParameters({ features: 3, hidden: 3, encoder, decoder: encoder }, signs)!;
  assertEquals([order.fourCyclesPerFeature, order.frustratedShare], [2 / 3, 1]);
  assertEquals(order.unfrozenShare, 1 / 9);
  // Degrees 2, 2, 1 on either side.
  const entropy = -2 / 3 * Math.log(2 / 3) - 1 / 3 * Math.log(1 / 3);
  assertAlmostEquals(order.featureDegreeEntropy, entropy, 1e-12);
  assertAlmostEquals(order.neuronDegreeEntropy, entropy, 1e-12);
  // Values 2, 2.5, 1.5, 2 of shared neurons and 2 of an own one; c = 2.
  assertAlmostEquals(order.spreadWithinValues, Math.sqrt(4 / 5 * 0.125) / 2, 1e-6);
  // The zeros of S: (0, 2), (1, 2), (2, 0), (2, 1) see nobody.
  assertEquals(order.overlapsPerWeight, 0);
});

Deno.test("orderParameters() finds half of the 4-cycles frustrated where signs are independent", () => {
  const signs = regularSigns(240, 120, 6, randomStream(1));
  const encoder = Float32Array.from(signs.entries);
  const order = orderParameters({ features: 240, hidden: 120, encoder, decoder: encoder }, signs)!;
  const cycles = order.fourCyclesPerFeature * 240 / 2;
  assert(Math.abs(order.frustratedShare - 0.5) < 3 * 0.5 / Math.sqrt(cycles), `${order.frustratedShare} of ${cycles}`);
  assertEquals([order.featureDegreeEntropy, order.spreadWithinValues, order.unfrozenShare], [0, 0, 0]);
  // A zero is reached over 5 others of each of 12 features: about 6·11·5/120.
  assertAlmostEquals(order.overlapsPerWeight, 6 * 11 * 5 / 120, 0.3);
  // A Poisson number of terms ±1 has an excess kurtosis of one over its mean.
  assertAlmostEquals(order.overlapKurtosis, 1 / order.overlapsPerWeight, 0.1);
});

Deno.test("orderParameters() is null where nothing has frozen", () => {
  const none = new Float32Array(6);
  assertEquals(
    orderParameters({ features: 3, hidden: 2, encoder: none, decoder: none }, signMatrix(3, 2, new Int8Array(6))),
    null,
  );
});
