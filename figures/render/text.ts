/** Measuring, wrapping and numbers as words: figures are drawn without a browser that could measure text. */

/** Widths of Helvetica's characters in thousandths of the font size, where they differ much from the usual 556. */
const narrow: readonly [string, number][] = [
  ["ijl.,:;'|!I \u00a0", 270],
  ["ft()[]/r-", 320],
  ["cksvxyz", 500],
  ["ABEKPSVXYCDHNRU&", 690],
  ["GOQMwm%@W", 840],
  ["→…—−", 1000],
];
const widths = new Map(narrow.flatMap(([characters, width]) => [...characters].map((character) => [character, width])));

/** Approximate width of a text in Helvetica or Arial, in the unit of the font size. */
export function textWidth(text: string, fontSize: number): number {
  let thousandths = 0;
  for (const character of text) thousandths += widths.get(character) ?? 556;
  return thousandths * fontSize / 1000;
}

/** Breaks a text between words into lines no wider than `width`, with 3 % to spare. A single word that is wider stands alone. */
export function wrapText(text: string, width: number, fontSize: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/[ \n]+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && 1.03 * textWidth(longer, fontSize) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (line !== "") lines.push(line);
  return lines;
}

/** A whole number with commas between thousands, "3,145,728". */
export function formatCount(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

/** A number to some significant digits with a true minus sign, "−0.0123"; powers of ten outside 1e-4 … 1e6. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-4 || size >= 1e6)
    ? value.toExponential(digits - 1).replace("e+", "e")
    : String(Number(value.toPrecision(digits)));
  return text.replaceAll("-", "−");
}

/** A number with the digits that its standard error allows, "7.412 ± 0.023"; without a finite error as `formatNumber`. */
export function formatMeasured(value: number, error: number): string {
  return error > 0 && error < Infinity ? `${toError(value, error)} ± ${toError(error, error)}` : formatNumber(value, 4);
}

/** A number rounded to the second significant digit of an error. */
export function toError(value: number, error: number): string {
  const decimals = Math.min(20, Math.max(0, 1 - Math.floor(Math.log10(error))));
  const text = value.toFixed(decimals);
  return (Number(text) === 0 ? text.replace("-", "") : text).replaceAll("-", "−");
}

/** A share as a percentage, "0.94 %"; near one with so many digits that the rest shows, "99.952 %"; the space does not break. */
export function formatShare(value: number): string {
  const rest = 100 * (1 - value);
  const digits = rest > 0 && rest < 1 ? 3 - Math.floor(Math.log10(rest)) : 3;
  return `${formatNumber(100 * value, digits)}\u00a0%`;
}
