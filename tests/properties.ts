/** Properties that hold for whatever fast-check draws. */
import { assertMatch, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { FailureError, UsageError } from "../models/errors.ts";

/** The same draws in every run, so that what fails does so again; others by PINFIELD_SEED. */
const seed = Number(Deno.env.get("PINFIELD_SEED") ?? 1);

/** Asserts that a predicate, which throws where it does not hold, holds for many draws. */
export async function forAll<Draw>(
  draws: number,
  arbitrary: fc.Arbitrary<Draw>,
  predicate: (draw: Draw) => void | Promise<void>,
): Promise<void> {
  await fc.assert(fc.asyncProperty(arbitrary, async (draw) => await predicate(draw)), { seed, numRuns: draws });
}

/**
 * Runs what may refuse its input, and asserts that a refusal is one of our errors, and one line that names the source and
 * ends as a sentence does.
 *
 * @returns what it gave, undefined where it refused
 */
export async function orSentence<T>(source: string, read: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof FailureError)) throw error;
    assertMatch(error.message, /^[^\n\r\u2028\u2029]*\.$/);
    assertStringIncludes(error.message, source);
    return undefined;
  }
}

/** Pieces as one array. */
export function joined(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let end = 0;
  for (const piece of pieces) {
    whole.set(piece, end);
    end += piece.length;
  }
  return whole;
}
