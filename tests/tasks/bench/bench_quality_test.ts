import { assertAlmostEquals, assertEquals } from "@std/assert";
import { encoderStructure, type Quality, reaches } from "../../../tasks/bench/bench_quality.ts";

Deno.test("encoderStructure() counts corners, their spread and the weights that have not decided", () => {
  // Two corner weights of feature 0, one of feature 1, none of feature 2; 0.9 and 0.6 lie between 0.5 and 1.5.
  const encoder = Float32Array.of(2.2, -1.8, 0.1, 0.6, 2.0, -0.1, 0.2, 0.9, 0, 0, -0.2, 0.3);
  const structure = encoderStructure({ features: 3, hidden: 4, encoder, decoder: new Float32Array(12) });
  assertAlmostEquals(structure.amplitude, 2, 1e-6);
  assertAlmostEquals(structure.spread, Math.sqrt(0.08 / 3) / 2, 1e-6);
  assertAlmostEquals(structure.neuronsPerFeature, 1, 1e-6);
  assertEquals(structure.featureDegrees, [1, 1, 1]);
  assertAlmostEquals(structure.undecided, 2 / 3, 1e-6);
});

Deno.test("encoderStructure() finds the corners also where one weight lies far out", () => {
  const encoder = new Float32Array(100).fill(1);
  encoder[0] = 1.9;
  const { neuronsPerFeature, undecided } = encoderStructure({
    features: 10,
    hidden: 10,
    encoder,
    decoder: new Float32Array(100),
  });
  assertEquals([neuronsPerFeature, undecided], [10, 0]);
});

Deno.test("reaches() asks the medians for both the objective and the structure", () => {
  const quality = (objective: number, undecided: number) => ({ objective, undecided }) as Quality;
  const goal = { objective: 7, undecided: 0.1 };
  assertEquals(reaches([quality(6.9, 0.05), quality(6.8, 0.09), quality(9, 0.5)], goal), true);
  assertEquals(reaches([quality(7.1, 0), quality(7.1, 0), quality(1, 0)], goal), false);
  assertEquals(reaches([quality(6, 0.11)], goal), false);
  assertEquals(reaches([quality(6, 0), quality(6, 0), quality(NaN, NaN)], goal), false);
});
