import { assert, assertAlmostEquals, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { components } from "../../../analysis/signs/components.ts";
import { regularity } from "../../../analysis/signs/regularity.ts";
import { regularitySection } from "../../../analysis/signs/regularity_section.ts";
import { regularityVerdicts } from "../../../analysis/signs/regularity_verdicts.ts";
import { signMatrix } from "../../../analysis/signs/sign_matrix.ts";
import { hadamardSigns } from "../../../analysis/ground_state/hadamard_signs.ts";
import { findClusters, iidSigns, preset, randomStream } from "../../../mod.ts";

/** Eight Hadamard matrices of order two and sixteen features with a neuron each. */
function plantedSigns() {
  const blocks = hadamardSigns(16, 16, 2, randomStream(0, "blocks"));
  const entries = new Int8Array(32 * 32);
  for (let feature = 0; feature < 16; feature++) {
    entries.set(blocks.entries.subarray(16 * feature, 16 * feature + 16), 32 * feature);
    entries[32 * (16 + feature) + 16 + feature] = 1;
  }
  return signMatrix(32, 32, entries);
}

function weightsOf(signs: ReturnType<typeof plantedSigns>) {
  const { features, hidden, entries, featureDegrees } = signs;
  const random = randomStream(1, "weights");
  const value = (entry: number) => entries[entry] * (featureDegrees[Math.floor(entry / hidden)] === 2 ? 2 : 1.5);
  const encoder = Float32Array.from(entries, (_, entry) => value(entry) + 0.003 * random.normal());
  const decoder = Float32Array.from(entries, (sign) => 0.5 * sign + 0.003 * random.normal());
  return { features, hidden, encoder, decoder };
}

Deno.test("components() finds what hangs together, its degree and whether it is orthogonal", () => {
  // Two features on two neurons with signs that do not cancel; one that has no neuron.
  const signs = signMatrix(4, 4, Int8Array.of(1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1));
  assertEquals(components(signs), [
    { features: [0, 1], neurons: [0, 1], degree: null, orthogonal: false },
    { features: [2], neurons: [], degree: 0, orthogonal: true },
    { features: [3], neurons: [3], degree: 1, orthogonal: true },
  ]);
});

Deno.test("regularity() knows planted Hadamard blocks with their values from random graphs", () => {
  const signs = plantedSigns();
  const weights = weightsOf(signs);
  const centres = [-1, 0, 1, 1].map((sign) => ({ ...findClusters(weights).centres[0], sign: sign as -1 | 0 | 1 }));
  const found = regularity(weights, { centres }, signs, { draws: 20 })!;
  assertEquals(regularitySection.schema.parse(JSON.parse(JSON.stringify(found))), found);
  assertEquals(
    found.kinds.map(({ features, neurons, degree, orthogonal, count }) =>
      [features, neurons, degree, orthogonal, count].join()
    ),
    ["2,2,2,true,8", "1,1,1,true,16"],
  );
  assertAlmostEquals(found.kinds[0].encoder.mean, 2, 0.01);
  assertEquals([found.values, found.exactShare, found.sharedNeurons], [2, 1, 0.5]);
  assertEquals([found.orthogonal.iid.observed, found.cancelling.iid.observed, found.largest.iid.observed], [
    0.5,
    1,
    1 / 16,
  ]);
  assertLess(found.cancelling.fixedDegree.nullMean, 0.5);
  assertLess(found.orthogonal.fixedDegree.nullMean, 0.4);
  const [apart, , cancelling] = regularityVerdicts(found);
  assertEquals([apart.verdict, cancelling.verdict], ["open", "supported"]);
  assertStringIncludes(regularitySection.summarise(found, preset("quick")), "| 2 × 2 | 2 | yes | 8 |");
});

Deno.test("regularity() finds nothing in an iid S, and is null where nothing has frozen", () => {
  const signs = iidSigns({ features: 48, hidden: 24, edges: 200 }, randomStream(0, "iid"));
  const weights = weightsOf(signs);
  const found = regularity(weights, findClusters(weights), signs, { draws: 20 })!;
  const verdicts = regularityVerdicts(found).map(({ verdict }) => verdict);
  assertEquals([verdicts[0], verdicts[1], found.orthogonal.iid.p > 0.01], ["not supported", "not supported", true]);
  assert(Math.abs(found.cancelling.iid.z!) < 4);
  assertEquals(regularity(weights, { centres: [] }, signMatrix(48, 24, new Int8Array(48 * 24))), null);
});
