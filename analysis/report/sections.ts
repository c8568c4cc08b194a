/** The parts of an analysis: a new one is a module of its own and a line in the table. */
import type { Config } from "../../models/experiment/config.ts";
import { isDenoiser } from "./denoiser_weights.ts";
import { basinsSection } from "../basins/basins_section.ts";
import { clustersSection } from "../clusters/clusters_section.ts";
import { coupledPairsSection } from "../coupled_pairs/coupled_pairs_section.ts";
import { computingSection } from "../computing/computing_section.ts";
import { layersSection } from "../computing/layers_section.ts";
import { decoderSection } from "../decoder/decoder_section.ts";
import { embeddingSection } from "../baselines/embedding_section.ts";
import { featureTypesSection } from "../feature_types/feature_types_section.ts";
import { groundStateSection } from "../ground_state/ground_state_section.ts";
import { handBuiltSection } from "../baselines/hand_built_section.ts";
import { graphCountsSection } from "../random_graph/graph_counts_section.ts";
import { isingSection } from "../frustration/ising_section.ts";
import { landscapeSection } from "../landscape/landscape_section.ts";
import { lossSection } from "../loss/loss_section.ts";
import { meanFieldSection } from "../mean_field/mean_field_section.ts";
import { orderSection } from "../signs/order_section.ts";
import { pinningFieldSection } from "../pinning_field/pinning_field_section.ts";
import { randomGraphSection } from "../random_graph/random_graph_section.ts";
import { regularitySection } from "../signs/regularity_section.ts";
import { residualsSection } from "../displacements/residuals_section.ts";
import type { Section } from "./section.ts";
import { signsSection } from "../signs/signs_section.ts";
import { singularSpectrumSection } from "../random_graph/singular_spectrum_section.ts";
import { valuesSection } from "../clusters/values_section.ts";

/** The sections that there are, each of its own type. See {@linkcode summary}. */
export const ownSections = {
  loss: lossSection,
  clusters: clustersSection,
  signs: signsSection,
  order: orderSection,
  regularity: regularitySection,
  values: valuesSection,
  featureTypes: featureTypesSection,
  coupledPairs: coupledPairsSection,
  computing: computingSection,
  layers: layersSection,
  randomGraph: randomGraphSection,
  graphCounts: graphCountsSection,
  singularSpectrum: singularSpectrumSection,
  decoder: decoderSection,
  meanField: meanFieldSection,
  basins: basinsSection,
  groundState: groundStateSection,
  handBuilt: handBuiltSection,
  embedding: embeddingSection,
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

/** The sections by their keys in `analysis.json`, in the order of the summary. See {@linkcode summary}. */
export const sections: { readonly [Key in SectionKey]: Section<SectionData[Key]> } = ownSections;

/** Whether there is a section of this key. See {@linkcode summary}. */
export function isSectionKey(key: string): key is SectionKey {
  return Object.hasOwn(sections, key);
}

/** The keys of all sections, in the order of the summary. See {@linkcode summary}. */
export const sectionKeys: readonly SectionKey[] = Object.keys(sections).filter(isSectionKey);

/**
 * The sections that can be measured of an experiment's network: all, or of a network that has not one encoder and one decoder
 * those that are of any. See {@linkcode summary}.
 *
 * @param keys the sections that are in question
 */
export function sectionsOf(
  config: Pick<Config, "model">,
  keys: readonly SectionKey[] = sectionKeys,
): readonly SectionKey[] {
  return isDenoiser(config) ? keys : keys.filter((key) => sections[key].analyseAny !== undefined);
}

/** What is measured right after training. See {@linkcode summary}. */
export const promptSections: readonly SectionKey[] = [
  "loss",
  "clusters",
  "signs",
  "values",
  "featureTypes",
  "computing",
  "layers",
];
