/** Boolean functions of pairs of features: which there are, which pairs they are of, and their values as sums. */
import { randomStream } from "../random.ts";
import type { KHotOptions } from "./k_hot.ts";

/** The value of each function by how many of its two features are on. See {@linkcode pairOutputs}. */
export const pairFunctions = { and: [0, 0, 1], or: [0, 1, 1], xor: [0, 1, 0] } as const;

/** The name of a function of two features. */
export type PairFunction = keyof typeof pairFunctions;

/** The options of the boolean task. */
export interface BooleanOptions extends KHotOptions {
  /** The functions; the outputs take them in turn. @default [and] */
  readonly functions: readonly PairFunction[];
  /** Whether x* itself is asked for too, by the first d outputs. @default false */
  readonly denoise: boolean;
  /** Which pairs of features. @default 0 */
  readonly pairSeed: number;
}

/** What an output is asked for: a function of two features. */
export interface PairOutput {
  /** Its index among all outputs. */
  readonly output: number;
  /** The function. */
  readonly name: PairFunction;
  /** The two features. */
  readonly pair: readonly [number, number];
}

/** How many functions of pairs some outputs hold. */
export function functionCount(features: number, outputs: number, { denoise }: Pick<BooleanOptions, "denoise">): number {
  return denoise ? outputs - features : outputs;
}

/**
 * The functions that are asked for, each of another pair, the pairs drawn uniformly.
 *
 * @param features d
 * @param outputs the width of y
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pairFunctions, pairOutputs } from "./pair_functions.ts";
 * const outputs = pairOutputs(8, 10, { functions: ["and", "xor"], denoise: true, pairSeed: 0 });
 * assertEquals(outputs.map(({ output, name }) => [output, name]), [[8, "and"], [9, "xor"]]); // after x* itself
 * assertEquals(pairFunctions.xor, [0, 1, 0]); // where neither, one or both of the features are on
 * ```
 */
export function pairOutputs(
  features: number,
  outputs: number,
  task: Pick<BooleanOptions, "functions" | "denoise" | "pairSeed">,
): PairOutput[] {
  const { integer } = randomStream(task.pairSeed, "pairs");
  const count = functionCount(features, outputs, task);
  const pairs = new Map<number, readonly [number, number]>();
  while (pairs.size < count) {
    const [first, second] = [integer(features), integer(features)];
    if (first < second) pairs.set(first * features + second, [first, second]);
  }
  return [...pairs.values()].map((pair, index) => ({
    output: outputs - count + index,
    name: task.functions[index % task.functions.length],
    pair,
  }));
}

/**
 * The outputs as sums over the features that are on: with s = Σ_{i∈I} sums[i], an output is single·s + product·s(s − 1)/2.
 * Where x* is asked for, s is x* and the second term vanishes.
 */
export interface OutputSums {
  /** [d, m], row by row: 1 where an output depends on a feature. */
  readonly sums: Float32Array;
  /** [m]. */
  readonly single: Float32Array;
  /** [m]. */
  readonly product: Float32Array;
}

/** The outputs of the task as sums. */
export function outputSums(features: number, outputs: number, task: BooleanOptions): OutputSums {
  const sums = new Float32Array(features * outputs);
  const single = new Float32Array(outputs).fill(1);
  const product = new Float32Array(outputs);
  if (task.denoise) { for (let feature = 0; feature < features; feature++) sums[feature * outputs + feature] = 1; }
  for (const { output, name, pair } of pairOutputs(features, outputs, task)) {
    const [, one, two] = pairFunctions[name];
    for (const feature of pair) sums[feature * outputs + output] = 1;
    single[output] = one;
    product[output] = two - 2 * one;
  }
  return { sums, single, product };
}
