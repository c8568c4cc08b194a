import { FailureError } from "../errors.ts";

/**
 * Says in one sentence why a file could not be written.
 *
 * @param path the file that was to be written
 * @param cause what the file system threw
 */
export function writeFailure(path: string, cause: unknown): FailureError {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new FailureError(`The disk is full and ${path} was not written.`, { cause, kind: "disk-full" });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new FailureError(`Cannot write ${path}: ${reason}.`, { cause });
}
