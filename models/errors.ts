/** The errors that users are told of in one sentence. */

/**
 * Problems that another request would solve. The message says what is wrong; how to ask for something else depends on
 * where one asks (options of a command line, arguments in a script), so that whoever catches the error adds it.
 */
export type ErrorKind =
  /** A run is there where a new one was to be made. */
  | "run-exists"
  /** A run that was to be continued is of another experiment. */
  | "run-differs"
  /** A run has no weights yet. */
  | "run-unfinished"
  /** Another process trains, measures or draws the run. */
  | "run-in-use"
  /** It is not clear which arrays of a file are the encoder and the decoder. */
  | "weights-unnamed"
  /** The objective is no number any more. */
  | "diverged"
  | "disk-full"
  /** This machine cannot run CUDA. */
  | "no-cuda"
  /** A file cannot be fetched; another machine may fetch it. */
  | "no-network";

/** What an error may be told beside its message. */
export interface PinfieldErrorOptions extends ErrorOptions {
  /** Which of the problems with advice elsewhere it is. @default none: the message says all, and what to do */
  readonly kind?: ErrorKind;
}

/** What {@linkcode UsageError} and {@linkcode FailureError} have in common: a message of one sentence. */
export abstract class PinfieldError extends Error {
  /** Which of the problems with advice elsewhere it is. */
  readonly kind?: ErrorKind;

  /** Makes an error with one clear sentence. */
  constructor(message: string, { kind, ...options }: PinfieldErrorOptions = {}) {
    super(message, options);
    this.kind = kind;
  }
}

/**
 * Something the user asked for that cannot be. Tasks print it without a stack trace and exit with code 2.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FailureError, PinfieldError, UsageError } from "./errors.ts";
 * import { preset } from "./experiment/presets.ts";
 * try {
 *   preset("laptop", { "training.batch": 0 });
 *   throw new Error("a batch of nothing");
 * } catch (error) {
 *   if (!(error instanceof PinfieldError)) throw error; // a bug
 *   assertEquals([error instanceof UsageError, error instanceof FailureError], [true, false]);
 *   console.log(error.message); // one sentence, which names the key
 * }
 * ```
 */
export class UsageError extends PinfieldError {
  /** Tells the class by name. */
  override name = "UsageError";
}

/**
 * Something that went wrong though the request was sound (a broken file, a full disk, a missing library).
 * Tasks print the message without a stack trace and exit with code 1. See {@linkcode UsageError}.
 */
export class FailureError extends PinfieldError {
  /** Tells the class by name. */
  override name = "FailureError";
}
