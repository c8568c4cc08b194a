import { assertAlmostEquals, assertEquals } from "@std/assert";
import { activations } from "../../../models/network/activations.ts";
import { serialize } from "../../../models/graph/serialize.ts";
import { input } from "../../../models/graph/tensor.ts";
import { runOnce } from "../../../models/runtime/session.ts";

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

for (const name of Object.keys(activations)) {
  Deno.test(`activations["${name}"] has the values of its formula`, async () => {
    const z = input("z", "float32", [points.length]);
    const model = serialize({ name: "activation", inputs: { z }, outputs: { a: activations[name](z) } });
    const values = { z: { data: Float32Array.from(points), shape: [points.length] } };
    const { a } = await runOnce(model, values, { threads: 1 });
    points.forEach((point, place) => {
      const value = expected[name](Math.fround(point));
      assertAlmostEquals(Number(a.data[place]), value, 1e-6 * Math.max(1, Math.abs(value)));
    });
    assertEquals(Number(a.data[points.indexOf(0)]), 0);
  });
}
