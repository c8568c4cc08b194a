import { assert, assertEquals, assertThrows } from "@std/assert";
import { hadamardSigns } from "../../../analysis/ground_state/hadamard_signs.ts";
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
