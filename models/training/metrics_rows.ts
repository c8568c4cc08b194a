import type { MetricsRow } from "../run/metrics.ts";

/** Steps that one row of the metrics averages. */
const stepsPerRow = 10;

/** What of a chunk of steps is logged. */
interface Chunk {
  readonly state: { readonly step: number };
  readonly scalars: Readonly<Record<string, Float32Array>>;
  readonly seconds: { readonly total: number };
}

/** The rows of a chunk: means of the scalars over every few steps, and when the last of these was done. */
export function metricsRows({ state, scalars, seconds: { total } }: Chunk, secondsBefore: number): MetricsRow[] {
  const count = scalars.objective.length;
  const rows: MetricsRow[] = [];
  for (let start = 0; start < count; start += stepsPerRow) {
    const end = Math.min(start + stepsPerRow, count);
    const means = Object.entries(scalars).map(([name, values]) => {
      const sum = values.subarray(start, end).reduce((total, value) => total + value, 0);
      return [name, sum / (end - start)];
    });
    rows.push({
      step: state.step - count + end,
      ...Object.fromEntries(means),
      seconds: secondsBefore + total * end / count,
    });
  }
  return rows;
}
