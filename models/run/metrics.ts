/** The lines of `metrics.jsonl`: one JSON object of numbers for each logged chunk. */
import { FailureError } from "../errors.ts";

/** What is logged at a step; names as the trainer gives them. */
export interface MetricsRow {
  /** The last of the steps that the row is the mean of. */
  readonly step: number;
  /** Means of the scalars of the objective, the learning rate, and the wall time `seconds`. */
  readonly [name: string]: number;
}

/** A row as a line of JSON. JSON has no NaN and no infinities: they are written as null. */
export function formatMetrics(rows: readonly MetricsRow[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

function parseRow(line: string): MetricsRow | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("step" in value)) return undefined;
  const entries = Object.entries(value).map(([name, number]) => [name, number ?? NaN] as const);
  if (!entries.every(([, number]) => typeof number === "number")) return undefined;
  return Object.fromEntries(entries) as unknown as MetricsRow;
}

/**
 * The rows of a metrics file. A last line without its line break is what an interruption left of an append, and is
 * not counted; null is read as NaN.
 *
 * @param source the file's name, for error messages
 * @throws {FailureError} naming the first complete line that is no row of numbers
 */
export function parseMetrics(text: string, source: string): MetricsRow[] {
  return text.split("\n").slice(0, -1).map((line, index) => {
    const row = parseRow(line);
    if (row) return row;
    throw new FailureError(`${source}, line ${index + 1} is no JSON object of numbers with a step; delete that line.`);
  });
}
