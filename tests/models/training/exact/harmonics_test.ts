import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { cosinesOfSquare, sinesOf } from "../../../../models/training/exact/harmonics.ts";

const cubed = (z: number) => Math.tanh(z) ** 3;

Deno.test("sinesOf() and cosinesOfSquare() are the activation and its square, beyond the fold too", () => {
  for (const value of [Math.tanh, cubed]) {
    const [sines, cosines] = [sinesOf(value, 5, 1e-7), cosinesOfSquare(value, 5, 1e-7)];
    for (const z of [0, 0.3, 1.1, 2.4, 4, 5.5]) {
      const sum = sines.frequencies.reduce((sum, w, m) => sum + sines.amplitudes[m] * Math.sin(w * z), 0);
      assertAlmostEquals(sum, value(z), 2e-3 * Math.exp(z - 5));
      const square = cosines.frequencies.reduce((sum, w, m) => sum + cosines.amplitudes[m] * Math.cos(w * z), 0);
      assertAlmostEquals(square, value(z) ** 2, 4e-3 * Math.exp(z - 5));
    }
  }
});

Deno.test("sinesOf() leaves out what is small", () => {
  const [few, many] = [sinesOf(cubed, 4, 1e-2), sinesOf(cubed, 4, 1e-6)];
  assertLess(few.frequencies.length, many.frequencies.length);
  assertEquals(few.amplitudes, many.amplitudes.slice(0, few.amplitudes.length));
  for (const b of many.amplitudes.slice(few.amplitudes.length)) assertLess(Math.abs(b), 1e-2);
});
