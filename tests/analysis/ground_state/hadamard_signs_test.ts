import { assert, assertEquals, assertThrows } from "@std/assert";
import { hadamardSigns } from "../../../analysis/ground_state/hadamard_signs.ts";
import { signCandidates } from "../../../analysis/ground_state/sign_candidates.ts";
import { UsageError } from "../../../models/errors.ts";
import { randomStream } from "../../../models/random.ts";

Deno.test("hadamardSigns() after whole rounds is a tight frame with level degrees", () => {
  const [features, hidden, degree] = [48, 16, 4];
  const { entries, featureDegrees, neuronDegrees } = hadamardSigns(features, hidden, degree, randomStream(0, "frame"));
  assert(featureDegrees.every((value) => value === degree) && neuronDegrees.every((value) => value === 12));
  for (let j = 0; j < hidden; j++) {
    for (let l = 0; l < hidden; l++) {
      let sum = 0;
      for (let feature = 0; feature < features; feature++) {
        sum += entries[feature * hidden + j] * entries[feature * hidden + l];
      }
      assertEquals(sum, j === l ? 12 : 0);
    }
  }
});

Deno.test("hadamardSigns() refuses degrees that it has no matrix or no blocks for", () => {
  for (const degree of [3, 6, 32]) {
    assertThrows(() => hadamardSigns(16, 16, degree, randomStream(0, "x")), UsageError, "power of two");
  }
});

Deno.test("signCandidates() have as many nonzeros as the learned S, Hadamard blocks the nearest power of two a feature", () => {
  const learned = hadamardSigns(32, 16, 8, randomStream(1, "learned"));
  const candidates = signCandidates(learned, 0);
  assertEquals([...candidates].map(([kind, { edges }]) => [kind, edges]), [
    ["learned", 256],
    ["random", 256],
    ["regular", 256],
    ["hadamard", 256],
  ]);
  assertEquals([...signCandidates(hadamardSigns(30, 10, 2, randomStream(1, "ten")), 0).keys()].length, 4);
});
