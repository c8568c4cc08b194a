import { assertAlmostEquals, assertEquals, assertGreater, assertLess, assertNotEquals } from "@std/assert";
import { agreementOf, correlationError } from "../../../analysis/statistics/agreement.ts";
import { continuationAgreement, continueTraining } from "../../../analysis/derivatives/continued_training.ts";
import { displacementsWithin } from "../../../analysis/displacements/ideal_configuration.ts";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import { cornerOutliers } from "../../../analysis/displacements/outliers.ts";
import { addScaled, scaled, type WeightVector } from "../../../analysis/derivatives/weight_vector.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { randomStream } from "../../../models/random.ts";
import { initialState, weightsOf } from "../../../models/training/training_state.ts";

const [features, hidden] = [200, 40];
const signs = iidSigns({ features, hidden, edges: 800 }, randomStream(5));

/** c·S with c = 2, plus Gaussian numbers of a given spread. */
function about(spread: number, label: string): WeightVector {
  const { normal } = randomStream(6, label);
  const draw = () => Float32Array.from(signs.entries, (sign) => 2 * sign + spread * normal());
  return { encoder: draw(), decoder: draw() };
}

Deno.test("continuationAgreement() tells what is shared from the noise of either replica", () => {
  const truth = about(0.1, "truth");
  const noisy = (label: string) => addScaled(truth, 1, addScaled(about(0.05, label), -1, about(0, "none")));
  const replicas = [noisy("one"), noisy("two")] as const;
  const continued = {
    steps: 1,
    learningRate: 1,
    replicas,
    ...scaled(0.5, addScaled(replicas[0], 1, replicas[1])),
  };
  // A drift of all corners alike is no displacement; one pair crosses.
  const drifted = truth.encoder.map((value, pair) => value + 0.3 * signs.entries[pair]);
  const learned = { encoder: drifted, decoder: truth.decoder };
  const zero = signs.entries.indexOf(0);
  learned.encoder[zero] = 2;
  const corner = signs.entries.findIndex((sign) => sign !== 0);
  learned.encoder[corner] = 1.3 * signs.entries[corner];
  const outliers = cornerOutliers(displacementsWithin(learned, signs), signs);
  const found = continuationAgreement(truth, learned, continued, outliers, signs);
  assertEquals(found.changes, { created: 0, pruned: 1, flipped: 0 });
  for (const matrix of ["encoder", "decoder"] as const) {
    const [predicted, between] = [found.predicted[matrix].centre, found.replicas[matrix].centre];
    // Variances: truth 1, noise of a replica 1/4.
    assertAlmostEquals(between.correlation, 1 / 1.25, 0.03);
    assertAlmostEquals(predicted.r2, 1 - 0.125 / 1.125, 0.03);
    assertGreater(found.predicted[matrix].corner.r2, 0.8);
    assertLess(found.predictedError[matrix].centre, 0.01);
  }
  assertEquals([found.settled.encoder.pairs, found.settled.decoder.pairs], [799, 800]);
});

Deno.test("correlationError() is the scatter of the correlation over drawn blocks", () => {
  // Blocks of equal values: as if there were one value a block.
  const [draws, blocks, size] = [300, 60, 5];
  const blockOf = Int32Array.from({ length: blocks * size }, (_, index) => Math.floor(index / size));
  const found = Array.from({ length: draws }, (_, draw) => {
    const { normal } = randomStream(7, "draw", draw);
    const x = Float64Array.from({ length: blocks }, normal);
    const y = x.map((value) => 0.6 * value + 0.8 * normal());
    const spreadOut = (values: Float64Array) => Array.from(blockOf, (block) => values[block]);
    const [left, right] = [spreadOut(x), spreadOut(y)];
    return { value: agreementOf(left, right).correlation, error: correlationError(left, right, blockOf) };
  });
  const mean = found.reduce((sum, { value }) => sum + value / draws, 0);
  const scatter = Math.sqrt(found.reduce((sum, { value }) => sum + (value - mean) ** 2 / draws, 0));
  const error = found.reduce((sum, { error }) => sum + error / draws, 0);
  assertAlmostEquals(mean, 0.6, 0.03);
  assertAlmostEquals(error / scatter, 1, 0.15);
});

Deno.test("continueTraining() runs twice on different data, and the same again for the same seed", async () => {
  const config = parseConfig({
    name: "continued",
    model: { features: 24, hidden: 12 },
    training: { steps: 40, batch: 64, chunk: 40 },
  }, "test");
  const start = weightsOf(config, initialState(config));
  const options = { steps: 10, learningRate: 0.01, seed: 3, device: "cpu" } as const;
  const [once, again] = [
    await continueTraining(config, start, options),
    await continueTraining(config, start, options),
  ];
  assertEquals(once, again);
  const [first, second] = once.replicas;
  assertNotEquals(first.encoder, second.encoder);
  assertNotEquals(first.encoder, start.encoder);
  assertEquals(once.decoder[5], Math.fround((first.decoder[5] + second.decoder[5]) / 2));
});
