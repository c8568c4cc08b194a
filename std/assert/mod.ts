/**
 * A small stand-in for `jsr:@std/assert`, for machines that reach npm but not JSR: the same names and signatures for
 * what this workspace uses. Dropping the `links` entry of the workspace's deno.json brings the original back.
 */
import { difference } from "./difference.ts";

/** What every assertion here throws. */
export class AssertionError extends Error {
  override name = "AssertionError";
}

/** The class of an error, with whatever constructor. */
export type ErrorClass<E extends Error> = abstract new (
  ...parameters: never[]
) => E;

/** The values that `if` takes for false. */
export type Falsy = false | 0 | 0n | "" | null | undefined;

function show(value: unknown): string {
  return Deno.inspect(value, {
    depth: 8,
    iterableLimit: 60,
    strAbbreviateSize: 4000,
  });
}

function ending(message: string | undefined): string {
  return message ? `: ${message}` : ".";
}

/** Throws unless the condition is truthy. */
export function assert(condition: unknown, message = ""): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** Throws unless the condition is falsy. */
export function assertFalse(
  condition: unknown,
  message = "",
): asserts condition is Falsy {
  if (condition) throw new AssertionError(message);
}

/** Throws unless the values are deeply equal; NaN equals NaN and −0 equals 0. */
export function assertEquals<T>(
  actual: T,
  expected: T,
  message?: string,
): void {
  const path = difference(actual, expected);
  if (path === undefined) return;
  const where = path === "" ? "" : `first difference at ${path}\n`;
  throw new AssertionError(
    `Values are not equal${ending(message)}\n${where}actual: ${show(actual)}\nexpected: ${show(expected)}`,
  );
}

/** Throws if the values are deeply equal. */
export function assertNotEquals<T>(
  actual: T,
  expected: T,
  message?: string,
): void {
  if (difference(actual, expected) !== undefined) return;
  throw new AssertionError(
    `Expected actual: ${show(actual)} not to be: ${show(expected)}${ending(message)}`,
  );
}

/** Throws unless `Object.is(actual, expected)`. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  message?: string,
): asserts actual is T {
  if (Object.is(actual, expected)) return;
  throw new AssertionError(
    `Values are not strictly equal${ending(message)}\nactual: ${show(actual)}\nexpected: ${show(expected)}`,
  );
}

/**
 * Throws unless two numbers are within a tolerance of each other.
 *
 * @param tolerance the largest allowed |actual − expected|, absolute; without it 1e-7 of |expected|
 */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  message?: string,
): void {
  if (Object.is(actual, expected)) return;
  const allowed = tolerance ??
    (Number.isFinite(expected) ? Math.abs(expected) * 1e-7 : 1e-7);
  const delta = Math.abs(expected - actual);
  if (delta <= allowed) return;
  throw new AssertionError(
    `Expected actual: "${actual}" to be close to "${expected}": delta "${delta}" is greater than "${allowed}"${
      ending(message)
    }`,
  );
}

/** Throws unless actual > expected. */
export function assertGreater<T>(
  actual: T,
  expected: T,
  message?: string,
): void {
  if (!(actual > expected)) {
    throw new AssertionError(
      message ?? `Expect ${show(actual)} > ${show(expected)}`,
    );
  }
}

/** Throws unless actual ≥ expected. */
export function assertGreaterOrEqual<T>(
  actual: T,
  expected: T,
  message?: string,
): void {
  if (!(actual >= expected)) {
    throw new AssertionError(
      message ?? `Expect ${show(actual)} >= ${show(expected)}`,
    );
  }
}

/** Throws unless actual < expected. */
export function assertLess<T>(actual: T, expected: T, message?: string): void {
  if (!(actual < expected)) {
    throw new AssertionError(
      message ?? `Expect ${show(actual)} < ${show(expected)}`,
    );
  }
}

/** Throws unless actual ≤ expected. */
export function assertLessOrEqual<T>(
  actual: T,
  expected: T,
  message?: string,
): void {
  if (!(actual <= expected)) {
    throw new AssertionError(
      message ?? `Expect ${show(actual)} <= ${show(expected)}`,
    );
  }
}

