/** All that a sweep found, as one tidy table: a row a point and seed. */
import { FailureError, UsageError } from "../../../models/errors.ts";
import { continueRun } from "../../../models/run/continue_run.ts";
import { pathKind } from "../../../models/disk/path_kind.ts";
import { runFiles } from "../../../models/run/run_folder.ts";
import { readAnalysisFile } from "../../report/analysis.ts";
import { isSectionKey } from "../../report/sections.ts";
import { unmeasured } from "../study_work.ts";
import type { SweepPoint } from "./sweep_points.ts";

/** What a row has in a column; null where there is nothing. */
export type Cell = number | string | boolean | null;

/** A point and seed: its name, how far it is, its settings, and what was measured. */
export type Row = Readonly<Record<string, Cell>>;

/** Rows with the same columns. */
export interface Table {
  /**
   * `point` (the folder's name), `status` (done, failed or missing), `failure`; the settings that differ, then all others,
   * by their keys in `config.yaml`; the numbers that were measured by their paths in `analysis.json`.
   */
  readonly columns: readonly string[];
  /** In the order of the points. */
  readonly rows: readonly Row[];
}

/** How far a point is. */
export type PointStatus = "done" | "failed" | "missing";

/**
 * Reads what is there of the points. Wall times are no part of it: one sweep gives the same table bit for bit, however it
 * was run and interrupted. See {@linkcode runPoint}.
 *
 * @param pathOf where a point's run is
 * @param failures why points failed, by name
 * @throws {UsageError} if a run that is there is of another experiment
 */
export async function sweepTable(
  points: readonly SweepPoint[],
  pathOf: (point: SweepPoint) => string,
  failures: ReadonlyMap<string, string> = new Map(),
): Promise<Table> {
  const rows: Row[] = [];
  for (const point of points) rows.push(await rowOf(point, pathOf(point), failures.get(point.config.name)));
  const varied = new Set(points.flatMap(({ settings }) => Object.keys(settings)));
  const columns = new Set(["point", "status", "failure", ...varied, "training.seed"]);
  for (const row of rows) for (const column of Object.keys(row)) columns.add(column);
  return {
    columns: [...columns],
    rows: rows.map((row) => Object.fromEntries(Array.from(columns, (column) => [column, row[column] ?? null]))),
  };
}

async function rowOf({ config, keys }: SweepPoint, path: string, failure?: string): Promise<Row> {
  const { name, description: _, pair: __, ...settings } = config;
  const measured = await measurements({ config, keys }, path);
  const status: PointStatus = measured !== undefined ? "done" : failure !== undefined ? "failed" : "missing";
  const said = status === "failed" ? failure! : null;
  return { point: name, status, failure: said, ...flat(settings), ...measured };
}

/** The numbers in `analysis.json`, if all that is asked for was measured. */
async function measurements(point: Pick<SweepPoint, "config" | "keys">, path: string): Promise<Row | undefined> {
  if (!await isPointDone(point, path)) return undefined;
  const run = await continueRun(path, point.config);
  // A section that found nothing to measure is null, and no number.
  const file = Object.entries(await readAnalysisFile(run)).filter(([key, data]) =>
    isSectionKey(key) && point.keys.includes(key) && data !== null
  );
  return flat(Object.fromEntries(file), (value) => typeof value === "number" || value === null);
}

/**
 * Whether all that is asked for of a point has been measured.
 *
 * @throws {UsageError} if the run that is there is of another experiment
 */
export async function isPointDone(
  { config, keys }: Pick<SweepPoint, "config" | "keys">,
  path: string,
): Promise<boolean> {
  if (await pathKind(path) === undefined) return false;
  try {
    const run = await continueRun(path, config);
    return await run.has(runFiles.analysis) && (await unmeasured(run, keys)).length === 0;
  } catch (error) {
    // A damaged file is measured again, or fails again.
    if (error instanceof FailureError) return false;
    throw error;
  }
}

/** The numbers, texts and switches in a tree, by their paths; lists are no part of it. */
function flat(
  tree: Readonly<Record<string, unknown>>,
  isTaken: (value: unknown) => boolean = () => true,
  prefix = "",
): Record<string, Cell> {
  return Object.assign(
    {},
    ...Object.entries(tree).map(([key, value]): Record<string, Cell> => {
      const path = `${prefix}${key}`;
      if (typeof value === "object" && value !== null) {
        return Array.isArray(value) ? {} : flat({ ...value }, isTaken, `${path}.`);
      }
      return value !== undefined && isTaken(value) ? { [path]: value as Cell } : {};
    }),
  );
}

/** How many points are how far. */
export function statusCounts({ rows }: Table): Record<PointStatus, number> {
  const counts = { done: 0, failed: 0, missing: 0 };
  for (const { status } of rows) counts[status as PointStatus]++;
  return counts;
}

/**
 * The value of a column, or of a ratio of two, in a row; NaN where there is none.
 *
 * @param quantity such as `signs.density.value`, or `model.features / model.hidden`
 */
export function valueOf(row: Row, quantity: string): number {
  const [numerator, denominator] = quantity.split(" / ");
  const number = (column: string) => typeof row[column] === "number" ? row[column] : NaN;
  return denominator === undefined ? number(numerator) : number(numerator) / number(denominator);
}

/**
 * Refuses a quantity that no row has a value of.
 *
 * @throws {UsageError} naming it
 */
export function requireColumns({ columns }: Table, quantities: readonly string[]): void {
  const missing = quantities.flatMap((quantity) => quantity.split(" / ")).find((column) => !columns.includes(column));
  if (missing !== undefined) throw new UsageError(`The sweep's table has no column ${missing}.`);
}
