import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import {
  betterCandidate,
  type IdealCandidate,
  idealCandidates,
} from "../../../analysis/displacements/ideal_candidates.ts";
import { classCentres, displacementsWithin } from "../../../analysis/displacements/ideal_configuration.ts";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import type { SampledGradient } from "../../../analysis/derivatives/sampled_gradient.ts";
import { addScaled, scaled, type WeightVector } from "../../../analysis/derivatives/weight_vector.ts";
import type { Agreement } from "../../../analysis/statistics/agreement.ts";
import { randomStream } from "../../../models/random.ts";

const [features, hidden] = [120, 30];
const signs = iidSigns({ features, hidden, edges: 480 }, randomStream(71));

function draw(spread: number, seed: number): WeightVector {
  const { normal } = randomStream(72, "draw", seed);
  const values = () => Float32Array.from(signs.entries, () => spread * normal());
  return { encoder: values(), decoder: values() };
}

/** Learned weights about ±2, and candidates whose force and decoder are what a function makes of the encoder. */
async function candidates(answer: (learned: WeightVector, isShuffled: boolean) => WeightVector) {
  const corners = Float32Array.from(signs.entries, (sign) => 2 * sign);
  const weights = { features, hidden, ...addScaled({ encoder: corners, decoder: corners }, 1, draw(0.1, 1)) };
  const learned = displacementsWithin(weights, signs);
  const isShuffled = (encoder: Float32Array) => encoder.some((value, pair) => value !== 0 && signs.entries[pair] === 0);
  const { classes, encoder } = classCentres(weights, signs);
  return await idealCandidates({
    weights,
    signs,
    classes,
    ideal: { encoder, decoder: answer(learned, false).decoder },
    learned,
    bestDecoder: (encoder) => Promise.resolve(answer(learned, isShuffled(encoder)).decoder),
    gradientAt: ({ encoder }) =>
      Promise.resolve(
        { objective: 1, gradient: scaled(-1, answer(learned, isShuffled(encoder))) } as unknown as SampledGradient,
      ),
    seed: 1,
  });
}

Deno.test("idealCandidates() finds what S predicts and leaves nothing to a shuffled S", async () => {
  const noise = draw(0.1, 2);
  const found = await candidates((learned, isShuffled) => isShuffled ? noise : addScaled(learned, 0.75, noise));
  assertEquals(found.map(({ name }) => name), ["class centres", "one amplitude", "shuffled S"]);
  const [classes, rounded, shuffled] = found.map(({ agreement }) => agreement);
  for (const matrix of ["encoder", "decoder"] as const) {
    for (const region of ["centre", "corner"] as const) {
      assertAlmostEquals(classes[matrix][region].correlation, 0.8, 0.06);
      assertEquals(classes[matrix][region], rounded[matrix][region]);
      assertAlmostEquals(shuffled[matrix][region].correlation, 0, 4 / Math.sqrt(shuffled[matrix][region].pairs));
    }
  }
});

Deno.test("idealCandidates() would see a leak of the learned weights into the control", async () => {
  const [, , { agreement }] = await candidates((learned) => learned);
  for (const matrix of ["encoder", "decoder"] as const) assertGreater(agreement[matrix].centre.correlation, 0.99);
});

Deno.test("betterCandidate() names one only where all clusters agree", () => {
  const candidate = (name: IdealCandidate["name"], correlations: readonly number[]): IdealCandidate => {
    const [a, b, c, d] = correlations.map((correlation) => ({ correlation }) as Agreement);
    return { name, objective: 1, agreement: { encoder: { centre: a, corner: b }, decoder: { centre: c, corner: d } } };
  };
  const compare = (classes: readonly number[], rounded: readonly number[]) =>
    betterCandidate([candidate("one amplitude", rounded), candidate("class centres", classes)]);
  assertEquals(compare([0.5, 0.5, 0.5, 0.5], [0.25, 0, 0.25, 0.25]), { name: "class centres", difference: 0.5 });
  assertEquals(compare([0.5, 0.5, 0.5, 0.5], [0.75, 0.75, 0.75, 0.75]), { name: "one amplitude", difference: 0.25 });
  assertEquals(compare([0.5, 0.5, 0.5, 0.5], [0.25, 0.75, 0.25, 0.5]), { name: null, difference: 0.25 });
});
