/** The sign matrices that are compared: the learned one, random ones, designs, and what searches make of them. */
import * as d3 from "d3-array";
import { randomStream } from "../../models/random.ts";
import { iidSigns } from "../random_graph/null_models.ts";
import { regularSigns } from "../random_graph/sign_designs.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { hadamardSigns, isHadamardDegree } from "./hadamard_signs.ts";

/** Where an S comes from. */
export const candidateKinds = ["learned", "random", "regular", "hadamard"] as const;

/** The learned S; iid entries; level degrees and small overlaps; blocks of neurons with Hadamard signs. */
export type CandidateKind = (typeof candidateKinds)[number];

/** Those that a search starts from: the design with most order is a design, not a start. */
export const searchedKinds: readonly CandidateKind[] = ["learned", "random", "regular"];

/**
 * An S of each kind, the random ones with as many nonzeros as the learned S. Hadamard blocks have the power of two that is
 * nearest to the learned number of neurons a feature; there are none where it does not divide the number of neurons.
 *
 * @param learned S
 * @param seed fixes what is drawn
 */
export function signCandidates(learned: SignMatrix, seed: number): ReadonlyMap<CandidateKind, SignMatrix> {
  const { features, hidden, edges } = learned;
  const random = (kind: CandidateKind) => randomStream(seed, "ground state", kind);
  const degree = nearestPowerOfTwo(edges / features);
  const candidates = new Map<CandidateKind, SignMatrix>([
    ["learned", learned],
    ["random", iidSigns(learned, random("random"))],
    ["regular", regularSigns(learned, random("regular"))],
  ]);
  if (isHadamardDegree(hidden, degree)) {
    candidates.set("hadamard", hadamardSigns(features, hidden, degree, random("hadamard")));
  }
  return candidates;
}

function nearestPowerOfTwo(value: number): number {
  const below = 2 ** Math.max(0, Math.floor(Math.log2(value)));
  return d3.least([below, 2 * below], (power) => Math.abs(power - value))!;
}
