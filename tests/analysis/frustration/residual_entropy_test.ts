import { assertAlmostEquals, assertLess, assertThrows } from "@std/assert";
import { groundStates } from "../../../analysis/frustration/ising.ts";
import {
  residualEntropy,
  signEntropy,
  stripEntropy,
  wannierEntropy,
} from "../../../analysis/frustration/residual_entropy.ts";

Deno.test("wannierEntropy() is Gieseking's constant over pi", () => {
  assertAlmostEquals(wannierEntropy(), 1.0149416064096536 / Math.PI, 1e-12);
});

Deno.test("stripEntropy() is the largest eigenvalue of the matrix of allowed rows", () => {
  // Width 3 written out: rows of three spins around, allowed where no triangle has three equal spins.
  const spin = (row: number, site: number) => (row >> (site % 3)) & 1;
  const equal = (a: number, b: number, c: number) => a === b && b === c;
  let vector = Array.from({ length: 8 }, () => 1);
  let growth = 0;
  for (let step = 0; step < 200; step++) {
    const next = vector.map((_, fresh) =>
      vector.reduce((sum, value, old) => {
        const allowed = [0, 1, 2].every((site) =>
          !equal(spin(old, site), spin(old, site + 1), spin(fresh, site)) &&
          !equal(spin(old, site + 1), spin(fresh, site), spin(fresh, site + 1))
        );
        return allowed ? sum + value : sum;
      }, 0)
    );
    growth = next.reduce((a, b) => a + b) / vector.reduce((a, b) => a + b);
    vector = next.map((value) => value / growth);
  }
  assertAlmostEquals(stripEntropy(3), Math.log(growth) / 3, 1e-9);
});

Deno.test("residualEntropy() extrapolates to Wannier's value, closer than any strip", () => {
  const { strips, extrapolated, exact } = residualEntropy();
  assertLess(Math.abs(extrapolated - exact), 1e-4);
  for (const { entropyPerSpin } of strips) assertLess(Math.abs(extrapolated - exact), Math.abs(entropyPerSpin - exact));
});

Deno.test("stripEntropy() lies below the entropy of the smallest torus and refuses too wide a strip", () => {
  assertLess(stripEntropy(3), Math.log(groundStates("triangularAntiferromagnet", 3).count) / 9);
  assertThrows(() => stripEntropy(21), RangeError, "2 to 20");
});

Deno.test("signEntropy() is largest where −1, 0 and 1 are equally likely", () => {
  assertAlmostEquals(signEntropy(2 / 3), Math.log(3), 1e-12);
  assertLess(signEntropy(0.6), Math.log(3));
  assertLess(signEntropy(0.7), Math.log(3));
});
