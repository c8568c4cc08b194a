/** Markdown for summaries. */

/** A table; cells are text already. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A number with three or so significant digits, without exponent where that reads well. */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return "–";
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e6)) return value.toExponential(digits - 1);
  return Number(value.toPrecision(digits)).toLocaleString("en", {
    maximumSignificantDigits: digits,
    useGrouping: false,
  });
}

/** value ± error, both to the error's second digit. */
export function withError(value: number, error: number): string {
  if (!(error > 0) || !Number.isFinite(error)) return significant(value, 4);
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(error)));
  return `${value.toFixed(Math.min(decimals, 8))} ± ${error.toFixed(Math.min(decimals, 8))}`;
}

/** A fraction as a percentage. */
export function percent(fraction: number): string {
  return `${significant(100 * fraction)} %`;
}
