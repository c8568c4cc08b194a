/**
 * Random tensors. Inside a Loop body they are drawn anew in every iteration.
 *
 * On the CPU, ONNX Runtime's Linux build draws from `std::minstd_rand0`: one cycle of 2³¹ − 2 ≈ 2.1·10⁹ numbers, of
 * which a seed chooses the place to start at. A long training of a large network draws more than these, so that its
 * noise repeats, at other alignments and with other supports.
 */
import { hashSeed } from "../random.ts";
import { isFloat } from "./elementwise_ops.ts";
import { full } from "./layout_ops.ts";
import { formatShape, type Shape, staticShape } from "./tensor_shape.ts";
import { type AttributeValue, type ElementType, elementTypeCodes, operation, type Tensor } from "./tensor.ts";

/**
 * Hands out the seed of one random node after another. ONNX keeps seeds as float32, so they are whole numbers below 2²⁴.
 */
export type SeedSequence = () => number;

/**
 * Seeds for the random nodes of one model, different for each label; whole numbers that float32 holds exactly.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import { randomNormal, randomUniform, seedSequence, serialize } from "./mod.ts";
 * const model = () => {
 *   const nextSeed = seedSequence(1, "noise");
 *   const outputs = { z: randomNormal("float32", [4], 0.1, nextSeed), u: randomUniform("float32", [4], nextSeed) };
 *   return serialize({ name: "example", inputs: {}, outputs });
 * };
 * assertEquals(await runOnce(model(), {}), await runOnce(model(), {})); // one seed, one stream
 * ```
 */
export function seedSequence(seed: number, ...labels: (string | number)[]): SeedSequence {
  let drawn = 0;
  return () => 1 + hashSeed(seed, ...labels, drawn++) % (2 ** 24 - 1);
}

function random(
  op: string,
  type: ElementType,
  shape: Shape,
  nextSeed: SeedSequence,
  distribution: Record<string, AttributeValue>,
): Tensor {
  if (!isFloat(type)) throw new TypeError(`${op}: makes float32 or float64, not ${type} ${formatShape(shape)}.`);
  const attributes = {
    ...distribution,
    dtype: elementTypeCodes[type],
    shape: staticShape(op, shape),
    seed: { float: nextSeed() },
  };
  return operation(op, [], [{ type, shape }], { attributes, stateful: true })[0];
}

/** Independent normal numbers of mean 0 and the given standard deviation. See {@linkcode seedSequence}. */
export function randomNormal(
  type: ElementType,
  shape: Shape,
  standardDeviation: number,
  nextSeed: SeedSequence,
): Tensor {
  if (!(standardDeviation >= 0)) {
    throw new TypeError(`RandomNormal: the standard deviation must not be negative, got ${standardDeviation}.`);
  }
  // ONNX keeps it as float32, and ONNX Runtime ends the whole process where that is zero.
  if (Math.fround(standardDeviation) === 0) return full(0, type, shape);
  return random("RandomNormal", type, shape, nextSeed, { scale: { float: standardDeviation } });
}

/** Independent numbers, uniform between 0 and 1. See {@linkcode seedSequence}. */
export function randomUniform(type: ElementType, shape: Shape, nextSeed: SeedSequence): Tensor {
  return random("RandomUniform", type, shape, nextSeed, {});
}
