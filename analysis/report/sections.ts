/** The parts of an analysis: a new one is a module of its own and a line in the table. */
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import { basinsSection } from "../basins/basins_section.ts";
import { clustersSection } from "../clusters/clusters_section.ts";
import { decoderSection } from "../decoder/decoder_section.ts";
import { graphCountsSection } from "../random_graph/graph_counts_section.ts";
import { isingSection } from "../frustration/ising_section.ts";
import { lossSection } from "../loss/loss_section.ts";
import { meanFieldSection } from "../mean_field/mean_field_section.ts";
import { pinningFieldSection } from "../pinning_field/pinning_field_section.ts";
import { randomGraphSection } from "../random_graph/random_graph_section.ts";
import { residualsSection } from "../displacements/residuals_section.ts";
import type { Section, Subject, Verdict } from "./section.ts";
import { signsSection } from "../signs/signs_section.ts";
import { singularSpectrumSection } from "../random_graph/singular_spectrum_section.ts";
import { valuesSection } from "../clusters/values_section.ts";

/** A section whose data comes from, or goes to, `analysis.json`. */
export interface StoredSection {
  readonly title: string;
  trainingSteps(config: Config, device: Device): number;
  analyse(subject: Subject): Promise<unknown>;
  summarise(data: unknown, config: Config): string;
  verdicts(data: unknown, config: Config): Verdict[];
}

/** Each section reads back what it wrote itself, so the type of its data is known though the file does not say it. */
function stored<Data>(section: Section<Data>): StoredSection {
  return {
    title: section.title,
    trainingSteps: (config, device) => section.trainingSteps?.(config, device) ?? 0,
    analyse: async (subject) => await section.analyse(subject),
    summarise: (data, config) => section.summarise(data as Data, config),
    verdicts: (data, config) => section.verdicts?.(data as Data, config) ?? [],
  };
}

/** The sections by their keys in `analysis.json`, in the order of the summary. */
export const sections: Readonly<Record<string, StoredSection>> = {
  loss: stored(lossSection),
  clusters: stored(clustersSection),
  signs: stored(signsSection),
  values: stored(valuesSection),
  randomGraph: stored(randomGraphSection),
  graphCounts: stored(graphCountsSection),
  singularSpectrum: stored(singularSpectrumSection),
  decoder: stored(decoderSection),
  meanField: stored(meanFieldSection),
  basins: stored(basinsSection),
  residuals: stored(residualsSection),
  pinningField: stored(pinningFieldSection),
  ising: stored(isingSection),
};

/** What is measured right after training. */
export const promptSections: readonly string[] = ["loss", "clusters", "signs", "values"];
