/** Three spin models beside S, computed. */
import type { Subject } from "../report/section.ts";
import { annealSpins, type GroundStates, groundStates, type IsingModel, type SpinLattice } from "./ising.ts";
import { type ResidualEntropy, residualEntropy, signEntropy } from "./residual_entropy.ts";

/** A lattice cooled by annealing, and the ground states of a smaller one found by trying all states. */
export interface CooledLattice {
  /** The large lattice, cooled slowly. */
  readonly annealed: Omit<SpinLattice, "spins"> & { readonly spins: ArrayLike<number> };
  /** The ground states of the small one. */
  readonly enumerated: GroundStates;
}

/** Key `ising` of `analysis.json`. */
export interface IsingData {
  /** One for each spin model. */
  readonly lattices: readonly CooledLattice[];
  /** The residual entropy of the frustrated one, by strips of growing width. */
  readonly entropy: ResidualEntropy;
  /** S for comparison, entries taken as independent; null where nothing has frozen. */
  readonly signs: { readonly density: number; readonly perEntry: number; readonly entries: number } | null;
}

const models: readonly IsingModel[] = ["ferromagnet", "antiferromagnet", "triangularAntiferromagnet"];

const annealedSize = 12;
const enumeratedSize = 4;

/** Three spin models, the entropy that frustration leaves, and that of S. */
export function spinModels({ signs, config }: Subject): IsingData {
  const entries = signs.entries.length;
  const density = signs.edges / entries;
  return {
    lattices: models.map((model) => ({
      annealed: annealSpins(model, annealedSize, config.training.seed),
      enumerated: groundStates(model, enumeratedSize),
    })),
    entropy: residualEntropy(),
    signs: density > 0 && density < 1 ? { density, perEntry: signEntropy(density), entries } : null,
  };
}
