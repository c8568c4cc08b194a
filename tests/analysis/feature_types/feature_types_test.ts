import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess, assertStringIncludes } from "@std/assert";
import { featureGroups } from "../../../analysis/feature_types/feature_groups.ts";
import { betweenGroups, type FeatureTypesData } from "../../../analysis/feature_types/feature_types.ts";
import { featureTypesSection } from "../../../analysis/feature_types/feature_types_section.ts";
import type { Subject } from "../../../analysis/report/section.ts";
import { signMatrix } from "../../../analysis/signs/sign_matrix.ts";
import { type Config, parseConfig } from "../../../models/experiment/config.ts";
import { randomStream } from "../../../models/random.ts";
import { clusters } from "../../figures/planted_material.ts";

const [features, hidden] = [48, 24];

function experiment(task: Record<string, unknown>): Config {
  return parseConfig({ name: "types", model: { features, hidden }, task, training: { steps: 1 } }, "test");
}

const halves = experiment({ name: "typed", types: [{ name: "large", amplitude: 2 }, { importance: 3 }] });

/** Features of the first half on six neurons with weights ±(1, 0.1), the others on two with ±(1.8, 0.3). */
function planted(config: Config): Subject {
  const random = randomStream(4, "planted types");
  const [encoder, decoder] = [new Float32Array(features * hidden), new Float32Array(features * hidden)];
  const entries = new Int8Array(features * hidden);
  for (let feature = 0; feature < features; feature++) {
    const first = feature < features / 2;
    for (let turn = 0; turn < (first ? 6 : 2); turn++) {
      const pair = feature * hidden + (7 * feature + turn) % hidden;
      entries[pair] = random.uniform() < 0.5 ? -1 : 1;
      encoder[pair] = entries[pair] * ((first ? 1 : 1.8) + 0.03 * random.normal());
      decoder[pair] = entries[pair] * ((first ? 0.1 : 0.3) + 0.01 * random.normal());
    }
  }
  const weights = { features, hidden, encoder, decoder };
  return { config, weights, clusters, signs: signMatrix(features, hidden, entries), device: "cpu" };
}

Deno.test("featureGroups() puts a type together, and the ranks of a law by steps of their logarithm", () => {
  const task = { name: "typed", types: [{ share: 1 }, { share: 3, importance: { first: 2, exponent: 1 } }] };
  const config = experiment(task);
  if (config.task.name !== "typed") throw new TypeError("not typed");
  const groups = featureGroups(features, config.task);
  assertEquals(groups[0], {
    name: "type 1",
    type: 0,
    first: 0,
    features: 12,
    chance: 2 / 48,
    importance: 1,
    amplitude: 1,
    noiseVariance: 0.005,
  });
  assertEquals(groups[1].name, "type 2, ranks 1–1");
  assertEquals(groups.slice(2, 4).map(({ name }) => name), ["type 2, ranks 2–2", "type 2, ranks 3–5"]);
  assertAlmostEquals(groups[3].importance, (2 / 3 + 2 / 4 + 2 / 5) / 3, 1e-9);
  let next = 12;
  for (const { first, features } of groups.slice(1)) {
    assertEquals(first, next);
    next += features;
  }
  assertEquals(next, features);
});

Deno.test("betweenGroups() finds a difference that was planted, and none among degrees that are shuffled", () => {
  const groups = [{ first: 0, features: 24 }, { first: 24, features: 24 }];
  const random = randomStream(1, "degrees");
  const degrees = Int32Array.from({ length: 48 }, (_, i) => 3 + random.integer(4) + (i < 24 ? 2 : 0));
  const found = betweenGroups(groups, { featureDegrees: degrees }, randomStream(2, "null"));
  assertLess(found.p, 1e-3);
  const same = Int32Array.from({ length: 48 }, () => 3 + random.integer(4));
  const none = betweenGroups(groups, { featureDegrees: same }, randomStream(2, "null"));
  assertGreater(none.p, 0.05);
  // Under the null η² is Beta(½, 23), of mean 1/47.
  assertAlmostEquals(none.nullMean, 1 / 47, 0.004);
});

