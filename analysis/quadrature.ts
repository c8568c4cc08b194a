/** Averages over a standard normal variable by Gauss–Hermite quadrature. */

/** Nodes and weights such that Σ weights[a] · f(nodes[a]) ≈ E f(x), x ~ N(0, 1). */
export interface Quadrature {
  /** Ascending and symmetric about 0. */
  readonly nodes: Float64Array;
  /** Positive; they add up to 1. */
  readonly weights: Float64Array;
}

const SQRT_TWO = Math.sqrt(2);

/**
 * The Gauss–Hermite rule for the standard normal density: exact for polynomials up to degree 2·count − 1.
 *
 * The nodes are √2 times the roots of the physicists' Hermite polynomial, found by Newton's method on the orthonormal
 * functions of that recurrence, with each root started from its outer neighbours (Abramowitz & Stegun 25.4.46;
 * the starting values are those of Stroud & Secrest, Gaussian Quadrature Formulas, 1966).
 *
 * @param count number of nodes, 1 … 64
 * @returns the rule
 * @throws {RangeError} when count is not an integer from 1 to 64
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { gaussHermite } from "./quadrature.ts";
 * const { nodes, weights } = gaussHermite(5);
 * const fourthMoment = nodes.reduce((sum, x, a) => sum + weights[a] * x ** 4, 0);
 * assertAlmostEquals(fourthMoment, 3, 1e-12);
 * ```
 */
export function gaussHermite(count: number): Quadrature {
  if (!Number.isInteger(count) || count < 1 || count > 64) {
    throw new RangeError(`gaussHermite() needs a count from 1 to 64, got ${count}.`);
  }
  const roots = new Float64Array(count);
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let fromTop = 0; fromTop < Math.ceil(count / 2); fromTop++) {
    const { root, slope } = newtonRoot(count, startingRoot(count, fromTop, roots));
    roots[fromTop] = root;
    const weight = 2 / (slope * slope) / Math.sqrt(Math.PI);
    nodes[count - 1 - fromTop] = SQRT_TWO * root;
    nodes[fromTop] = -SQRT_TWO * root;
    weights[count - 1 - fromTop] = weights[fromTop] = weight;
  }
  return { nodes, weights };
}

/** A first guess at the root number `fromTop` (0 is the largest) from the roots above it. */
function startingRoot(count: number, fromTop: number, roots: Float64Array): number {
  if (2 * fromTop + 1 === count) return 0;
  if (fromTop === 0) return Math.sqrt(2 * count + 1) - 1.85575 * (2 * count + 1) ** (-1 / 6);
  if (fromTop === 1) return roots[0] - 1.14 * count ** 0.426 / roots[0];
  if (fromTop === 2) return 1.86 * roots[1] - 0.86 * roots[0];
  if (fromTop === 3) return 1.91 * roots[2] - 0.91 * roots[1];
  return 2 * roots[fromTop - 1] - roots[fromTop - 2];
}

/** Newton's method on the orthonormal Hermite polynomial of degree `count`; also its derivative at the root. */
function newtonRoot(count: number, start: number): { root: number; slope: number } {
  let root = start;
  let slope = 1;
  for (let iteration = 0; iteration < 50; iteration++) {
    let value = Math.PI ** -0.25;
    let previous = 0;
    for (let degree = 0; degree < count; degree++) {
      const next = root * Math.sqrt(2 / (degree + 1)) * value - Math.sqrt(degree / (degree + 1)) * previous;
      previous = value;
      value = next;
    }
    slope = Math.sqrt(2 * count) * previous;
    const step = value / slope;
    root -= step;
    if (Math.abs(step) < 1e-15 * Math.max(1, Math.abs(root))) break;
  }
  return { root, slope };
}
