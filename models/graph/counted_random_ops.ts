/**
 * Normal numbers that are a function of a key, the number of the draw and the place in the tensor. Unlike ONNX Runtime's
 * own (see `random_ops.ts`) they do not repeat within 2⁶⁴ pairs, and need no state: a draw can be made again, or skipped.
 *
 * The generator is built like Widynski's Squares (arXiv:2004.06278): a counter times an odd key, squared modulo 2⁶⁴ four
 * times, the halves of the number exchanged between two squares. Halves are exchanged by a signed division, which for
 * negative numbers differs from a rotation by a carry: ONNX Runtime's CUDA provider has no kernels for bits, only int64
 * sums, products and quotients. Two uniform numbers of 24 bits are cut from each result and made normal in pairs (Box and
 * Muller 1958).
 */
import { hashSeed } from "../random.ts";
import { add, cast, cos, divide, isFloat, log, multiply, negate, sin, sqrt, square } from "./elementwise_ops.ts";
import { concatenate, gather, reshape, transpose } from "./layout_ops.ts";
import { type Shape, staticShape } from "./tensor_shape.ts";
import { constant, type ElementType, integers, type Tensor } from "./tensor.ts";

/** Hands out the key of one random tensor after another. */
export type KeySequence = () => bigint;

/**
 * Keys for the random tensors of one model, different for each label: odd numbers of 64 bits.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import { countedNormal, countedNormalRows, integers, keySequence, scalar, serialize } from "./mod.ts";
 * const key = keySequence(1, "noise")();
 * const outputs = {
 *   matrix: countedNormal("float32", [2, 3], key, scalar(5, "int64")), // draw 5 of this key
 *   rows: countedNormalRows("float32", 3, key, integers([8, 2, 8])), // row 8 comes twice
 * };
 * const { matrix, rows } = await runOnce(serialize({ name: "example", inputs: {}, outputs }), {});
 * assertEquals(matrix.shape, [2, 3]);
 * assertEquals(rows.data.slice(0, 3), rows.data.slice(6));
 * ```
 */
export function keySequence(seed: number, ...labels: (string | number)[]): KeySequence {
  let drawn = 0;
  return () => {
    const [high, low] = ["high", "low"].map((half) => BigInt(hashSeed(seed, ...labels, drawn, half)));
    drawn++;
    return (high << 32n) | low | 1n;
  };
}

/**
 * Independent standard normal numbers. See {@linkcode keySequence}.
 *
 * @param shape of a matrix
 * @param key of `KeySequence`
 * @param draw an int64 scalar: which matrix of the key
 */
export function countedNormal(type: ElementType, shape: Shape, key: bigint, draw: Tensor): Tensor {
  const [rows, columns] = staticShape("countedNormal", shape);
  const pairRows = Math.ceil(rows / 2);
  const before = multiply(draw, int64(BigInt(pairRows * columns) * key));
  const counters = add(add(multiples(pairRows, BigInt(columns) * key, [pairRows, 1]), before), multiples(columns, key));
  const pairs = concatenate(normalPairs(type, counters, key), 0);
  return rows % 2 === 0 ? pairs : gather(pairs, firstOf(rows));
}

/**
 * The same for rows that are asked for by number: a row comes again, as it was, wherever its number does.
 * See {@linkcode keySequence}.
 *
 * @param rows int64 [n]
 * @returns [n, columns]
 */
export function countedNormalRows(type: ElementType, columns: number, key: bigint, rows: Tensor): Tensor {
  const [count] = staticShape("countedNormalRows", rows.shape);
  const pairColumns = Math.ceil(columns / 2);
  const before = multiply(reshape(rows, [count, 1]), int64(BigInt(pairColumns) * key));
  const pairs = concatenate(normalPairs(type, add(before, multiples(pairColumns, key)), key), 1);
  return columns % 2 === 0 ? pairs : transpose(gather(transpose(pairs), firstOf(columns)));
}

/** Two tensors of normal numbers, a pair for each counter. */
function normalPairs(type: ElementType, counters: Tensor, key: bigint): [Tensor, Tensor] {
  if (!isFloat(type)) throw new TypeError(`countedNormal: makes float32 or float64, not ${type}.`);
  const random = scrambled(counters, key);
  // |x| / 2⁶³ is uniform and keeps its relative precision near 0, so that the tail reaches as far as it should.
  const uniform = multiply(cast(random, type), 2 ** -63);
  const radius = sqrt(negate(log(add(square(uniform), 2 ** -126))));
  const angle = multiply(cast(multiply(random, int64(1n << 24n)), type), Math.PI * 2 ** -63);
  return [multiply(radius, cos(angle)), multiply(radius, sin(angle))];
}

/** 0, 1, 2, … times a factor, modulo 2⁶⁴. */
function multiples(count: number, factor: bigint, shape: Shape = [1, count]): Tensor {
  return constant(BigInt64Array.from({ length: count }, (_, index) => wrapped(BigInt(index) * factor)), shape);
}

function firstOf(count: number): Tensor {
  return integers(Array.from({ length: count }, (_, index) => index));
}

function scrambled(counter: Tensor, key: bigint): Tensor {
  const next = add(counter, int64(key));
  const once = add(multiply(counter, counter), counter);
  const twice = squareOfExchanged(once, next);
  const thrice = squareOfExchanged(twice, counter);
  return squareOfExchanged(thrice, next);
}

function squareOfExchanged(x: Tensor, summand: Tensor): Tensor {
  const half = int64(1n << 32n);
  const exchanged = add(divide(x, half), multiply(x, half));
  return add(multiply(exchanged, exchanged), summand);
}

/** A whole number modulo 2⁶⁴. */
function wrapped(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

function int64(value: bigint): Tensor {
  return constant(BigInt64Array.of(wrapped(value)));
}
