import { assertEquals, assertThrows } from "@std/assert";
import { activationIs, requireActivation } from "../../../models/network/activation_requirements.ts";
import { activations } from "../../../models/network/activations.ts";
import { serialize } from "../../../models/graph/serialize.ts";
import { input } from "../../../models/graph/tensor.ts";
import { runOnce } from "../../../models/runtime/session.ts";
import { UsageError } from "../../../models/errors.ts";

/** φ at some points. */
async function valuesOf(name: string, points: readonly number[]): Promise<number[]> {
  const z = input("z", "float32", [points.length]);
  const model = serialize({ name: "activation", inputs: { z }, outputs: { a: activations[name](z) } });
  const { a } = await runOnce(model, { z: { data: Float32Array.from(points), shape: [points.length] } }, {
    threads: 1,
  });
  return Array.from(a.data, Number);
}

for (const name of Object.keys(activations)) {
  Deno.test(`activationIs() tells whether ${name} is odd and smooth as its values do`, async () => {
    const points = [0.1, 0.7, 2];
    const [right, left] = [await valuesOf(name, points), await valuesOf(name, points.map((z) => -z))];
    assertEquals(activationIs("odd", name), right.every((value, index) => Math.abs(value + left[index]) < 1e-6));
    // At a kink the second difference falls like the step, elsewhere like its square.
    const step = 0.01;
    const [before, at, after] = await valuesOf(name, [-step, 0, step]);
    assertEquals(activationIs("smooth", name), Math.abs(after - 2 * at + before) < 0.1 * step);
  });
}

Deno.test("requireActivation() names what is missing and which activations have it", () => {
  requireActivation("smooth", "gelu", "the field");
  assertThrows(() => requireActivation("smooth", "relu", "the field"), UsageError, "known for smooth activations only");
  assertThrows(() => requireActivation("odd", "gelu", "the field"), UsageError, "(tanh-cubed, tanh)");
});