/** Throws if the value is null or undefined. */
export function assertExists<T>(
  actual: T,
  message?: string,
): asserts actual is NonNullable<T> {
  if (actual !== undefined && actual !== null) return;
  throw new AssertionError(
    `Expected actual: "${actual}" to not be null or undefined${ending(message)}`,
  );
}

/** Throws unless the text contains the expected one. */
export function assertStringIncludes(
  actual: string,
  expected: string,
  message?: string,
): void {
  if (actual.includes(expected)) return;
  throw new AssertionError(
    `Expected actual: "${actual}" to contain: "${expected}"${ending(message)}`,
  );
}

/** Throws unless the pattern matches the text. */
export function assertMatch(
  actual: string,
  expected: RegExp,
  message?: string,
): void {
  if (expected.test(actual)) return;
  throw new AssertionError(
    `Expected actual: "${actual}" to match: "${expected}"${ending(message)}`,
  );
}

function checkError(
  error: unknown,
  errorClass: ErrorClass<Error> | undefined,
  includes: string | undefined,
  message: string | undefined,
): void {
  if (errorClass === undefined) return;
  if (!(error instanceof Error)) {
    throw new AssertionError(`A non-Error object was thrown${ending(message)}`);
  }
  const thrown = `${error.constructor.name}: ${JSON.stringify(error.message)}`;
  if (!(error instanceof errorClass)) {
    throw new AssertionError(
      `Expected error to be instance of "${errorClass.name}", but was ${thrown}${ending(message)}`,
    );
  }
  if (includes !== undefined && !error.message.includes(includes)) {
    throw new AssertionError(
      `Expected error message to include ${JSON.stringify(includes)}, but got ${thrown}${ending(message)}`,
    );
  }
}

/** Throws unless the function throws; returns what it threw. */
export function assertThrows(
  callback: () => unknown,
  message?: string,
): unknown;
/** Throws unless the function throws an error of the class, whose message includes a text; returns that error. */
export function assertThrows<E extends Error = Error>(
  callback: () => unknown,
  errorClass: ErrorClass<E>,
  includes?: string,
  message?: string,
): E;
export function assertThrows(
  callback: () => unknown,
  errorClassOrMessage?: ErrorClass<Error> | string,
  includes?: string,
  message?: string,
): unknown {
  const [errorClass, text] = typeof errorClassOrMessage === "string"
    ? [undefined, errorClassOrMessage]
    : [errorClassOrMessage, message];
  try {
    callback();
  } catch (error) {
    checkError(error, errorClass, includes, text);
    return error;
  }
  throw new AssertionError(`Expected function to throw${ending(text)}`);
}

/** Rejects unless the function returns a promise that rejects; resolves to what it rejected with. */
export function assertRejects(
  callback: () => PromiseLike<unknown>,
  message?: string,
): Promise<unknown>;
/** Rejects unless the promise rejects with an error of the class, whose message includes a text. */
export function assertRejects<E extends Error = Error>(
  callback: () => PromiseLike<unknown>,
  errorClass: ErrorClass<E>,
  includes?: string,
  message?: string,
): Promise<E>;
export async function assertRejects(
  callback: () => PromiseLike<unknown>,
  errorClassOrMessage?: ErrorClass<Error> | string,
  includes?: string,
  message?: string,
): Promise<unknown> {
  const [errorClass, text] = typeof errorClassOrMessage === "string"
    ? [undefined, errorClassOrMessage]
    : [errorClassOrMessage, message];
  let promise: PromiseLike<unknown>;
  try {
    promise = callback();
  } catch {
    throw new AssertionError(
      `Function throws when expected to reject${ending(text)}`,
    );
  }
  try {
    await promise;
  } catch (error) {
    checkError(error, errorClass, includes, text);
    return error;
  }
  throw new AssertionError(`Expected function to reject${ending(text)}`);
}
