/**
 * Normal numbers that are a function of a key, the number of the draw and the place in the tensor. Unlike ONNX Runtime's
 * own (see `random.ts`) they do not repeat within 2⁶⁴ pairs, and need no state: a draw can be made again, or skipped.
 *
 * The generator is built like Widynski's Squares (arXiv:2004.06278): a counter times an odd key, squared modulo 2⁶⁴ four
 * times, the halves of the number exchanged between two squares. Halves are exchanged by a signed division, which for
 * negative numbers differs from a rotation by a carry: ONNX Runtime's CUDA provider has no kernels for bits, only int64
 * sums, products and quotients. Two uniform numbers of 24 bits are cut from each result and made normal in pairs (Box and
 * Muller 1958).
 */
import { hashSeed } from "../random.ts";
import { add, cast, cos, divide, isFloat, log, multiply, negate, sin, sqrt, square } from "./elementwise.ts";
import { concatenate, gather } from "./layout.ts";
import { formatShape, type Shape, staticShape } from "./shape.ts";
import { constant, type ElementType, integers, type Tensor } from "./tensor.ts";

/** Hands out the key of one random tensor after another. */
export type KeySequence = () => bigint;

/** Keys for the random tensors of one model, different for each label: odd numbers of 64 bits. */
export function keySequence(seed: number, ...labels: (string | number)[]): KeySequence {
  let drawn = 0;
  return () => {
    const [high, low] = ["high", "low"].map((half) => BigInt(hashSeed(seed, ...labels, drawn, half)));
    drawn++;
    return (high << 32n) | low | 1n;
  };
}

/**
 * Independent standard normal numbers.
 *
 * @param shape of a matrix
 * @param key of `KeySequence`
 * @param draw an int64 scalar: which matrix of the key
 */
export function countedNormal(type: ElementType, shape: Shape, key: bigint, draw: Tensor): Tensor {
  const [rows, columns] = staticShape("countedNormal", shape);
  if (!isFloat(type)) {
    throw new TypeError(`countedNormal: makes float32 or float64, not ${type} ${formatShape(shape)}.`);
  }
  const pairRows = Math.ceil(rows / 2);
  const random = scrambled(counters(pairRows, columns, key, draw), key);
  // |x| / 2⁶³ is uniform and keeps its relative precision near 0, so that the tail reaches as far as it should.
  const uniform = multiply(cast(random, type), 2 ** -63);
  const radius = sqrt(negate(log(add(square(uniform), 2 ** -126))));
  const angle = multiply(cast(multiply(random, int64(1n << 24n)), type), Math.PI * 2 ** -63);
  const pairs = concatenate([multiply(radius, cos(angle)), multiply(radius, sin(angle))], 0);
  return rows % 2 === 0 ? pairs : gather(pairs, integers(Array.from({ length: rows }, (_, row) => row)));
}

/** The counter of every pair, times the key. */
function counters(rows: number, columns: number, key: bigint, draw: Tensor): Tensor {
  const ofRows = Array.from({ length: rows }, (_, row) => wrapped(BigInt(row * columns) * key));
  const ofColumns = Array.from({ length: columns }, (_, column) => wrapped(BigInt(column) * key));
  const before = multiply(draw, int64(BigInt(rows * columns) * key));
  return add(
    add(constant(BigInt64Array.from(ofRows), [rows, 1]), before),
    constant(BigInt64Array.from(ofColumns), [1, columns]),
  );
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
