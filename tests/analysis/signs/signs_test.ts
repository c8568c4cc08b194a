import { assertAlmostEquals, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import { iidSigns, rowSigns } from "../../../analysis/random_graph/null_models.ts";
import { type SignMatrix, signMatrix } from "../../../analysis/signs/sign_matrix.ts";
import { extractSigns, signStructure } from "../../../analysis/signs/signs.ts";
import { randomStream } from "../../../models/random.ts";
import type { Weights } from "../../../models/network/network_weights.ts";
import { flipNeurons, superposedWeights } from "../planted.ts";

const size = { features: 120, hidden: 60, edges: 720 };

function exactWeights(signs: SignMatrix): Weights {
  const encoder = Float32Array.from(signs.entries, (sign) => 1.5 * sign);
  return { features: signs.features, hidden: signs.hidden, encoder, decoder: encoder.map((weight) => weight / 3) };
}

Deno.test("extractSigns() takes the sign of what exceeds the threshold, and nothing where nothing has frozen", () => {
  const encoder = Float32Array.of(1.6, -1.4, 0.3, -0.2);
  const weights = { features: 2, hidden: 2, encoder, decoder: encoder };
  assertEquals([...extractSigns(weights, { threshold: 0.8 }).entries], [1, -1, 0, 0]);
  assertEquals([...extractSigns(weights, { threshold: null }).entries], [0, 0, 0, 0]);
});

Deno.test("signStructure() of a small S is what one counts by hand", () => {
  // Features × neurons. The first two features share both neurons, with a product of signs of −1.
  const signs = signMatrix(3, 2, Int8Array.of(1, 1, 1, -1, 0, 1));
  const structure = signStructure(exactWeights(signs), signs);
  assertAlmostEquals(structure.density.value, 5 / 6);
  assertEquals(structure.amplitude, { value: 1.5, error: 0 });
  assertAlmostEquals(structure.decoderAmplitude.value, 0.5);
  assertEquals(structure.featureDegrees, [0, 1, 2]);
  assertEquals(structure.neuronDegrees, [0, 0, 1, 1]);
  assertAlmostEquals(structure.neuronsPerFeature.error, Math.sqrt((2 * (1 / 3) ** 2 + (2 / 3) ** 2) / 2 / 3));
  assertAlmostEquals(structure.rowSignPurity.value, 4 / 5); // ++ and +−+
  assertAlmostEquals(structure.rowSignPurity.nullMean, (1.5 + 2.25) / 5);
  assertAlmostEquals(structure.correlationWithinNeurons.value, (1 - 1) / 4);
  assertAlmostEquals(structure.correlationWithinFeatures.value, 0);
  assertEquals(structure.plaquetteMean.value, -1);
});

Deno.test("signStructure() does not change when neurons are flipped, but for the gauge-dependent correlation", () => {
  const random = randomStream(0, "gauge");
  const signs = rowSigns(size, random);
  const aligned = signMatrix(signs.features, signs.hidden, signs.entries.map(Math.abs));
  const flipped = flipNeurons(aligned, random);
  const { correlationWithinFeatures: before, ...invariant } = signStructure(exactWeights(aligned), aligned);
  const { correlationWithinFeatures: after, ...same } = signStructure(exactWeights(flipped), flipped);
  assertEquals(same, invariant);
  assertEquals(before.value, 1);
  assertLess(Math.abs(after.value), 0.3);
});

Deno.test("signStructure() finds one sign a neuron, and its z values are standard normal without", () => {
  const random = randomStream(0, "purity");
  const pure = rowSigns(size, random);
  const structure = signStructure(exactWeights(pure), pure);
  assertEquals(structure.rowSignPurity.value, 1);
  assertEquals(structure.correlationWithinNeurons.value, 1);
  assertEquals(structure.plaquetteMean.value, 1);
  assertGreater(structure.rowSignPurity.z!, 10);

  for (const key of ["rowSignPurity", "correlationWithinNeurons", "plaquetteMean"] as const) {
    const values = Array.from({ length: 200 }, () => {
      const signs = iidSigns(size, random);
      return signStructure(exactWeights(signs), signs)[key].z!;
    });
    const mean = values.reduce((sum, z) => sum + z, 0) / values.length;
    const variance = values.reduce((sum, z) => sum + (z - mean) ** 2, 0) / values.length;
    assertLess(Math.abs(mean), 3.5 / Math.sqrt(values.length), key);
    assertLess(Math.abs(variance - 1), 3.5 * Math.sqrt(2 / values.length), key);
  }
});

Deno.test("signStructure() estimates p and c with honest errors", () => {
  const deviations = Array.from({ length: 100 }, (_, seed) => {
    const random = randomStream(seed, "errors");
    const signs = iidSigns(size, random);
    const { amplitude } = signStructure(superposedWeights(signs, random), signs);
    return (amplitude.value - 1.6) / amplitude.error;
  });
  const rms = Math.sqrt(deviations.reduce((sum, z) => sum + z * z, 0) / deviations.length);
  assertAlmostEquals(rms, 1, 0.25);
});

Deno.test("signStructure() of an S without nonzeros is finite", () => {
  const signs = signMatrix(3, 2, new Int8Array(6));
  const structure = signStructure(exactWeights(signs), signs);
  assertEquals(structure.density, { value: 0, error: 0 });
  assertEquals(structure.amplitude, { value: 0, error: 0 });
  assertEquals(structure.featureDegrees, [3]);
  assertEquals(structure.rowSignPurity.z, null);
});

Deno.test("signStructure() rejects weights of another size", () => {
  const signs = iidSigns(size, randomStream(0));
  const weights = exactWeights(signMatrix(1, 1, Int8Array.of(1)));
  assertThrows(() => signStructure(weights, signs), RangeError, "120 × 60");
});
