import { assert, assertGreater, assertLess, assertRejects, assertStringIncludes } from "@std/assert";
import { findClusters } from "../../analysis/clusters.ts";
import { continuedTraining } from "../../analysis/continued_training.ts";
import { analysePinningField } from "../../analysis/pinning_field.ts";
import { pinningFieldSection } from "../../analysis/pinning_field_section.ts";
import { residualsSection } from "../../analysis/residuals_section.ts";
import { extractSigns } from "../../analysis/signs.ts";
import { parseConfig } from "../../models/config.ts";
import { train, weightsOf } from "../../models/trainer.ts";

const config = parseConfig({
  name: "pinned",
  model: { features: 96, hidden: 48 },
  training: { steps: 700, batch: 512, chunk: 700 },
}, "test");

async function trained() {
  let state;
  for await (const chunk of train(config)) ({ state } = chunk);
  return weightsOf(config, state!);
}

Deno.test("analysePinningField() predicts from S where the weights of a small network have gone", async () => {
  const weights = await trained();
  const clusters = findClusters(weights);
  const signs = extractSigns(weights, clusters);
  const options = { fieldSamples: 65536, samples: 65536, hessianSamples: 8192, dampings: [1, 0.5] };
  const result = await analysePinningField(weights, config, signs, options);
  const { data } = result;
  for (const matrix of ["encoder", "decoder"] as const) {
    assertGreater(data.field[matrix].centre.correlation, 0.4);
    assertGreater(data[matrix].centre.correlation, 0.6);
    assertGreater(data.local.agreement[matrix].centre.r2, 0.2);
    const { correlation, pairs } = data.control[matrix].centre;
    assertLess(Math.abs(correlation), 4 / Math.sqrt(pairs) + 0.02);
  }
  assertLess(data.objectives.classCentresOptimalDecoder, data.objectives.classCentres);
  assertLess(data.objectives.predicted, data.objectives.classCentresOptimalDecoder);

  const same = continuedTraining(result, signs, weights, signs);
  assert(same.born === 0 && same.died === 0);
  assertGreater(same.movement.encoder.corner.r2, 0.999);
});

Deno.test("pinningFieldSection and residualsSection write sections that stand alone", async () => {
  const weights = await trained();
  const clusters = findClusters(weights);
  const signs = extractSigns(weights, clusters);
  const subject = { config, weights, clusters, signs, device: "cpu" as const };
  const data = JSON.parse(JSON.stringify(await pinningFieldSection.analyse(subject)));
  const text = pinningFieldSection.summarise(data, config);
  for (const part of ["**Field.**", "**Response.**", "**Corner types.**", "**Verdict.**"]) {
    assertStringIncludes(text, part);
  }
  assert(!/NaN|undefined|null/.test(text), text);
  assert(pinningFieldSection.verdicts!(data, config).length === 3);
  const residuals = await residualsSection.analyse(subject);
  assertStringIncludes(residualsSection.summarise(residuals, config), "decoder, corner");
});

Deno.test("analysePinningField() refuses signs without nonzeros, and the section says so", async () => {
  const empty = { features: 96, hidden: 48, signs: new Int8Array(96 * 48) };
  const weights = { features: 96, hidden: 48, encoder: new Float32Array(96 * 48), decoder: new Float32Array(96 * 48) };
  await assertRejects(() => analysePinningField(weights, config, empty), RangeError, "nonzeros");
  const clusters = {
    centres: [],
    threshold: null,
    margin: null,
    criterion: { neighbours: 1, requiredProminence: 1, rejectedProminence: 0 },
  };
  const data = await pinningFieldSection.analyse({ config, weights, clusters, signs: empty, device: "cpu" });
  assertStringIncludes(pinningFieldSection.summarise(data, config), "no pinning field");
});
