import { assert, assertEquals, assertGreater, assertLess, assertRejects, assertStringIncludes } from "@std/assert";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import { analysePinningField } from "../../../analysis/pinning_field/pinning_field.ts";
import { pinningFieldSection } from "../../../analysis/pinning_field/pinning_field_section.ts";
import { residualsSection } from "../../../analysis/displacements/residuals_section.ts";
import { extractSigns } from "../../../analysis/signs/signs.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { UsageError } from "../../../models/errors.ts";
import { randomStream } from "../../../models/random.ts";
import { train } from "../../../models/training/trainer.ts";
import { stateAt, weightsOf } from "../../../models/training/training_state.ts";
import { signMatrix } from "../../../analysis/signs/sign_matrix.ts";

const configOf = (features: number, hidden: number) =>
  parseConfig({
    name: "pinned",
    model: { features, hidden },
    optimizer: { learningRate: 0.005, beta2: 0.99 },
    training: { steps: 300, batch: 1024, chunk: 300 },
  }, "test");

/** The sections read S, not the clusters. */
const noClusters = {
  centres: [],
  threshold: null,
  margin: null,
  criterion: { neighbours: 1, requiredProminence: 1, rejectedProminence: 0 },
};

/** A network that has relaxed from an ideal configuration with eight neurons a feature, so that it knows no more than S. */
async function relaxed(features: number, hidden: number) {
  const config = configOf(features, hidden);
  const planted = iidSigns({ features, hidden, edges: 8 * features }, randomStream(41));
  let state = stateAt(config, {
    encoder: Float32Array.from(planted.entries, (sign) => 1.6 * sign),
    decoder: Float32Array.from(planted.entries, (sign) => 0.12 * sign),
  });
  for await (const chunk of train(config, { from: state })) ({ state } = chunk);
  const weights = weightsOf(config, state);
  return { config, weights, signs: extractSigns(weights, { threshold: 0.8 }) };
}

Deno.test("analysePinningField() predicts from S where the weights of a relaxed network are", async () => {
  const { config, weights, signs } = await relaxed(128, 64);
  const options = {
    fieldPrecision: { relativeError: 0.05, samplesPerRound: 16384, rounds: 3 },
    samples: 32768,
    hessianSamples: 8192,
    newtonSteps: 2,
  };
  const result = await analysePinningField(weights, config, signs, options);
  const { data } = result;
  for (const matrix of ["encoder", "decoder"] as const) {
    const [field, response] = [data.field[matrix].centre, data[matrix].centre];
    assertEquals(field.relativeError, 0);
    assertGreater(field.correlation, 0.5);
    assertGreater(response.correlation, field.correlation + 0.1);
    assertGreater(response.r2, 0.4);
    assertGreater(data.local.agreement[matrix].centre.r2, 0.3);
    // The same test finds S itself, so that it would see what it must not see in a shuffled S.
    const [own, , shuffled] = data.candidates.map(({ agreement }) => agreement[matrix].centre);
    assertGreater(own.correlation, 0.5);
    assertLess(Math.abs(shuffled.correlation), 5 / Math.sqrt(shuffled.pairs));
    assertGreater(shuffled.pairs, 0.6 * own.pairs);
  }
  const [own, rounded, shuffled] = data.candidates;
  assertEquals([own.name, rounded.name, shuffled.name], ["class centres", "one amplitude", "shuffled S"]);
  assertLess(own.objective, data.objective);
  const { continuation: { changes, replicas, predicted }, residualForce } = data.unfinished;
  // Two Newton steps are most of the way from the optimal decoder to where training ends.
  const left = (residualForce.predicted.objective - residualForce.continued.objective) /
    (own.objective - residualForce.continued.objective);
  assertLess(left, 0.5);
  assertGreater(left, -0.1);
  for (const matrix of ["encoder", "decoder"] as const) {
    assertLess(residualForce.predicted.force[matrix].centre, 0.6);
    assertLess(residualForce.learned.force[matrix].centre, 0.6);
  }
  assertEquals(changes, { created: 0, pruned: 0, flipped: 0 });
  for (const matrix of ["encoder", "decoder"] as const) {
    assertGreater(replicas[matrix].centre.correlation, predicted[matrix].centre.correlation);
    assertGreater(predicted[matrix].centre.correlation, 0.6);
  }
});

Deno.test("pinningFieldSection and residualsSection read what they wrote and tell it without gaps", async () => {
  const { config, weights, signs } = await relaxed(48, 24);
  const subject = { config, weights, clusters: noClusters, signs, device: "cpu" as const };
  const written = JSON.parse(JSON.stringify(await pinningFieldSection.analyse(subject)));
  const data = pinningFieldSection.schema.parse(written)!;
  assertEquals(JSON.parse(JSON.stringify(data)), written);
  const text = pinningFieldSection.summarise(data, config);
  // All 48·47/2 pairs of features: nothing is drawn.
  for (const part of ["over all 1128 supports", "**Field.**", "**Response.**", "**Corner types.**", "**Verdict.**"]) {
    assertStringIncludes(text, part);
  }
  assert(!/NaN|undefined|null/.test(text), text);
  const warnings = ["A reduced measurement", "step 2 still met negative curvature"];
  for (const warning of warnings) assert(!text.includes(warning), text);
  const solves = data.solves.map((solve, step) => ({ ...solve, negative: step === 1 }));
  const warned = pinningFieldSection.summarise({ ...data, solves, reduced: true }, config);
  for (const warning of warnings) assertStringIncludes(warned, warning);
  assertEquals(pinningFieldSection.verdicts!(data, config).length, 5);
  const residuals = await residualsSection.analyse(subject);
  assertStringIncludes(residualsSection.summarise(residuals, config), "decoder, corner");
});

Deno.test("analysePinningField() refuses signs without nonzeros and activations that are not odd, and the section says so", async () => {
  const [features, hidden] = [8, 4];
  const config = configOf(features, hidden);
  const zeros = () => new Float32Array(features * hidden);
  const weights = { features, hidden, encoder: zeros(), decoder: zeros() };
  const none = signMatrix(features, hidden, new Int8Array(features * hidden));
  await assertRejects(() => analysePinningField(weights, config, none), RangeError, "nonzeros");
  const all = signMatrix(features, hidden, new Int8Array(features * hidden).fill(1));
  const bent = { ...config, model: { ...config.model, activation: "gelu" } };
  await assertRejects(() => analysePinningField(weights, bent, all), UsageError, "odd");
  for (const [of, signs] of [[config, none], [bent, all]] as const) {
    const data = await pinningFieldSection.analyse({ config: of, weights, clusters: noClusters, signs, device: "cpu" });
    assertStringIncludes(
      pinningFieldSection.summarise(data, of),
      "known for the rebalanced loss on k-hot samples, odd and smooth",
    );
  }
});
