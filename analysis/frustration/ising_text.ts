/** The spin models in words. */
import { markdownTable } from "../report/markdown.ts";
import { significant } from "../report/number_text.ts";
import type { IsingModel } from "./ising.ts";
import type { IsingData } from "./spin_models.ts";

const models: Readonly<Record<IsingModel, string>> = {
  ferromagnet: "ferromagnet",
  antiferromagnet: "antiferromagnet",
  triangularAntiferromagnet: "triangular antiferromagnet",
};

/** Energies and entropies. */
export function isingText({ lattices, entropy, signs }: IsingData): string {
  const rows = lattices.map(({ annealed, enumerated }) => [
    models[annealed.model],
    `${significant(annealed.energyPerSpin, 4)} (${annealed.size} × ${annealed.size})`,
    `${significant(enumerated.energyPerSpin, 4)}, ${enumerated.count} states (${enumerated.size} × ${enumerated.size})`,
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
}
