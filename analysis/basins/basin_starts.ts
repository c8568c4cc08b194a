/** Where the descents start: the learned weights, c times the learned S, and c times other S, as many and at other densities. */
import { randomStream } from "../../models/random.ts";
import { iidSigns } from "../random_graph/null_models.ts";
import { type SignDesign, signDesigns } from "../random_graph/sign_designs.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";

/** Where a descent started: the learned weights themselves, c times the learned S, or c times an S of a design. */
export type StartKind = "learned" | "rounded" | SignDesign;

/** One start. */
export interface Start {
  readonly kind: StartKind;
  /** Number of the draw; 0 where there is one only. */
  readonly draw: number;
  /** Its S, drawn when it is asked for. */
  signs(): SignMatrix;
}

/** The learned S, and S of every design with as many nonzeros. */
export function ladderStarts(learned: SignMatrix, draws: number, seed: number): Start[] {
  const designs = Object.keys(signDesigns) as SignDesign[];
  return [
    { kind: "learned", draw: 0, signs: () => learned },
    { kind: "rounded", draw: 0, signs: () => learned },
    ...designs.flatMap((kind) =>
      Array.from({ length: draws }, (_, draw) => ({
        kind,
        draw,
        signs: () => signDesigns[kind](learned, randomStream(seed, "basins", kind, draw)),
      }))
    ),
  ];
}

/**
 * Iid S at other densities, numbered after the draws of the ladder.
 *
 * @param densities in units of the learned one
 */
export function scanStarts(learned: SignMatrix, densities: readonly number[], draws: number, seed: number): Start[] {
  return densities.map((factor, index) => ({
    kind: "random",
    draw: draws + index,
    signs: () => {
      const { features, hidden } = learned;
      const edges = Math.round(factor * learned.edges);
      return iidSigns({ features, hidden, edges }, randomStream(seed, "basins", "scan", index));
    },
  }));
}
