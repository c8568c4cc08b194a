/** What any two nodes on one side of the signed bipartite graph have in common. */
import type { Incidence } from "./sign_matrix.ts";

/** Sums over all pairs of nodes of one side. */
export interface PairOverlaps {
  /** Pairs that share two or more neighbours. */
  readonly pairsSharingTwo: number;
  /** Ways in which two nodes share two neighbours. */
  readonly fourCycles: number;
  /** The same ways, each counted with the product of its four signs. */
  readonly signedFourCycles: number;
  /** Mean over all pairs of the overlap w = Σ of sign products over shared neighbours (an entry of S·Sᵀ). */
  readonly overlapMean: number;
  /** Variance of w over all pairs. */
  readonly overlapVariance: number;
}

/** Told of two nodes: w = Σ of sign products over the n neighbours that they share. */
export type OverlapVisit = (node: number, other: number, overlap: number, shared: number) => void;

/**
 * Walks from every node over its neighbours to the nodes before it that share them: time Σ over neighbours of degree².
 *
 * @param from edges grouped by the nodes whose pairs are wanted
 * @param back the same edges grouped by the other side
 * @param visit called once for every two nodes that share a neighbour, the later one first
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { eachOverlap } from "./overlaps.ts";
 * import { signMatrix } from "./sign_matrix.ts";
 * const { byFeature, byNeuron } = signMatrix(2, 2, Int8Array.of(1, -1, 1, 1));
 * eachOverlap(byFeature, byNeuron, (...met) => assertEquals(met, [1, 0, 0, 2]));
 * ```
 */
export function eachOverlap(from: Incidence, back: Incidence, visit: OverlapVisit): void {
  const nodes = from.start.length - 1;
  const shared = new Int32Array(nodes);
  const overlap = new Int32Array(nodes);
  const touched = new Int32Array(nodes);
  for (let node = 0; node < nodes; node++) {
    let count = 0;
    for (let edge = from.start[node]; edge < from.start[node + 1]; edge++) {
      const neighbour = from.indices[edge];
      const sign = from.signs[edge];
      // Neighbours are ascending, so the nodes before this one come first: each pair is counted once.
      for (let step = back.start[neighbour]; back.indices[step] < node; step++) {
        const other = back.indices[step];
        if (shared[other]++ === 0) touched[count++] = other;
        overlap[other] += sign * back.signs[step];
      }
    }
    for (let index = 0; index < count; index++) {
      const other = touched[index];
      visit(node, other, overlap[other], shared[other]);
      shared[other] = overlap[other] = 0;
    }
  }
}

/**
 * Sums over all pairs of nodes of one side.
 *
 * Of two nodes with n shared neighbours and overlap w, n(n − 1)/2 pairs of neighbours close a 4-cycle, and the products
 * of their signs add up to (w² − n)/2.
 *
 * @param from edges grouped by the nodes whose pairs are wanted
 * @param back the same edges grouped by the other side
 */
export function pairOverlaps(from: Incidence, back: Incidence): PairOverlaps {
  const nodes = from.start.length - 1;
  let pairsSharingTwo = 0;
  let fourCycles = 0;
  let signedFourCycles = 0;
  let sum = 0;
  let squares = 0;
  eachOverlap(from, back, (_node, _other, w, n) => {
    if (n >= 2) pairsSharingTwo++;
    fourCycles += n * (n - 1) / 2;
    signedFourCycles += (w * w - n) / 2;
    sum += w;
    squares += w * w;
  });
  const pairs = Math.max(1, nodes * (nodes - 1) / 2);
  const overlapMean = sum / pairs;
  return {
    pairsSharingTwo,
    fourCycles,
    signedFourCycles,
    overlapMean,
    overlapVariance: squares / pairs - overlapMean ** 2,
  };
}
