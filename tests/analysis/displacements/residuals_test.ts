import { assert, assertEquals } from "@std/assert";
import { zeroVector } from "../../../analysis/derivatives/weight_vector.ts";
import { residualShapes } from "../../../analysis/displacements/residuals.ts";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import { signMatrix } from "../../../analysis/signs/sign_matrix.ts";
import { randomStream } from "../../../models/random.ts";

Deno.test("residualShapes() tells a few weights that have not frozen from a centre that is Gaussian", () => {
  const signs = iidSigns({ features: 120, hidden: 40, edges: 400 }, randomStream(1));
  const { normal } = randomStream(2);
  const weights = zeroVector(signs.entries.length);
  signs.entries.forEach((sign, pair) => {
    weights.encoder[pair] = 2 * sign + 0.05 * normal();
    weights.decoder[pair] = 2 * sign + 0.05 * normal();
  });
  const moving = [...signs.entries.keys()].filter((pair) => signs.entries[pair] === 0).slice(0, 20);
  for (const pair of moving) weights.encoder[pair] = weights.decoder[pair] = 0.9;
  const shapes = residualShapes(weights, signs)!;
  for (const matrix of ["encoder", "decoder"]) {
    const [whole, frozen] = [shapes[`${matrix}, centre`], shapes[`${matrix}, centre, frozen`]];
    assertEquals(whole.count - frozen.count, moving.length);
    assert(whole.excessKurtosis > 50, `${whole.excessKurtosis}`);
    assert(Math.abs(frozen.excessKurtosis) < 4 * frozen.excessKurtosisError, `${frozen.excessKurtosis}`);
  }
});

Deno.test("residualShapes() is null where nothing has frozen", () => {
  assertEquals(residualShapes(zeroVector(6), signMatrix(3, 2, new Int8Array(6))), null);
});
