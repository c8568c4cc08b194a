/** The lower-left blob of one-sided networks and the cloud that it is coupled to. */
import { activations } from "../../models/network/activations/activations.ts";
import type { Section } from "../report/section.ts";
import { type CoupledPairsData, measureCoupledPairs } from "./coupled_pairs.ts";
import { coupledPairsSchema } from "./coupled_pairs_schema.ts";
import { coupledPairsText } from "./coupled_pairs_text.ts";
import { coupledPairsVerdicts } from "./coupled_pairs_verdicts.ts";

/** Couplings between pairs, densities of pairs with partners, and strata; null for odd activations. */
export const coupledPairsSection: Section<CoupledPairsData | null> = {
  title: "Coupled pairs",
  schema: coupledPairsSchema,
  analyse: measureCoupledPairs,
  summarise(data, { model }) {
    if (data !== null) return coupledPairsText(data);
    return activations.get(model.activation).odd
      ? "Of an odd φ the blobs are mirror images: there is no lower-left one apart. The frustrated 4-cycles of S are its couplings."
      : "No cloud has frozen to the upper right: there is nothing that pairs could be coupled to.";
  },
  verdicts: (data) => data === null ? [] : coupledPairsVerdicts(data),
};
