import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { parseConfig } from "../../../models/experiment/config.ts";
import { forward } from "../../../models/network/forward.ts";
import { normals } from "../../finite_differences.ts";

const [features, hidden, rows] = [5, 3, 4];
const config = parseConfig({ name: "tiny", model: { features, hidden }, training: { steps: 1 } }, "test");
const values = (label: string, size: number) => Float32Array.from(normals([size], label).data);
const weights = { encoder: values("encoder", features * hidden), decoder: values("decoder", features * hidden) };
const x = values("x", rows * features);

Deno.test("forward() gives tanh³(E x) and D tanh³(E x), row by row", async () => {
  const { hidden: a, output: y, ...others } = await forward(config, weights, x);
  assertEquals([a.length, y.length, Object.keys(others)], [rows * hidden, rows * features, []]);
  for (let row = 0; row < rows; row++) {
    const expected = Array.from({ length: hidden }, (_, j) => {
      let z = 0;
      for (let i = 0; i < features; i++) z += weights.encoder[i * hidden + j] * x[row * features + i];
      return Math.tanh(z) ** 3;
    });
    expected.forEach((value, j) => assertAlmostEquals(a[row * hidden + j], value, 1e-6));
    for (let i = 0; i < features; i++) {
      const sum = expected.reduce((sum, value, j) => sum + weights.decoder[i * hidden + j] * value, 0);
      assertAlmostEquals(y[row * features + i], sum, 1e-5);
    }
  }
});

Deno.test("forward() refuses inputs and weights that do not fit, with their sizes", async () => {
  const { encoder, decoder } = weights;
  for (const length of [0, features + 1]) {
    const message = `x must hold rows of 5 numbers each, got ${length} numbers.`;
    await assertRejects(() => forward(config, weights, new Float32Array(length)), RangeError, message);
  }
  const short = { encoder, decoder: decoder.subarray(1) };
  await assertRejects(() => forward(config, short, x), RangeError, "decoder must hold [5 × 3] numbers, got 14.");
  await assertRejects(() => forward(config, { encoder }, x), RangeError, "decoder must hold [5 × 3] numbers, got 0.");
});
