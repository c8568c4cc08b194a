import { assertAlmostEquals, assertEquals } from "@std/assert";
import { hyperbolicTangent } from "../../../models/network/activations/tanh.ts";
import { corruptedInput } from "../../../models/data/batch.ts";
import { activationsOf, activationsOfBatch, decode } from "../../../models/network/denoiser.ts";
import { serialize } from "../../../models/graph/serialize.ts";
import { constant } from "../../../models/graph/tensor.ts";
import { runOnce } from "../../../models/runtime/session.ts";
import { normals } from "../../finite_differences.ts";

const [features, hidden] = [5, 3];
const supports = [[0, 4], [1, 2], [3, 0], [2, 4], [1, 0], [3, 2]];
const vectors = 3;
const weights = { encoder: normals([features, hidden], "encoder"), decoder: normals([features, hidden], "decoder") };
const noise = normals([vectors, features], "noise");

Deno.test("activationsOf(), activationsOfBatch() and decode() are D φ(E x), summed up as in the textbook", async () => {
  const tensor = ({ data, shape }: typeof noise) => constant(data, shape);
  const [encoder, decoder] = [tensor(weights.encoder), tensor(weights.decoder)];
  const batch = { support: constant(BigInt64Array.from(supports.flat(), BigInt), [6, 2]), noise: tensor(noise) };
  const a = activationsOf(encoder, corruptedInput(batch), hyperbolicTangent);
  const outputs = { a, fromBatch: activationsOfBatch(encoder, batch, hyperbolicTangent), y: decode(decoder, a) };
  const found = await runOnce(serialize({ name: "denoiser", inputs: {}, outputs }), {}, { threads: 1 });
  assertEquals([found.a.shape, found.y.shape], [[6, hidden], [6, features]]);
  supports.forEach((support, b) => {
    const x = Array.from(
      { length: features },
      (_, i) => noise.data[(b % vectors) * features + i] + (support.includes(i) ? 1 : 0),
    );
    const expected = Array.from(
      { length: hidden },
      (_, j) => Math.tanh(x.reduce((sum, value, i) => sum + value * weights.encoder.data[i * hidden + j], 0)),
    );
    expected.forEach((value, j) => {
      assertAlmostEquals(Number(found.a.data[b * hidden + j]), value, 1e-14);
      assertAlmostEquals(Number(found.fromBatch.data[b * hidden + j]), value, 1e-14);
    });
    for (let i = 0; i < features; i++) {
      const y = expected.reduce((sum, value, j) => sum + value * weights.decoder.data[i * hidden + j], 0);
      assertAlmostEquals(Number(found.y.data[b * features + i]), y, 1e-14);
    }
  });
});
