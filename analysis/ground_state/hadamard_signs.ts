/** An S whose features are orthogonal where they share most: blocks of neurons that carry Hadamard matrices. */
import { UsageError } from "../../models/errors.ts";
import { type RandomStream, shuffle } from "../../models/random.ts";
import { type SignMatrix, signMatrix } from "../signs/sign_matrix.ts";

/**
 * Cuts the neurons, in random order, into blocks of r and gives each block r features, with the signs of Sylvester's
 * Hadamard matrix; after h features all neurons are used, and the next h features get other blocks.
 *
 * Features of one block sit on the same r neurons and have overlap 0; those of different rounds share r²/h neurons on
 * average. After whole rounds S Sᵀ = r·(d/h)·I: the columns of S are a tight frame, and Σ w² over pairs of features is the
 * least that there is (Welch, IEEE Trans. Inf. Theory 20, 1974). Every feature has degree r, every neuron r·d/h.
 *
 * @param features d
 * @param hidden h
 * @param degree r, a power of two that divides h
 * @param random the orders of the neurons, and a sign for each feature
 * @throws {UsageError} if r is no power of two that divides h
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream } from "../../models/random.ts";
 * import { hadamardSigns } from "./hadamard_signs.ts";
 * const { entries } = hadamardSigns(4, 4, 4, randomStream(0, "example"));
 * const overlap = (a: number, b: number) => [0, 1, 2, 3].reduce((sum, j) => sum + entries[4 * a + j] * entries[4 * b + j], 0);
 * assertEquals([overlap(0, 0), overlap(0, 1), overlap(2, 3)], [4, 0, 0]);
 * ```
 */
export function hadamardSigns(features: number, hidden: number, degree: number, random: RandomStream): SignMatrix {
  if (!isHadamardDegree(hidden, degree)) {
    throw new UsageError(`Hadamard blocks need a power of two that divides ${hidden} neurons, got ${degree}.`);
  }
  const entries = new Int8Array(features * hidden);
  let order: number[] = [];
  for (let feature = 0; feature < features; feature++) {
    const row = feature % hidden;
    if (row === 0) order = shuffle(Array.from({ length: hidden }, (_, neuron) => neuron), random);
    const block = Math.floor(row / degree) * degree;
    const sign = random.uniform() < 0.5 ? -1 : 1;
    for (let place = 0; place < degree; place++) {
      entries[feature * hidden + order[block + place]] = sign * sylvester(row % degree, place);
    }
  }
  return signMatrix(features, hidden, entries);
}

/** Whether there are Hadamard blocks of that many neurons. */
export function isHadamardDegree(hidden: number, degree: number): boolean {
  return Number.isInteger(Math.log2(degree)) && hidden % degree === 0;
}

/** An entry of Sylvester's Hadamard matrix: the parity of the bits that two indices have in common. */
function sylvester(row: number, column: number): number {
  let sign = 1;
  for (let common = row & column; common !== 0; common &= common - 1) sign = -sign;
  return sign;
}
