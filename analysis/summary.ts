/** The analysis of a run as one Markdown text. */
import type { Config } from "../models/config.ts";
import { markdownTable } from "./markdown.ts";
import type { Verdict } from "./section.ts";
import { sections } from "./sections.ts";

/** What `analysis.json` holds: the data of each section that has been measured, by key. */
export type Analysis = Readonly<Record<string, unknown>>;

/** The claims that the measured sections speak to. */
export function verdictsOf(analysis: Analysis, config: Config): Verdict[] {
  return measured(analysis).flatMap((key) => sections[key].verdicts(analysis[key], config));
}

/** The command that makes the run again. */
export function reproduction(config: Config): string {
  return `deno task train-superposition --config runs/${config.name}/config.yaml --name ${config.name}-again`;
}

/** Writes `summary.md`: the experiment, the verdicts, and every section that has been measured. */
export function summary(analysis: Analysis, config: Config): string {
  const { model, task, loss, training } = config;
  const verdicts = verdictsOf(analysis, config);
  const parts = [
    `# ${config.name}`,
    config.description,
    `d = ${model.features} features, h = ${model.hidden} neurons, φ = ${model.activation}, k = ${task.support}, ` +
    `σ² = ${task.noiseVariance}, ${loss.name} loss with λ = ${loss.lambdaOn} and ρ_D = ${loss.decoderRidge}; ` +
    `${training.steps} steps of ${training.batch} samples, seed ${training.seed}. Every setting is in config.yaml.`,
    "```\n" + reproduction(config) + "\n```",
  ];
  if (verdicts.length > 0) parts.push("## Claims", verdictTable(verdicts));
  for (const key of measured(analysis)) {
    parts.push(`## ${sections[key].title}`, sections[key].summarise(analysis[key], config));
  }
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function measured(analysis: Analysis): string[] {
  return Object.keys(sections).filter((key) => analysis[key] !== undefined);
}

function verdictTable(verdicts: readonly Verdict[]): string {
  return markdownTable(
    ["claim", "measured", "against", "verdict"],
    verdicts.map(({ claim, measured, against, verdict }) => [claim, measured, against, verdict]),
  );
}
