/**
 * Something the user asked for that cannot be: the message is one sentence with the fix.
 * Tasks print it without a stack trace and exit with code 2.
 */
export class UsageError extends Error {
  override name = "UsageError";
}

/**
 * Something that went wrong though the request was sound (a broken file, a full disk, a missing library).
 * Tasks print the message without a stack trace and exit with code 1.
 */
export class FailureError extends Error {
  override name = "FailureError";
}
