import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Activation } from "../../../../models/network/activations/activation.ts";
import { activations } from "../../../../models/network/activations/activations.ts";
import { serialize } from "../../../../models/graph/serialize.ts";
import { input } from "../../../../models/graph/tensor.ts";
import { runOnce } from "../../../../models/runtime/session.ts";

const points = [-30, -3, -1, -0.5, -1e-3, 0, 1e-3, 0.5, 1, 3, 30];

/** φ as written down by mathematicians; GeLU by its values at the points, from tables of the normal distribution. */
const expected: Readonly<Record<string, (z: number) => number>> = {
  "tanh-cubed": (z) => Math.tanh(z) ** 3,
  tanh: Math.tanh,
  relu: (z) => Math.max(z, 0),
  gelu: (z) => z * normalDistribution(z),
};

/** Φ(z) from the integral of the density, by Simpson's rule. */
function normalDistribution(z: number): number {
  const intervals = 2000;
  const width = z / intervals;
  let sum = 0;
  for (let place = 0; place <= intervals; place++) {
    const weight = place === 0 || place === intervals ? 1 : place % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-((place * width) ** 2) / 2);
  }
  return 0.5 + sum * width / 3 / Math.sqrt(2 * Math.PI);
}

for (const name of activations.names()) {
  const activation = activations.get(name);
  Deno.test(`activations.get("${name}") has the values of its formula`, async () => {
    const z = input("z", "float32", [points.length]);
    const model = serialize({ name: "activation", inputs: { z }, outputs: { a: activation.apply(z) } });
    const values = { z: { data: Float32Array.from(points), shape: [points.length] } };
    const { a } = await runOnce(model, values, { threads: 1 });
    points.forEach((point, place) => {
      const value = expected[name](Math.fround(point));
      if (activation.value !== undefined) assertAlmostEquals(activation.value(point), expected[name](point), 1e-15);
      if (activation.odd) assertAlmostEquals(expected[name](-point), -expected[name](point), 1e-15);
      assertAlmostEquals(Number(a.data[place]), value, 1e-6 * Math.max(1, Math.abs(value)));
    });
    assertEquals(Number(a.data[points.indexOf(0)]), 0);
  });
}

/** φ at some points, as the graph computes it. */
async function valuesAt({ apply }: Activation, points: readonly number[]): Promise<number[]> {
  const z = input("z", "float32", [points.length]);
  const model = serialize({ name: "activation", inputs: { z }, outputs: { a: apply(z) } });
  const { a } = await runOnce(model, { z: { data: Float32Array.from(points), shape: [points.length] } }, {
    threads: 1,
  });
  return Array.from(a.data, Number);
}

for (const name of activations.names()) {
  Deno.test(`activations.get("${name}") is odd and smooth where it says so, by its values`, async () => {
    const activation = activations.get(name);
    const points = [0.1, 0.7, 2];
    const [right, left] = [await valuesAt(activation, points), await valuesAt(activation, points.map((z) => -z))];
    assertEquals(activation.odd, right.every((value, index) => Math.abs(value + left[index]) < 1e-6));
    // At a kink the second difference falls like the step, elsewhere like its square.
    const step = 0.01;
    const [before, at, after] = await valuesAt(activation, [-step, 0, step]);
    assertEquals(activation.smooth, Math.abs(after - 2 * at + before) < 0.1 * step);
  });
}
