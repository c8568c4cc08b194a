import { UsageError } from "../../errors.ts";
import type { Config } from "../../experiment/config.ts";

/**
 * Refuses to train a run whose weights were imported: what trained them, and how far it was, is not known here.
 *
 * @param path of the run, for the message
 * @throws {UsageError} if they were
 */
export function requireTrainedHere(path: string, { imported }: Config): void {
  if (imported === undefined) return;
  throw new UsageError(`${path} holds the weights of ${imported.file}, which it does not train; choose another name.`);
}
