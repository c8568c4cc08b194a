import { assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { cornerSplittings, splitCorner } from "../../../analysis/displacements/corner_types.ts";
import { foldedValues, pairsByRegion } from "../../../analysis/displacements/displacement_clusters.ts";
import { displacementSample } from "../../../analysis/displacements/displacement_sample.ts";
import { classCentres } from "../../../analysis/displacements/ideal_configuration.ts";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import { scaleMixture } from "../../../analysis/statistics/scale_mixture.ts";
import { zeroVector } from "../../../analysis/derivatives/weight_vector.ts";
import { randomStream } from "../../../models/random.ts";

const [features, hidden] = [300, 60];
const signs = iidSigns({ features, hidden, edges: 900 }, randomStream(31));
const pairs = pairsByRegion(signs);
const featureDegrees = signs.featureDegrees;

Deno.test("classCentres() is the mean of each degree, with the sign of the pair", () => {
  const weights = zeroVector(signs.entries.length);
  signs.entries.forEach((sign, pair) => {
    const degree = featureDegrees[Math.floor(pair / hidden)];
    weights.encoder[pair] = sign * (2 - 0.1 * degree);
    weights.decoder[pair] = sign === 0 ? 5 : sign * degree;
  });
  const { classes, encoder, decoder } = classCentres(weights, signs);
  for (const { degree, encoder, decoder } of classes) {
    assertAlmostEquals(encoder, 2 - 0.1 * degree, 1e-5);
    assertAlmostEquals(decoder, degree, 1e-5);
  }
  assertEquals(classes.reduce((sum, { pairs }) => sum + pairs, 0), 900);
  for (const pair of pairs.corner) assertAlmostEquals(encoder[pair], weights.encoder[pair], 1e-5);
  for (const pair of pairs.centre) assertEquals(decoder[pair], 0);
});

Deno.test("splitCorner() finds that planted types are Gaussian each, and that their mixture is not", () => {
  const { normal } = randomStream(32);
  const values = Float32Array.from(pairs.corner, (pair) => {
    const degree = featureDegrees[Math.floor(pair / hidden)];
    return 2 * degree + 0.2 * normal();
  });
  const [whole, byDegree] = cornerSplittings(signs, pairs.corner)
    .map((splitting) => splitCorner(values, pairs.corner, splitting, hidden)!);
  assertEquals([whole.gaussian, whole.types.length], [0, 1]);
  assertEquals(byDegree.gaussian, byDegree.types.length);
  assertGreater(byDegree.explained, 0.98);
  assertLess(Math.abs(byDegree.pooled.excessKurtosis), 4 * byDegree.pooled.excessKurtosisError);
});

Deno.test("scaleMixture() explains the tails of Gaussians whose width depends on the feature", () => {
  const { normal, uniform } = randomStream(33);
  const width = Float64Array.from({ length: features }, () => 0.5 + 1.5 * uniform());
  const values = Float32Array.from(pairs.centre, (pair) => width[Math.floor(pair / hidden)] * normal());
  const { predictedKurtosis, standardised, spreadOverNeurons } = scaleMixture(values, pairs.centre, signs);
  const squares = width.map((value) => value ** 2);
  const mean = squares.reduce((a, b) => a + b) / features;
  const expected = 3 * squares.reduce((sum, value) => sum + (value / mean - 1) ** 2, 0) / features;
  assertAlmostEquals(predictedKurtosis, expected, 0.25 * expected);
  assertLess(Math.abs(standardised.excessKurtosis), 0.15);
  assertLess(spreadOverNeurons, 0.03);
});

Deno.test("displacementSample() draws pairs that belong together, folded, without repetition", () => {
  const learned = zeroVector(signs.entries.length);
  pairs.corner.forEach((pair, rank) => learned.encoder[pair] = signs.entries[pair] * (1 + rank));
  const sample = displacementSample(learned, learned, signs, { most: 100 });
  assertEquals(sample.encoder.corner.predicted, sample.encoder.corner.learned);
  assertEquals(new Set(sample.encoder.corner.learned).size, 100);
  assertEquals(sample.encoder.corner.of, 900);
  assertGreater(Math.min(...foldedValues(learned, signs).encoder.corner), 0);
});
