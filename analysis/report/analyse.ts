/** Measuring a network in memory. */
import type { TrainedNetwork } from "../../models/network/trained_network.ts";
import type { Device } from "../../models/runtime/device.ts";
import { clustersOf } from "../clusters/clusters.ts";
import { extractSigns } from "../signs/signs.ts";
import { type Analysis, withSection } from "./analysis.ts";
import { analysisVersion } from "./analysis_version.ts";
import type { Subject } from "./section.ts";
import { type SectionData, type SectionKey, sections } from "./sections.ts";

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
 * import { analyse, preset, train } from "../../mod.ts";
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
  const { config, weights } = run;
  const clusters = clustersOf(weights);
  const subject = { config, weights, device, clusters, signs: extractSigns(weights, clusters) };
  let analysis: Analysis = "analysis" in run ? run.analysis : { version: analysisVersion };
  for (const key of keys) analysis = await withMeasured(key, subject, analysis, report);
  return { ...run, analysis: analysis as AnalysedNetwork<Key | Before>["analysis"] };
}

/** The analysis with a section more. */
export async function withMeasured<Key extends SectionKey>(
  key: Key,
  subject: Subject,
  analysis: Analysis,
  report?: (title: string) => void,
): Promise<Analysis> {
  const { title } = sections[key];
  report?.(title);
  const told = { ...subject, report: (stage: string) => report?.(`${title}, ${stage}`) };
  return withSection(analysis, key, await sections[key].analyse(told));
}