Deno.test("the section measures what was planted, and says so", async () => {
  const data = await featureTypesSection.analyse(planted(halves));
  assert(data !== null);
  const [large, other] = data.groups;
  assertEquals([large.name, other.name], ["large", "type 2"]);
  assertEquals([large.neuronsPerFeature.value, other.neuronsPerFeature.value], [6, 2]);
  assertAlmostEquals(large.encoder!.mean, 1, 0.01);
  assertAlmostEquals(other.decoder!.mean, 0.3, 0.01);
  assertEquals(data.cornerScales, 2);
  assertLess(data.betweenGroups.p, 1e-6);
  assertAlmostEquals(large.predicted!.degree + other.predicted!.degree, 8, 1e-9);
  assertLess(data.theory!.cheapest, data.theory!.equal);
  assertEquals(featureTypesSection.schema.parse(JSON.parse(JSON.stringify(data))), data);
  assertStringIncludes(featureTypesSection.summarise(data, halves), "| large | 24 | 1 | 0.0417 | 2 | 0.005 |");
  const [byType, , oneScale] = featureTypesSection.verdicts!(data, halves);
  assertEquals([byType.verdict, oneScale.verdict], ["supported", "not supported"]);
});

Deno.test("the section counts what the output misses where features of a group are on", async () => {
  // Feature 0 has a neuron of its own and is put out whole; the others are not put out at all.
  const subject = planted(experiment({ name: "typed", types: [{ share: 1, noiseVariance: 0 }, { share: 47 }] }));
  const weights = { ...subject.weights, encoder: new Float32Array(1152), decoder: new Float32Array(1152) };
  weights.encoder[0] = 1;
  weights.decoder[0] = 1 / Math.tanh(1) ** 3;
  const data = await featureTypesSection.analyse({ ...subject, weights });
  assertAlmostEquals(data!.groups[0].missed.value, 0, 1e-6);
  assertAlmostEquals(data!.groups[1].missed.value, 1, 1e-6);
});

Deno.test("the section warns of a scale that S lacks", async () => {
  const subject = planted(halves);
  const [lower, ...others] = clusters.centres;
  const between = { ...subject.clusters, centres: [{ ...lower, encoder: -0.6, sign: 0 as const }, ...others] };
  const data = await featureTypesSection.analyse({ ...subject, clusters: between });
  assertEquals(data!.scaleBelowThreshold, 0.6);
  assertStringIncludes(featureTypesSection.warnings!(data, halves)[0], "A cluster at |E| = 0.6 lies below");
  assertEquals(featureTypesSection.warnings!(await featureTypesSection.analyse(subject), halves), []);
});

Deno.test("the verdict on the theory follows the prediction", async () => {
  const data = await featureTypesSection.analyse(planted(halves)) as FeatureTypesData;
  const verdictWith = (degrees: readonly number[]) => {
    const groups = data.groups.map((group, index) => ({ ...group, predicted: { degree: degrees[index], weight: 1 } }));
    return featureTypesSection.verdicts!({ ...data, groups }, halves)[1].verdict;
  };
  assertEquals([verdictWith([6.5, 1.85]), verdictWith([6.7, 2])], ["supported", "not supported"]);
});

Deno.test("the section is silent of other tasks, and says where nothing has frozen", async () => {
  const subject = planted(experiment({}));
  assertEquals(await featureTypesSection.analyse(subject), null);
  assertEquals(featureTypesSection.summarise(null, subject.config), "");
  const frozen = { ...planted(halves), signs: signMatrix(features, hidden, new Int8Array(features * hidden)) };
  assertEquals(await featureTypesSection.analyse(frozen), null);
  assertStringIncludes(featureTypesSection.summarise(null, halves), "Nothing has frozen");
});
