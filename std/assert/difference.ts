/** The comparison behind {@linkcode assertEquals}. */
import { isDeepStrictEqual } from "node:util";

type Keyed = Record<PropertyKey, unknown>;

function isObject(value: unknown): value is Keyed {
  return typeof value === "object" && value !== null;
}

/** An object without a prototype counts as a plain one, as in the original. */
function kind(value: Keyed): unknown {
  return Object.getPrototypeOf(value)?.constructor ?? Object;
}

function isTypedArray(value: unknown): value is ArrayLike<unknown> {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** Things whose content is not in their properties. */
function isOpaque(value: Keyed): boolean {
  return [Date, RegExp, URL, Map, Set, Error, ArrayBuffer, DataView].some((
    type,
  ) => value instanceof type);
}

/**
 * Where two values first differ, compared deeply: NaN equals NaN, −0 equals 0, classes must agree, and a key that
 * holds `undefined` differs from a key that is not there.
 *
 * @returns a path such as `.model.hidden` or `[3]`, empty where the values differ as a whole;
 * `undefined` when they are equal
 */
export function difference(
  actual: unknown,
  expected: unknown,
  path = "",
  within: unknown[] = [],
): string | undefined {
  if (actual === expected || Object.is(actual, expected)) return undefined;
  if (
    !isObject(actual) || !isObject(expected) || kind(actual) !== kind(expected)
  ) return path;
  // An object that holds itself: this pair is being compared further out.
  if (within.includes(actual)) return undefined;
  if (isTypedArray(actual) && isTypedArray(expected)) {
    if (actual.length !== expected.length) return `${path}.length`;
    for (let index = 0; index < actual.length; index++) {
      if (
        actual[index] !== expected[index] &&
        !Object.is(actual[index], expected[index])
      ) return `${path}[${index}]`;
    }
    return undefined;
  }
  if (isOpaque(actual)) {
    return isDeepStrictEqual(actual, expected) &&
        String(actual) === String(expected)
      ? undefined
      : path;
  }
  if (
    Array.isArray(actual) && Array.isArray(expected) &&
    actual.length !== expected.length
  ) return `${path}.length`;
  for (
    const key of new Set([
      ...Reflect.ownKeys(actual),
      ...Reflect.ownKeys(expected),
    ])
  ) {
    const step = Array.isArray(actual) && typeof key === "string" ? `${path}[${key}]` : `${path}.${String(key)}`;
    if (Object.hasOwn(actual, key) !== Object.hasOwn(expected, key)) {
      return step;
    }
    const found = difference(actual[key], expected[key], step, [
      ...within,
      actual,
    ]);
    if (found !== undefined) return found;
  }
  return undefined;
}
