/** What `analysis.json` holds, typed and checked. */
import { z } from "zod";
import { FailureError } from "../../models/errors.ts";
import type { Run } from "../../models/run/run.ts";
import { runFiles } from "../../models/run/run_folder.ts";
import { analysisVersion } from "./analysis_version.ts";
import { type SectionData, type SectionKey, sectionKeys, sections } from "./sections.ts";

/** The data of each section that has been measured, by key, and the version of the form that it has. */
export type Analysis = { readonly version: number } & { readonly [Key in SectionKey]?: SectionData[Key] };

/** The keys of `analysis.json` as they are, of sections and others. */
export type AnalysisFile = Readonly<Record<string, unknown>>;

/** What is in a file: the sections that are as they should be, and what is wrong with the others. */
export interface CheckedAnalysis {
  readonly analysis: Analysis;
  /** Why a section cannot be read. */
  readonly faults: ReadonlyMap<SectionKey, string>;
}

/**
 * Reads the `analysis.json` of a run, whatever its sections hold.
 *
 * @throws {UsageError} when the run has not been analysed
 * @throws {FailureError} when the file is no JSON, or of another version
 */
export async function readAnalysisFile(run: Run): Promise<AnalysisFile> {
  const value = await run.readAnalysis();
  const path = run.file(runFiles.analysis);
  const keys = z.record(z.string(), z.unknown()).safeParse(value);
  if (!keys.success) throw new FailureError(`${path} holds no sections; measure the run again.`);
  const { version = 1 } = keys.data;
  if (version === analysisVersion) return keys.data;
  throw new FailureError(
    `${path} is of version ${JSON.stringify(version)} where this Pinfield reads version ${analysisVersion}; ` +
      "measure the run again.",
  );
}

/** Sorts the sections of a file into data and faults. Other keys are left out. */
export function checkAnalysis(file: AnalysisFile): CheckedAnalysis {
  const faults = new Map<SectionKey, string>();
  let analysis: Analysis = { version: analysisVersion };
  const check = <Key extends SectionKey>(key: Key) => {
    if (file[key] === undefined) return;
    const checked = sections[key].schema.safeParse(file[key]);
    if (checked.success) analysis = withSection(analysis, key, checked.data);
    else faults.set(key, fault(checked.error));
  };
  sectionKeys.forEach((key) => check(key));
  return { analysis, faults };
}

/** The data of a section, undefined where it was not measured. */
export function dataOf<Key extends SectionKey>(analysis: Partial<SectionData>, key: Key): SectionData[Key] | undefined {
  return analysis[key];
}

/** The analysis with the data of one more section, or new data of a section. */
export function withSection<Key extends SectionKey>(analysis: Analysis, key: Key, data: SectionData[Key]): Analysis {
  return { ...analysis, [key]: data };
}

/**
 * Reads the analysis of a run.
 *
 * @returns the data of each section that has been measured
 * @throws {UsageError} when the run has not been analysed
 * @throws {FailureError} when the file is damaged or was written by another version, in one sentence that says what to
 * measure again
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseConfig } from "../../models/experiment/config.ts";
 * import { createRun } from "../../models/run/create_run.ts";
 * import { trainRun } from "../../models/run/training_run.ts";
 * import { analyseRun } from "./analyse_run.ts";
 * import { readAnalysis } from "./analysis.ts";
 * const config = parseConfig({ name: "tiny", model: { features: 16, hidden: 8 }, training: { steps: 4, batch: 32 } }, "example");
 * const folder = await Deno.makeTempDir();
 * const run = await createRun(`${folder}/tiny`, config);
 * await trainRun(run);
 * await analyseRun(run, { only: ["clusters"] });
 * const { clusters, loss } = await readAnalysis(run);
 * assertEquals([clusters?.threshold, loss], [null, undefined]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function readAnalysis(run: Run): Promise<Analysis> {
  const { analysis, faults } = checkAnalysis(await readAnalysisFile(run));
  if (faults.size === 0) return analysis;
  const [[, first]] = faults;
  const [are, them] = faults.size === 1 ? ["is", "it"] : ["are", "them"];
  throw new FailureError(
    `${run.file(runFiles.analysis)}: ${[...faults.keys()].join(", ")} ${are} not as this Pinfield writes ${them} ` +
      `(${first}); measure ${them} again.`,
  );
}

/** The first of the issues, with the place where it is. */
function fault({ issues: [{ path, message }] }: z.ZodError): string {
  const reason = message.replace(/^Invalid input: /, "");
  return path.length === 0 ? reason : `${path.join(".")}: ${reason}`;
}
