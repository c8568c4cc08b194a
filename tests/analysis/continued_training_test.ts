import { assertAlmostEquals, assertEquals, assertGreater, assertLess, assertNotEquals } from "@std/assert";
import { continuationAgreement, continueTraining } from "../../analysis/continued_training.ts";
import { iidSigns } from "../../analysis/null_models.ts";
import { addScaled, scaled, type WeightVector } from "../../analysis/weight_vector.ts";
import { parseConfig } from "../../models/config.ts";
import { randomStream } from "../../models/random.ts";
import { initialState, weightsOf } from "../../models/trainer.ts";

const [features, hidden] = [200, 40];
const signs = iidSigns({ features, hidden, edges: 800 }, randomStream(5));

/** c·S with c = 2, plus Gaussian numbers of a standard deviation. */
function about(deviation: number, label: string): WeightVector {
  const { normal } = randomStream(6, label);
  const draw = () => Float32Array.from(signs.signs, (sign) => 2 * sign + deviation * normal());
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
  const drifted = truth.encoder.map((value, pair) => value + 0.3 * signs.signs[pair]);
  const learned = { encoder: drifted, decoder: truth.decoder };
  const zero = signs.signs.indexOf(0);
  learned.encoder[zero] = 2;
  const found = continuationAgreement(truth, learned, continued, signs);
  assertEquals(found.changes, { created: 0, pruned: 1, flipped: 0 });
  for (const matrix of ["encoder", "decoder"] as const) {
    const [predicted, between] = [found.predicted[matrix].centre, found.replicas[matrix].centre];
    // Variances: truth 1, noise of a replica 1/4.
    assertAlmostEquals(between.correlation, 1 / 1.25, 0.03);
    assertAlmostEquals(predicted.r2, 1 - 0.125 / 1.125, 0.03);
    assertGreater(found.predicted[matrix].corner.r2, 0.8);
  }
  assertLess(found.settled.encoder.corner.pairs, 801);
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
