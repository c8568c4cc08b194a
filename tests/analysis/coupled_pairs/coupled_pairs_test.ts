import { assert, assertEquals, assertGreater, assertLess, assertStringIncludes } from "@std/assert";
import { blobsOf } from "../../../analysis/coupled_pairs/blobs.ts";
import { coupledPairs } from "../../../analysis/coupled_pairs/coupled_pairs.ts";
import { coupledPairsSchema } from "../../../analysis/coupled_pairs/coupled_pairs_schema.ts";
import { coupledPairsSection } from "../../../analysis/coupled_pairs/coupled_pairs_section.ts";
import { coupledPairsText } from "../../../analysis/coupled_pairs/coupled_pairs_text.ts";
import { coupledPairsVerdicts } from "../../../analysis/coupled_pairs/coupled_pairs_verdicts.ts";
import { loadPreset } from "../../../models/experiment/presets.ts";
import { randomStream } from "../../../models/random.ts";
import { clustersOf } from "../../../analysis/clusters/clusters.ts";
import { extractSigns } from "../../../analysis/signs/signs.ts";
import { plantedBlobs } from "./planted_blobs.ts";

const measured = (coupled: boolean) => {
  const planted = plantedBlobs(coupled);
  const data = coupledPairs(planted.weights, planted.signs, (...labels) => randomStream(1, ...labels));
  return { ...planted, data };
};
const planted = measured(true);
const independent = measured(false);
const verdictOf = ({ data }: typeof planted, claim: string) =>
  coupledPairsVerdicts(data).find((verdict) => verdict.claim.includes(claim))?.verdict;

Deno.test("blobsOf() finds the planted blob and the cloud", () => {
  const { cloud, lowerLeft, upperRight } = blobsOf(planted.weights, planted.signs);
  assertEquals(cloud.length, planted.signs.edges);
  const found = planted.lowerLeft.filter((pair) => lowerLeft.includes(pair));
  assertGreater(found.length, 0.98 * planted.lowerLeft.length);
  // What a Gaussian centre has beyond three widths, with room for chance.
  assertLess(lowerLeft.length - found.length, 20);
  assertLess(upperRight.length, 20);
});

Deno.test("coupledPairs() finds planted couplings around rectangles, and none among independent pairs", () => {
  const { rectangles, couplings } = planted.data;
  assertGreater(rectangles!.ofBlob, 0.9);
  assertLess(rectangles!.nulls.both.p, 1e-6);
  const around = couplings.find(({ relation }) => relation === "cloudAroundRectangle")!;
  assertGreater(around.share, 0.8);
  for (const kept of ["rows", "columns", "both"] as const) assertGreater(around.nulls[kept].z!, 10);
  for (const { nulls } of independent.data.couplings) {
    for (const { p } of Object.values(nulls)) assertGreater(p, 1e-3);
  }
  assertGreater(independent.data.rectangles!.nulls.both.p, 1e-3);
});

Deno.test("coupledPairs() tells densities of one, two and four particles apart", () => {
  const gainOf = ({ data }: typeof planted, partner: string) =>
    data.densities.find((density) => density.partner === partner)!.gain;
  const whole = gainOf(planted, "rectangle");
  assertGreater(whole.value, 5 * whole.error);
  assertGreater(whole.value, gainOf(planted, "opposite").value);
  for (const control of ["any", "otherRectangle"]) {
    const { value, error } = gainOf(planted, control);
    assert(value <= 3 * error, `${control}: ${value} ± ${error}`);
  }
});

Deno.test("coupledPairs() finds the planted strata", () => {
  const [byFeature, byNeuron] = planted.data.strata.cloud;
  assertEquals([byFeature.property, byNeuron.property], ["featureDegree", "neuronDegree"]);
  assertGreater(byFeature.encoder.observed, 0.7);
  assertLess(byFeature.encoder.p, 1e-6);
  assertGreater(byNeuron.encoder.p, 1e-3);
});

Deno.test("the section says what it found in words and in analysis.json", () => {
  assertEquals(
    ["small blob", "are coupled to", "all three", "cloud has strata"].map((claim) => verdictOf(planted, claim)),
    ["supported", "supported", "supported", "supported"],
  );
  assertEquals(verdictOf(independent, "are coupled to"), "not supported");
  const text = coupledPairsText(planted.data);
  assertStringIncludes(text, "close a rectangle with three pairs");
  assertStringIncludes(text, "| all three corners |");
  const stored = JSON.parse(JSON.stringify(planted.data));
  assertEquals(coupledPairsSchema.parse(stored), stored);
});

Deno.test("the section leaves odd activations and blobs of a few pairs alone", async () => {
  const { weights } = planted;
  const config = { ...loadPreset("quick"), model: { ...loadPreset("quick").model, features: 96, hidden: 48 } };
  const clusters = clustersOf(weights);
  const subject = { config, weights, clusters, signs: extractSigns(weights, clusters), device: "cpu" as const };
  assertEquals(await coupledPairsSection.analyse(subject), null);
  assertStringIncludes(coupledPairsSection.summarise(null, config), "mirror images");
  const [encoder, decoder] = [weights.encoder.slice(), weights.decoder.slice()];
  for (const pair of planted.lowerLeft) encoder[pair] = decoder[pair] = 0;
  const few = coupledPairs({ ...weights, encoder, decoder }, planted.signs, (...labels) => randomStream(1, ...labels));
  assertEquals([few.couplings, few.rectangles, few.densities], [[], null, []]);
  assertStringIncludes(coupledPairsText(few), "too few pairs");
  assertEquals(verdictOf({ ...planted, data: few }, "small blob"), "not supported");
});
