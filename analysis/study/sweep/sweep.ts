/** A sweep as its YAML file says it: which experiments, which seeds, and what is measured of each. */
import { basename } from "node:path";
import { parse } from "@std/yaml";
import { z } from "zod";
import { UsageError } from "../../../models/errors.ts";
import type { Schema } from "../../../models/options_schema.ts";
import { isSectionKey, promptSections, type SectionKey, sectionKeys } from "../../report/sections.ts";
import { type SweepFigure, sweepFigures } from "./sweep_figures.ts";

/** Settings of an experiment, `model.hidden` → 384. */
export type PointSettings = Readonly<Record<string, unknown>>;

/** The values of a setting from which random points are drawn: some to choose from, or a range. */
export type RandomRange = readonly unknown[] | {
  /** The least value. */
  readonly from: number;
  /** The largest value. */
  readonly to: number;
  /** Whether all values are as likely, or all ratios. @default "linear" */
  readonly scale: "linear" | "log";
  /** Whether values are rounded to whole numbers. @default false */
  readonly whole: boolean;
};

/** A listed point. */
export interface ListedPoint {
  /** Default the sweep's. */
  readonly preset?: string;
  /** Default the sweep's. */
  readonly sections?: readonly SectionKey[];
  /** What it changes in the experiment. */
  readonly settings: PointSettings;
}

/** What is left of a run when it is measured: all of it, what figures need, or config.yaml, analysis.json and summary.md. */
export type Kept = "run" | "weights" | "measurements";

/** A sweep, complete. */
export interface Sweep {
  /** Of the sweep's folder. */
  readonly name: string;
  /** What the sweep is for. */
  readonly description: string;
  /** The experiment that all points change. */
  readonly preset?: string;
  /** The same as a file, relative to the sweep's. */
  readonly config?: string;
  /** What all points change in it. */
  readonly set: PointSettings;
  /** Seeds of every point; none for the experiment's own. */
  readonly seeds: readonly number[];
  /** Keys of the sections that are measured. */
  readonly sections: readonly SectionKey[];
  /** Values by setting, of which every combination is a point; a value may be several settings, whatever its key is. */
  readonly grid: Readonly<Record<string, readonly unknown[]>>;
  /** Points drawn at random. */
  readonly random?: {
    /** How many. */
    readonly points: number;
    /** Of the drawing. */
    readonly seed: number;
    /** Where each setting is drawn from. */
    readonly keys: Readonly<Record<string, RandomRange>>;
  };
  /** Points one by one. */
  readonly points: readonly ListedPoint[];
  /** Threads of every training: the numbers depend on them, in their last bits. */
  readonly threads: number;
  /** What is left of each run. */
  readonly keep: Kept;
  /** The figures over all points. */
  readonly figures: readonly SweepFigure[];
}

const settings = z.record(z.string(), z.unknown());

/** A list of sections, or a word for a list; words may stand in a list too. */
const sectionList = z.union([z.string(), z.array(z.string())]).transform((value, context): SectionKey[] => {
  const names = [value].flat();
  const keys = names.flatMap((name): readonly SectionKey[] => {
    if (name === "prompt") return promptSections;
    if (name === "all") return sectionKeys;
    if (isSectionKey(name)) return [name];
    context.addIssue({
      code: "custom",
      message: `there is no section "${name}"; choose from prompt, all, ${sectionKeys.join(", ")}`,
    });
    return [];
  });
  if (names.length === 0) context.addIssue({ code: "custom", message: "name one section or more" });
  return [...new Set(keys)];
});

const range = z.union([
  z.array(z.unknown()).min(1),
  z.strictObject({
    from: z.number(),
    to: z.number(),
    scale: z.enum(["linear", "log"]).default("linear"),
    whole: z.boolean().default(false),
  }).refine(({ from, to, scale }) => from < to && (scale === "linear" || from > 0), {
    message: "from must be below to, and above 0 on a log scale",
  }),
]);

const listedPoint = z.looseObject({ preset: z.string().optional(), sections: sectionList.optional() })
  .transform(({ preset, sections, ...settings }): ListedPoint => ({ preset, sections, settings }));

const seeds = z.union([
  z.int().positive().transform((count) => Array.from({ length: count }, (_, seed) => seed)),
  z.array(z.int().nonnegative()).min(1),
]);

const schema: Schema<Sweep> = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, "must be lower-case letters, digits, dots and dashes"),
  description: z.string().default(""),
  preset: z.string().optional(),
  config: z.string().optional(),
  set: settings.default({}),
  seeds: seeds.default([]),
  sections: sectionList.default([...promptSections]),
  grid: z.record(z.string(), z.array(z.unknown()).min(1)).default({}),
  random: z.strictObject({
    points: z.int().positive(),
    seed: z.int().nonnegative().default(0),
    keys: z.record(z.string(), range),
  }).optional(),
  points: z.array(listedPoint).default([]),
  threads: z.int().positive().default(1),
  keep: z.enum(["run", "weights", "measurements"]).default("weights"),
  figures: sweepFigures,
}) as unknown as Schema<Sweep>;

/**
 * Reads a sweep.
 *
 * @param text in YAML
 * @param source named in the error message; the sweep's name where the text has none
 * @throws {UsageError} naming what is no YAML, unknown, missing or out of range
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseSweep } from "./sweep.ts";
 * import { sweepPoints } from "./sweep_points.ts";
 * const sweep = parseSweep("{ preset: quick, seeds: 2, grid: { model.hidden: [64, 128] } }", "widths.yaml");
 * assertEquals(sweepPoints(sweep).map(({ config }) => config.name), [
 *   "hidden-64-seed-0",
 *   "hidden-64-seed-1",
 *   "hidden-128-seed-0",
 *   "hidden-128-seed-1",
 * ]);
 * ```
 */
export function parseSweep(text: string, source: string): Sweep {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`${source}: not valid YAML (${error.message.split("\n")[0]}).`);
  }
  if (typeof value !== "object" || value === null) throw new UsageError(`${source}: holds no keys.`);
  const result = schema.safeParse({ name: basename(source).replace(/\.ya?ml$/, ""), ...value });
  if (result.success) return requireWhole(result.data, source);
  const [issue] = result.error.issues;
  if (issue.code === "unrecognized_keys") {
    const known =
      "name, description, preset, config, set, seeds, sections, grid, random, points, threads, keep, figures";
    throw new UsageError(
      `${source}: unknown key ${[...issue.path, issue.keys[0]].join(".")}; a sweep has ${known}.`,
    );
  }
  throw new UsageError(`${source}: ${issue.path.join(".") || "the file"}: ${issue.message}.`);
}

/** Refuses a sweep that says its experiment twice, or not at all. */
function requireWhole(sweep: Sweep, source: string): Sweep {
  const { preset, config, points, grid, random } = sweep;
  if (preset !== undefined && config !== undefined) {
    throw new UsageError(`${source}: preset and config exclude each other.`);
  }
  const isBased = preset !== undefined || config !== undefined;
  const needsBase = Object.keys(grid).length > 0 || random !== undefined ||
    points.some(({ preset }) => preset === undefined);
  if (!isBased && (needsBase || points.length === 0)) {
    throw new UsageError(`${source}: names no experiment; give a preset, or a config with the path of its file.`);
  }
  return sweep;
}
