/**
 * Seeded random numbers for everything that is drawn in JavaScript: initial weights, null models, samples of points.
 * Training noise is drawn inside the graph; its seeds come from here too.
 */

/** A reproducible stream of random numbers. */
export interface RandomStream {
  /** Uniform in [0, 1), 32 bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform over 0 … bound − 1. */
  integer(bound: number): number;
}

/**
 * A 32-bit hash of a seed and labels, so that every use of randomness has a stream of its own that does not move
 * when another use is added. FNV-1a over the text, finished with the mixer of MurmurHash3.
 */
export function hashSeed(seed: number, ...labels: (number | string)[]): number {
  let hash = 0x811c9dc5;
  for (const character of [seed, ...labels].join("/")) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * A stream of random numbers that depends on the seed and the labels alone.
 *
 * The generator is sfc32 (Chris Doty-Humphrey's Small Fast Counting generator, 128 bits of state, passes PractRand);
 * normals come in pairs from the polar method of Marsaglia.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream } from "./random.ts";
 * assertEquals(randomStream(1, "noise").uniform(), randomStream(1, "noise").uniform());
 * ```
 */
export function randomStream(seed: number, ...labels: (number | string)[]): RandomStream {
  let a = hashSeed(seed, ...labels, "a");
  let b = hashSeed(seed, ...labels, "b");
  let c = hashSeed(seed, ...labels, "c");
  let counter = 1;
  let spare: number | undefined;

  function bits(): number {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result | 0;
    return result >>> 0;
  }
  for (let discarded = 0; discarded < 12; discarded++) bits();

  const uniform = () => bits() / 0x1_0000_0000;
  function normal(): number {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    while (true) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const squared = u * u + v * v;
      if (squared === 0 || squared >= 1) continue;
      const scale = Math.sqrt(-2 * Math.log(squared) / squared);
      spare = v * scale;
      return u * scale;
    }
  }
  return { uniform, normal, integer: (bound) => Math.floor(uniform() * bound) };
}

/**
 * Puts the entries of an array in random order, in place; every order is as likely (Fisher and Yates).
 *
 * @returns the array
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream, shuffle } from "./random.ts";
 * assertEquals(shuffle([3, 1, 2], randomStream(0, "cards")).toSorted(), [1, 2, 3]);
 * ```
 */
export function shuffle<Values extends unknown[] | Int32Array | BigInt64Array>(
  values: Values,
  { integer }: Pick<RandomStream, "integer">,
): Values {
  const slots: Record<number, unknown> = values as unknown as Record<number, unknown>;
  for (let last = values.length - 1; last > 0; last--) {
    const other = integer(last + 1);
    [slots[last], slots[other]] = [slots[other], slots[last]];
  }
  return values;
}
