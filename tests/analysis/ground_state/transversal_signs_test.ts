import { assert, assertEquals, assertThrows } from "@std/assert";
import { transversalSigns } from "../../../analysis/ground_state/transversal_signs.ts";
import { UsageError } from "../../../models/errors.ts";
import { randomStream } from "../../../models/random.ts";

for (const [features, hidden, degree] of [[64, 40, 5], [64, 64, 4], [256, 128, 8], [32, 40, 5]]) {
  Deno.test(`transversalSigns() of ${features} features on ${degree} of ${hidden} neurons has level degrees and no 4-cycle`, () => {
    const { entries, featureDegrees, neuronDegrees } = transversalSigns(features, hidden, degree, randomStream(0, "t"));
    assert(featureDegrees.every((value) => value === degree));
    assert(neuronDegrees.every((value) => value === features * degree / hidden));
    for (let a = 0; a < features; a++) {
      for (let b = 0; b < a; b++) {
        let shared = 0;
        for (let j = 0; j < hidden; j++) shared += Math.abs(entries[a * hidden + j] * entries[b * hidden + j]);
        assert(shared <= 1, `features ${a} and ${b} share ${shared}`);
      }
    }
  });
}

Deno.test("transversalSigns() refuses what no plane over a power of two has", () => {
  // Five groups of three neurons; more groups than a group has neurons; more features than points.
  for (const [features, hidden, degree] of [[9, 15, 5], [16, 32, 8], [65, 40, 5]]) {
    assertThrows(
      () => transversalSigns(features, hidden, degree, randomStream(0, "t")),
      UsageError,
      "no transversal design",
    );
  }
  assertEquals(transversalSigns(16, 8, 2, randomStream(0, "t")).edges, 32);
});
