/** The analysis of a run as one Markdown text. */
import type { Config } from "../../models/experiment/config.ts";
import { type Analysis, dataOf } from "./analysis.ts";
import { lossWords } from "./loss_words.ts";
import { markdownTable } from "./markdown.ts";
import { reproduction, sizeWords, trainingWords } from "./analysis_provenance.ts";
import type { Verdict } from "./section.ts";
import { type SectionKey, sectionKeys, sections } from "./sections.ts";

/** The claims that the measured sections speak to. See {@linkcode summary}. */
export function verdictsOf(analysis: Analysis, config: Config): Verdict[] {
  return sectionKeys.flatMap((key) => verdictsOn(key, analysis, config));
}

function verdictsOn<Key extends SectionKey>(key: Key, analysis: Analysis, config: Config): Verdict[] {
  const data = dataOf(analysis, key);
  return data === undefined ? [] : sections[key].verdicts?.(data, config) ?? [];
}

/** Why the network is nothing to study, as far as the measured sections know. */
export function warningsOf(analysis: Analysis, config: Config): string[] {
  return sectionKeys.flatMap((key) => warningsOn(key, analysis, config));
}

function warningsOn<Key extends SectionKey>(key: Key, analysis: Analysis, config: Config): string[] {
  const data = dataOf(analysis, key);
  return data === undefined ? [] : sections[key].warnings?.(data, config) ?? [];
}

/**
 * Writes `summary.md`: the experiment, the verdicts, and every section that has been measured.
 *
 * @example
 * ```ts
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 * import { parseConfig } from "../../models/experiment/config.ts";
 * import { createRun } from "../../models/run/create_run.ts";
 * import { trainRun } from "../../models/run/training_run.ts";
 * import { analyseRun } from "./analyse_run.ts";
 * import { readAnalysis } from "./analysis.ts";
 * import { analysisVersion } from "./analysis_version.ts";
 * import { denoiserWeights } from "./denoiser_weights.ts";
 * import { isSectionKey, ownSections, promptSections, sectionKeys, sections, sectionsOf } from "./sections.ts";
 * import { summary, verdictsOf } from "./summary.ts";
 * const folder = await Deno.makeTempDir();
 * const tiny = { name: "tiny", model: { features: 16, hidden: 8 }, training: { steps: 4, batch: 32 } };
 * const config = parseConfig(tiny, "my script");
 * const run = await createRun(`${folder}/tiny`, config);
 * await trainRun(run);
 * assertEquals((await denoiserWeights(run, config)).encoder.length, 16 * 8);
 * await analyseRun(run, { only: ["signs"] }); // one of the sectionKeys
 * const analysis = await readAnalysis(run);
 * assertEquals(analysis.version, analysisVersion);
 * console.log(verdictsOf(analysis, config)); // none: that nothing has frozen after 4 steps decides nothing
 * assertStringIncludes(summary(analysis, config), sections.signs.title);
 * await Deno.remove(folder, { recursive: true });
 * assertEquals(promptSections.every((key) => sectionKeys.includes(key)), true);
 * assertEquals(sectionsOf(config), sectionKeys); // of a denoiser all
 * assertEquals([isSectionKey("signs"), sections.signs === ownSections.signs], [true, true]);
 * ```
 */
export function summary(analysis: Analysis, config: Config): string {
  const { model, task, loss } = config;
  const verdicts = verdictsOf(analysis, config);
  const parts = [
    `# ${config.name}`,
    config.description,
    `${sizeWords(config)}, φ = ${model.activation}, k = ${task.activeFeatures}, ` +
    `σ² = ${task.noiseVariance}, ${lossWords(loss)}; ${trainingWords(config)}. Every setting is in config.yaml.`,
    "```\n" + reproduction(config) + "\n```",
  ];
  parts.push(...warningsOf(analysis, config).map((warning) => `**Warning.** ${warning}`));
  if (verdicts.length > 0) parts.push("## Claims", verdictTable(verdicts));
  parts.push(...sectionKeys.flatMap((key) => sectionText(key, analysis, config)));
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function sectionText<Key extends SectionKey>(key: Key, analysis: Analysis, config: Config): string[] {
  const data = dataOf(analysis, key);
  const text = data === undefined ? "" : sections[key].summarise(data, config);
  return text === "" ? [] : [`## ${sections[key].title}`, text];
}

function verdictTable(verdicts: readonly Verdict[]): string {
  return markdownTable(
    ["claim", "measured", "against", "verdict"],
    verdicts.map(({ claim, measured, against, verdict }) => [claim, measured, against, verdict]),
  );
}
