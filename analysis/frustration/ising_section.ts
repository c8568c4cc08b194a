/** Spin models beside S: the pictures behind "frozen", "frustrated" and "random", computed. */
import { annealSpins, type GroundStates, groundStates, type IsingModel, type SpinLattice } from "./ising.ts";
import { markdownTable } from "../report/markdown.ts";
import { significant } from "../report/numbers.ts";
import { type ResidualEntropy, residualEntropy, signEntropy } from "./residual_entropy.ts";
import { isingSchema } from "./ising_schema.ts";
import type { Section } from "../report/section.ts";

/** A lattice cooled by annealing, and the ground states of a smaller one found by trying all states. */
export interface CooledLattice {
  readonly annealed: Omit<SpinLattice, "spins"> & { readonly spins: ArrayLike<number> };
  readonly enumerated: GroundStates;
}

/** Key `ising` of `analysis.json`. */
export interface IsingData {
  readonly lattices: readonly CooledLattice[];
  readonly entropy: ResidualEntropy;
  /** S for comparison, entries taken as independent; null where nothing has frozen. */
  readonly signs: { readonly density: number; readonly perEntry: number; readonly entries: number } | null;
}

const models: Readonly<Record<IsingModel, string>> = {
  ferromagnet: "ferromagnet",
  antiferromagnet: "antiferromagnet",
  triangularAntiferromagnet: "triangular antiferromagnet",
};

const annealedSize = 12;
const enumeratedSize = 4;

/** Three spin models, the entropy that frustration leaves, and that of S. */
export const isingSection: Section<IsingData> = {
  title: "Frustration",
  schema: isingSchema,
  analyse({ signs, config }) {
    const entries = signs.entries.length;
    const density = signs.edges / entries;
    return {
      lattices: (Object.keys(models) as IsingModel[]).map((model) => ({
        annealed: annealSpins(model, annealedSize, config.training.seed),
        enumerated: groundStates(model, enumeratedSize),
      })),
      entropy: residualEntropy(),
      signs: density > 0 && density < 1 ? { density, perEntry: signEntropy(density), entries } : null,
    };
  },
  summarise({ lattices, entropy, signs }) {
    const rows = lattices.map(({ annealed, enumerated }) => [
      models[annealed.model],
      `${significant(annealed.energyPerSpin, 4)} (${annealed.size} × ${annealed.size})`,
      `${
        significant(enumerated.energyPerSpin, 4)
      }, ${enumerated.count} states (${enumerated.size} × ${enumerated.size})`,
    ]);
    const freedom = signs === null
      ? ""
      : ` A sign matrix of independent entries with p = ${significant(signs.density)} ` +
        `has ${significant(signs.perEntry)} nats an entry.`;
    return [
      "Where not all bonds can be content, which ones give way is decided by chance and freezes; S is alike.",
      markdownTable(["model", "energy a spin, annealed", "least energy, all states tried"], rows),
      `The triangular antiferromagnet keeps ${significant(entropy.extrapolated, 5)} nats a spin at zero temperature ` +
      `(strips, extrapolated); Wannier's exact value is ${significant(entropy.exact, 5)}.${freedom}`,
    ].join("\n\n");
  },
};
