import { stringify as stringifyYaml } from "yaml";
import { schema } from "./schema.ts";

/** Options of {@linkcode stringify}. */
export interface StringifyOptions {
  /** Spaces of a level. Default 2. */
  indent?: number;
  /** Columns after which text is folded. Default 80; Infinity never folds. */
  lineWidth?: number;
  /** Leaves out what YAML cannot hold (undefined, functions, symbols) instead of throwing. Default false. */
  skipInvalid?: boolean;
  /** Whether keys are sorted. Default false. */
  sortKeys?: boolean;
  /** Whether an object that comes twice is written once and referred to. Default true. */
  useAnchors?: boolean;
}

/**
 * Writes a value as a YAML document.
 *
 * @throws {TypeError} where the value holds undefined, a function or a symbol
 */
export function stringify(data: unknown, options: StringifyOptions = {}): string {
  const { indent = 2, lineWidth = 80, skipInvalid = false, sortKeys = false, useAnchors = true } = options;
  const check = (_key: unknown, value: unknown) => {
    if (value !== undefined && typeof value !== "function" && typeof value !== "symbol") return value;
    if (skipInvalid) return undefined;
    throw new TypeError(`Cannot stringify ${typeof value}`);
  };
  return stringifyYaml(data, check, {
    ...schema,
    aliasDuplicateObjects: useAnchors,
    // Quotes what older readers would take for something else, such as "yes".
    compat: "yaml-1.1",
    indent,
    lineWidth: Number.isFinite(lineWidth) ? lineWidth : 0,
    singleQuote: true,
    sortMapEntries: sortKeys,
  });
}
