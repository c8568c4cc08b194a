import { assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { blockNeurons, partnersOf } from "../../../analysis/feature_types/block_neurons.ts";
import { signMatrix } from "../../../analysis/signs/sign_matrix.ts";
import { randomStream } from "../../../models/random.ts";

Deno.test("partnersOf() counts the other features of the block on each neuron", () => {
  // Features 0 and 2 are a block, 1 and 3 the other; neuron 0 serves 0, 1 and 2, neuron 1 serves 3.
  const signs = signMatrix(4, 2, Int8Array.of(1, 0, -1, 0, 1, 0, 0, 1));
  assertEquals(partnersOf(signs, (feature) => feature % 2), [1, 0, 1, 0]);
});

/** 12 neurons, of which each serves six features: those of one block, or any. */
function drawn(together: boolean) {
  const [features, hidden, blocks] = [48, 12, 8];
  const { integer } = randomStream(3, "blocks", String(together));
  const entries = new Int8Array(features * hidden);
  const encoder = new Float32Array(features * hidden);
  for (let neuron = 0; neuron < hidden; neuron++) {
    for (let turn = 0; turn < 6; turn++) {
      const pair = (together ? neuron % blocks + blocks * turn : integer(features)) * hidden + neuron;
      entries[pair] = 1;
      encoder[pair] = together ? -1 : 1.8;
    }
  }
  return blockNeurons(encoder, signMatrix(features, hidden, entries), blocks, randomStream(4, "null"));
}

Deno.test("blockNeurons() finds neurons of whole blocks, and none among neurons of any features", () => {
  const planted = drawn(true);
  assertEquals(planted.partners.observed, 5);
  assertLess(planted.partners.p, 1e-6);
  // Five others on the neuron, each of the block with chance 5/47.
  assertAlmostEquals(planted.partners.nullMean, 25 / 47, 0.05);
  assertEquals(planted.byPartners, [{ partners: 5, pairs: 72, encoder: { mean: 1, spread: 0 } }]);
  assertGreater(drawn(false).partners.p, 0.01);
});
