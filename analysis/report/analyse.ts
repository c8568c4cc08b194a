/** Measuring a network in memory. */
import { UsageError } from "../../models/errors.ts";
import type { Config } from "../../models/experiment/config.ts";
import type { TrainedNetwork } from "../../models/network/trained_network.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import type { Device } from "../../models/runtime/device.ts";
import { parametersOf } from "../../models/training/training_state.ts";
import { clustersOf } from "../clusters/clusters.ts";
import { extractSigns } from "../signs/signs.ts";
import { type Analysis, withSection } from "./analysis.ts";
import { analysisVersion } from "./analysis_version.ts";
import { isDenoiser } from "./denoiser_weights.ts";
import type { NetworkSubject, Section, Subject } from "./section.ts";
import { type SectionData, type SectionKey, sections, sectionsOf } from "./sections.ts";

/** Options of `analyse`. */
export interface AnalyseOptions {
  /** Where it is computed. @default "cpu" */
  device?: Device;
  /** Told the title of each section before it is measured. @default nobody */
  report?: (title: string) => void;
}

/** A network with what was measured of it. */
export interface AnalysedNetwork<Key extends SectionKey = never> extends TrainedNetwork {
  /** The data of each section that has been measured, by key. */
  readonly analysis: Analysis & Pick<SectionData, Key>;
}

/**
 * Measures sections of a network in memory; {@linkcode analyseRun} does so in a run directory.
 *
 * @param run what `train` gives, or this function has given
 * @param keys of the sections, in the order in which they are measured
 * @returns the network with what was measured, beside what had been before
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { preset } from "../../models/experiment/presets.ts";
 * import { train } from "../../models/training/trainer.ts";
 * import { analyse } from "./analyse.ts";
 * const small = { "model.features": 16, "model.hidden": 8, "training.steps": 4 } as const;
 * const { analysis } = await analyse(await train(preset("quick", small)), ["loss", "clusters"]);
 * assert(analysis.loss.heldOut.objective > 0 && analysis.clusters.centres.length > 0);
 * ```
 */
export async function analyse<Key extends SectionKey, Before extends SectionKey = never>(
  run: TrainedNetwork | AnalysedNetwork<Before>,
  keys: readonly Key[],
  { device = "cpu", report }: AnalyseOptions = {},
): Promise<AnalysedNetwork<Key | Before>> {
  const subject = subjectOf(run, device);
  let analysis: Analysis = "analysis" in run ? run.analysis : { version: analysisVersion };
  for (const key of keys) analysis = await withMeasured(key, subject, analysis, report);
  // The weights of a network without pairs are no value that could be copied.
  const copy = Object.create(Object.getPrototypeOf(run), Object.getOwnPropertyDescriptors(run));
  return Object.assign(copy, { analysis });
}

function subjectOf(run: TrainedNetwork, device: Device): NetworkSubject | Subject {
  const { config, parameters = {} } = run;
  return isDenoiser(config) ? withPairs({ config, device }, run.weights) : { config, parameters, device };
}

/** A network of one encoder and one decoder as what speaks of weight pairs takes it. */
export function withPairs(subject: Omit<NetworkSubject, "parameters">, weights: Weights): Subject {
  const clusters = clustersOf(weights);
  return { ...subject, weights, clusters, signs: extractSigns(weights, clusters) };
}

/**
 * The analysis with a section more.
 *
 * @throws {UsageError} if the section is of weight pairs and the network has none
 */
export async function withMeasured<Key extends SectionKey>(
  key: Key,
  subject: NetworkSubject | Subject,
  analysis: Analysis,
  report?: (title: string) => void,
): Promise<Analysis> {
  const section: Section<SectionData[Key]> = sections[key];
  const { title } = section;
  report?.(title);
  const told = { ...subject, report: (stage: string) => report?.(`${title}, ${stage}`) };
  if ("weights" in told) return withSection(analysis, key, await section.analyse(told));
  if (section.analyseAny === undefined) throw new UsageError(withoutPairs(subject.config, key));
  return withSection(analysis, key, await section.analyseAny(told));
}

function withoutPairs({ model }: Pick<Config, "model">, key: SectionKey): string {
  const names = Object.keys(parametersOf({ model })).join(", ");
  const others = sectionsOf({ model }).join(", ");
  return `A ${model.name} has the parameters ${names}: ${key} is of networks of one encoder and one decoder; ` +
    `of this one are ${others}.`;
}
