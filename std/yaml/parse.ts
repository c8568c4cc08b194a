import { parseDocument } from "yaml";
import { schema } from "./schema.ts";

/** Options of {@linkcode parse}. */
export interface ParseOptions {
  /** Whether a key may come twice in one mapping; the last one then wins. Default false. */
  allowDuplicateKeys?: boolean;
  /** Told about what is doubtful but no error. */
  onWarning?(error: Error): void;
}

/**
 * Reads a YAML document.
 *
 * @param content the text; null when it holds nothing
 * @throws {SyntaxError} where the text is no YAML, has a key twice or has several documents
 */
export function parse(content: string, options: ParseOptions = {}): unknown {
  const document = parseDocument(content, {
    ...schema,
    uniqueKeys: !(options.allowDuplicateKeys ?? false),
    // What is doubtful is told to `onWarning`, and not by the process.
    logLevel: "error",
  });
  const [error] = document.errors;
  if (error) throw new SyntaxError(error.message);
  for (const warning of document.warnings) options.onWarning?.(warning);
  try {
    return document.toJS() ?? null;
  } catch (error) {
    // An alias without an anchor is found only here, as a ReferenceError.
    if (error instanceof ReferenceError) throw new SyntaxError(error.message);
    throw error;
  }
}
