/** The sign matrices that are compared: the learned one, random ones, designs, and what searches make of them. */
import * as d3 from "d3-array";
import { randomStream } from "../../models/random.ts";
import { iidSigns } from "../random_graph/null_models.ts";
import { regularSigns } from "../random_graph/sign_designs.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { hadamardSigns, isHadamardDegree } from "./hadamard_signs.ts";
import { isTransversalDegree, transversalSigns } from "./transversal_signs.ts";

/** Where an S comes from. */
export const candidateKinds = ["learned", "random", "regular", "transversal", "hadamard"] as const;

/** The learned S; iid entries; level degrees and small overlaps; no two neurons shared; blocks with Hadamard signs. */
export type CandidateKind = (typeof candidateKinds)[number];

/** Those that a search starts from. */
export const searchedKinds: readonly CandidateKind[] = ["learned", "random", "regular"];

/**
 * An S of each kind, the random ones with as many nonzeros as the learned S. The designs have the degree
 * nearest to the learned one for which there is such a design, and are left out where there is none.
 *
 * @param learned S
 * @param seed fixes what is drawn
 */
export function signCandidates(learned: SignMatrix, seed: number): ReadonlyMap<CandidateKind, SignMatrix> {
  const { features, hidden, edges } = learned;
  const random = (kind: CandidateKind) => randomStream(seed, "ground state", kind);
  const nearestDegree = (exists: (degree: number) => boolean) =>
    d3.least(d3.range(1, hidden + 1).filter(exists), (degree) => Math.abs(degree - edges / features));
  const candidates = new Map<CandidateKind, SignMatrix>([
    ["learned", learned],
    ["random", iidSigns(learned, random("random"))],
    ["regular", regularSigns(learned, random("regular"))],
  ]);
  const transversal = nearestDegree((degree) => isTransversalDegree(features, hidden, degree));
  if (transversal !== undefined) {
    candidates.set("transversal", transversalSigns(features, hidden, transversal, random("transversal")));
  }
  const hadamard = nearestDegree((degree) => degree > 1 && isHadamardDegree(hidden, degree));
  if (hadamard !== undefined) {
    candidates.set("hadamard", hadamardSigns(features, hidden, hadamard, random("hadamard")));
  }
  return candidates;
}
