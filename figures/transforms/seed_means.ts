/** What a sweep found at each of its points: means over seeds, with their errors. */
import { deviation, mean } from "d3-array";
import { type Row, type Table, valueOf } from "../../analysis/study/sweep/sweep_table.ts";

/** The mean of a quantity over the rows that have the same coordinates. */
export interface SeedMean<Coordinate extends string> {
  readonly at: Readonly<Record<Coordinate, number>>;
  readonly value: number;
  /** Standard error over the rows; NaN of a single one. */
  readonly error: number;
  /** How many rows there were. */
  readonly rows: number;
}

/**
 * Averages a quantity over the rows that agree in some coordinates. Rows in which one of them has no value are left out.
 *
 * @param quantity a column of the table, or a ratio of two
 * @param coordinates quantities too, by names of one's own
 * @returns in the order of the table
 */
export function seedMeans<Coordinate extends string>(
  { rows }: Table,
  quantity: string,
  coordinates: Readonly<Record<Coordinate, string>>,
): SeedMean<Coordinate>[] {
  const names = Object.keys(coordinates) as Coordinate[];
  const placeOf = (row: Row) => names.map((name) => valueOf(row, coordinates[name]));
  const finite = rows.filter((row) => [...placeOf(row), valueOf(row, quantity)].every(Number.isFinite));
  return [...Map.groupBy(finite, (row) => placeOf(row).join()).values()].map((group) => {
    const values = group.map((row) => valueOf(row, quantity));
    const place = placeOf(group[0]);
    return {
      at: Object.fromEntries(names.map((name, index) => [name, place[index]])) as Record<Coordinate, number>,
      value: mean(values)!,
      error: values.length < 2 ? NaN : deviation(values)! / Math.sqrt(values.length),
      rows: values.length,
    };
  });
}
