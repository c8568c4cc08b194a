/**
 * Numbers as words: one way of writing them for summaries, figures, pages and tasks. The minus is a true one, "−", and a
 * no-break space stands before %, so that a number is never torn from its sign or its unit.
 */

const noBreakSpace = "\u00a0";

/** A whole number with commas between thousands, "3,145,728". */
export function wholeNumber(value: number): string {
  return trueMinus(value.toLocaleString("en-US", { maximumFractionDigits: 0 }));
}

/** A number to some significant digits, "−0.0123"; powers of ten outside 1e−4 … 1e6; a dash where there is none. */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const isShort = size === 0 || (size >= 1e-4 && size < 1e6);
  return trueMinus(isShort ? String(Number(value.toPrecision(digits))) : value.toExponential(digits - 1));
}

/** value ± error, both to the error's second digit, "7.412 ± 0.023"; without a finite error the value alone. */
export function withError(value: number, error: number): string {
  return error > 0 && error < Infinity
    ? `${roundedTo(value, error)} ± ${roundedTo(error, error)}`
    : significant(value, 4);
}

/** A number rounded to the second significant digit of an error, "7.412". */
export function roundedTo(value: number, error: number): string {
  return fixed(value, Math.min(20, Math.max(0, 1 - Math.floor(Math.log10(error)))));
}

/** A number to some decimals, "−0.50"; zero has no sign. */
export function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : trueMinus(text);
}

/** A fraction as a percentage, "0.94 %"; near one with so many digits that the rest shows, "99.952 %". */
export function percent(fraction: number): string {
  const rest = 100 * (1 - fraction);
  const digits = rest > 0 && rest < 1 ? 3 - Math.floor(Math.log10(rest)) : 3;
  return `${significant(100 * fraction, digits)}${noBreakSpace}%`;
}

const trueMinus = (text: string) => text.replace("e+", "e").replaceAll("-", "−");
