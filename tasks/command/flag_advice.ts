/** What can be done on a command line about the errors of the library, which names no options. */
import type { ErrorKind, PinfieldError } from "../../models/errors.ts";

/** What to do about problems, each the end of a sentence. */
export type Advice = Readonly<Partial<Record<ErrorKind, string>>>;

/** What helps in every task. */
const everywhere: Advice = {
  "disk-full": "free some space and run the command again",
  "run-unfinished": "finish its training by `deno task train-superposition` with --resume",
};

/** The sentence of an error, ended by what a task advises; a message without advice stays as it is. */
export function withAdvice({ message, kind }: PinfieldError, advice: Advice = {}): string {
  const remedy = kind && { ...everywhere, ...advice }[kind];
  return remedy === undefined ? message : `${message.replace(/\.$/, "")}; ${remedy}.`;
}
