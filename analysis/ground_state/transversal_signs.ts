/** An S in which no two features share two neurons: a transversal design, from the lines of an affine plane. */
import { UsageError } from "../../models/errors.ts";
import type { RandomStream } from "../../models/random.ts";
import { type SignMatrix, signMatrix } from "../signs/sign_matrix.ts";

/**
 * Neurons in r groups of q = h/r, a feature on one neuron of each group, and no two features together on two neurons.
 *
 * Feature (x, y) of the plane over the field of q elements sits on neuron y + g·x of group g: two features agree in one group
 * at most, as two points have one line in common. There are q² features; where fewer are asked for, all y of the first x
 * are taken, so that neurons stay level where q divides d. Signs are fair coins: without 4-cycles no flip can help.
 *
 * @param features d ≤ q²
 * @param hidden h
 * @param degree r ≤ q; h/r must be a power of two, for whose field the arithmetic is here
 * @param random the signs
 * @throws {UsageError} if there is no such design
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream } from "../../models/random.ts";
 * import { transversalSigns } from "./transversal_signs.ts";
 * const { featureDegrees, neuronDegrees } = transversalSigns(16, 12, 3, randomStream(0, "example"));
 * assertEquals([...new Set([...featureDegrees, ...neuronDegrees])], [3, 4]);
 * ```
 */
export function transversalSigns(features: number, hidden: number, degree: number, random: RandomStream): SignMatrix {
  if (!isTransversalDegree(features, hidden, degree)) {
    throw new UsageError(
      `There is no transversal design of ${features} features on ${degree} of ${hidden} neurons each over a power of two.`,
    );
  }
  const order = hidden / degree;
  const times = fieldProduct(order);
  const entries = new Int8Array(features * hidden);
  for (let feature = 0; feature < features; feature++) {
    const [x, y] = [Math.floor(feature / order), feature % order];
    for (let group = 0; group < degree; group++) {
      // Addition in a field of characteristic two is XOR.
      const neuron = group * order + (y ^ times(group, x));
      entries[feature * hidden + neuron] = random.uniform() < 0.5 ? -1 : 1;
    }
  }
  return signMatrix(features, hidden, entries);
}

/** Whether there is a design over a power of two. */
export function isTransversalDegree(features: number, hidden: number, degree: number): boolean {
  const order = hidden / degree;
  return order >= 2 && Number.isInteger(Math.log2(order)) && degree <= order && features <= order ** 2;
}

/** The product of two polynomials over {0, 1}, as bits. */
function polynomialProduct(a: number, b: number): number {
  let product = 0;
  for (let shift = 0; b >> shift > 0; shift++) if ((b >> shift & 1) === 1) product ^= a << shift;
  return product;
}

/** The product in the field of 2^m elements: that of polynomials, modulo one of degree m that has no factors. */
function fieldProduct(order: number): (a: number, b: number) => number {
  const size = Math.log2(order);
  const composite = new Set<number>();
  for (let a = 2; a < order; a++) for (let b = a; b < order; b++) composite.add(polynomialProduct(a, b));
  let modulus = order;
  while (composite.has(modulus)) modulus++;
  return (a, b) => {
    let product = polynomialProduct(a, b);
    for (let power = 2 * size - 2; power >= size; power--) {
      if ((product >> power & 1) === 1) product ^= modulus << (power - size);
    }
    return product;
  };
}
