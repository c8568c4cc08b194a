/** The parts of an analysis: a new one is a module of its own and a line in the table. */
import { basinsSection } from "../basins/basins_section.ts";
import { clustersSection } from "../clusters/clusters_section.ts";
import { decoderSection } from "../decoder/decoder_section.ts";
import { featureTypesSection } from "../feature_types/feature_types_section.ts";
import { groundStateSection } from "../ground_state/ground_state_section.ts";
import { graphCountsSection } from "../random_graph/graph_counts_section.ts";
import { isingSection } from "../frustration/ising_section.ts";
import { landscapeSection } from "../landscape/landscape_section.ts";
import { lossSection } from "../loss/loss_section.ts";
import { meanFieldSection } from "../mean_field/mean_field_section.ts";
import { orderSection } from "../signs/order_section.ts";
import { pinningFieldSection } from "../pinning_field/pinning_field_section.ts";
import { randomGraphSection } from "../random_graph/random_graph_section.ts";
import { residualsSection } from "../displacements/residuals_section.ts";
import type { Section } from "./section.ts";
import { signsSection } from "../signs/signs_section.ts";
import { singularSpectrumSection } from "../random_graph/singular_spectrum_section.ts";
import { valuesSection } from "../clusters/values_section.ts";

/** The sections that there are, each of its own type. */
export const ownSections = {
  loss: lossSection,
  clusters: clustersSection,
  signs: signsSection,
  order: orderSection,
  values: valuesSection,
  featureTypes: featureTypesSection,
  randomGraph: randomGraphSection,
  graphCounts: graphCountsSection,
  singularSpectrum: singularSpectrumSection,
  decoder: decoderSection,
  meanField: meanFieldSection,
  basins: basinsSection,
  groundState: groundStateSection,
  residuals: residualsSection,
  pinningField: pinningFieldSection,
  landscape: landscapeSection,
  ising: isingSection,
};

/** What a section measures. */
export type DataOf<Part> = Part extends Section<infer Data> ? Data : never;

/** What each section measures, by its key. */
export type SectionData = { readonly [Key in keyof typeof ownSections]: DataOf<(typeof ownSections)[Key]> };

/** The key of a section in `analysis.json`. */
export type SectionKey = keyof SectionData;

/** The sections by their keys in `analysis.json`, in the order of the summary. */
export const sections: { readonly [Key in SectionKey]: Section<SectionData[Key]> } = ownSections;

/** Whether there is a section of this key. */
export function isSectionKey(key: string): key is SectionKey {
  return Object.hasOwn(sections, key);
}

/** The keys of all sections, in the order of the summary. */
export const sectionKeys: readonly SectionKey[] = Object.keys(sections).filter(isSectionKey);

/** What is measured right after training. */
export const promptSections: readonly SectionKey[] = ["loss", "clusters", "signs", "values", "featureTypes"];
