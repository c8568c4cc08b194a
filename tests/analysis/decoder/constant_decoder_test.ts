import { assertAlmostEquals, assertGreater } from "@std/assert";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import { constantDecoder } from "../../../analysis/decoder/constant_decoder.ts";
import { optimalDecoder } from "../../../analysis/decoder/optimal_decoder.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { heldOutLoss } from "../../../models/training/evaluation.ts";
import { randomStream } from "../../../models/random.ts";
import { signMatrix } from "../../../analysis/signs/sign_matrix.ts";

Deno.test("constantDecoder() finds the best multiple of S and its objective", async () => {
  const [features, hidden] = [48, 24];
  const config = parseConfig({ name: "small", model: { features, hidden }, training: { steps: 1 } }, "test");
  const signs = iidSigns({ features, hidden, edges: 150 }, randomStream(1));
  const encoder = Float32Array.from(signs.entries, (sign) => 1.6 * sign);
  const { amplitude, objective } = await constantDecoder(encoder, signs, config);
  const objectiveAt = async (b: number) => {
    const decoder = Float32Array.from(signs.entries, (sign) => b * sign);
    return (await heldOutLoss(config, { features, hidden, encoder, decoder }, { samples: 65536 })).objective;
  };
  const best = await objectiveAt(amplitude);
  assertAlmostEquals(best, objective, 0.02 * objective);
  assertGreater(await objectiveAt(0.9 * amplitude), best);
  assertGreater(await objectiveAt(1.1 * amplitude), best);
});

Deno.test("constantDecoder() knows the corner of each degree where neurons are not shared", async () => {
  // Feature 0 sits alone on neuron 0, feature 1 on neurons 1 and 2, and so on: all the theory leaves out is absent.
  const degrees = [1, 2, 3, 1, 2, 3];
  const features = degrees.length;
  const hidden = degrees.reduce((sum, degree) => sum + degree, 0);
  const config = parseConfig({
    name: "small",
    model: { features, hidden },
    task: { activeFeatures: 1, noiseVariance: 0 },
    training: { steps: 1 },
  }, "test");
  const entries = new Int8Array(features * hidden);
  let neuron = 0;
  degrees.forEach((degree, feature) => {
    for (let own = 0; own < degree; own++) entries[feature * hidden + neuron++] = own % 2 === 0 ? 1 : -1;
  });
  const signs = signMatrix(features, hidden, entries);
  const encoder = Float32Array.from(entries, (sign) => 1.3 * sign);
  const { amplitudeAtDegree } = await constantDecoder(encoder, signs, config);
  const { decoder } = await optimalDecoder({ features, hidden, encoder }, config);
  entries.forEach((sign, pair) => {
    const expected = sign * amplitudeAtDegree(degrees[Math.floor(pair / hidden)]);
    assertAlmostEquals(decoder[pair], expected, 0.005);
  });
});
