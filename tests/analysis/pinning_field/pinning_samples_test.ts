import { assertAlmostEquals, assertEquals } from "@std/assert";
import { innerProduct } from "../../../analysis/derivatives/weight_vector.ts";
import { pinningSamples } from "../../../analysis/pinning_field/pinning_samples.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { randomStream } from "../../../models/random.ts";

const config = parseConfig({ name: "tiny", model: { features: 12, hidden: 8 }, training: { steps: 1 } }, "test");
const { normal } = randomStream(4);
const at = {
  encoder: Float32Array.from({ length: 96 }, () => 0.8 * normal()),
  decoder: Float32Array.from({ length: 96 }, () => 0.3 * normal()),
};

Deno.test("pinningSamples() gives the same exact field to both halves, which is what samples tend to", async () => {
  const sampling = { samples: 1 << 14, hessianSamples: 1 << 10, seed: 1, device: "cpu" } as const;
  const exact = pinningSamples(config, { ...sampling, exactGradients: "field" });
  const drawn = pinningSamples(config, { ...sampling, exactGradients: "nowhere" });
  const [one, other] = [await exact.fieldPart(at, 1 << 14, 0), await exact.fieldPart(at, 1 << 14, 1)];
  assertEquals(one.gradient, other.gradient);
  assertEquals(one.samples + other.samples, 66);
  const { gradient } = await drawn.fieldPart(at, 1 << 14, 0);
  const cosine = innerProduct(gradient, one.gradient) /
    Math.sqrt(innerProduct(gradient, gradient) * innerProduct(one.gradient, one.gradient));
  assertAlmostEquals(cosine, 1, 1e-3);
  // Only the field is exact: steps are drawn in either case, the same ones.
  assertEquals(await exact.atStep(at, 1), await drawn.atStep(at, 1));
});
