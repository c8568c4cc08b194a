/** A table as CSV and as Parquet, for pandas, DuckDB, Plot and whoever reads these. */
// @ts-types="@types/d3-dsv"
import { csvFormat } from "d3-dsv";
import { parquetWriteBuffer } from "hyparquet-writer";
import type { Cell, Table } from "./sweep_table.ts";

/**
 * The table as CSV: numbers as JavaScript writes them, which read back to the same bits; nothing where there is none.
 * See {@linkcode runPoint}.
 */
export function csvOf({ columns, rows }: Table): string {
  return `${csvFormat([...rows], [...columns])}\n`;
}

/** What a Parquet column holds. */
type ColumnType = "DOUBLE" | "STRING" | "BOOLEAN";

/** The table as Parquet: DOUBLE, STRING and BOOLEAN columns, null where there is nothing. See {@linkcode runPoint}. */
export function parquetOf({ columns, rows }: Table): Uint8Array {
  const columnData = columns.map((name) => {
    const type = columnType(rows.map((row) => row[name]));
    // A column that holds text somewhere is text everywhere, so that it has one type.
    const data = rows.map((row) => row[name] === null || type !== "STRING" ? row[name] : String(row[name]));
    return { name, data, type, nullable: true };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function columnType(cells: readonly Cell[]): ColumnType {
  const types = new Set(cells.filter((cell) => cell !== null).map((cell) => typeof cell));
  if (types.size === 1 && types.has("boolean")) return "BOOLEAN";
  return types.size === 0 || types.size === 1 && types.has("number") ? "DOUBLE" : "STRING";
}
