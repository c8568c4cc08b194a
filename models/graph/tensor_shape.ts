/** Shapes of symbolic tensors and the broadcasting rule of ONNX. */

/** A length, or the name of a length that is only known when the model runs. */
export type Dimension = number | string;

/** Row-major extents; `[]` is a scalar. */
export type Shape = readonly Dimension[];

/** `[2, 3]` as `[2×3]`, for error messages. */
export function formatShape(shape: Shape): string {
  return `[${shape.join("×")}]`;
}

/** Whether two shapes are the same, named dimensions included. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dimension, axis) => dimension === b[axis]);
}

/**
 * The extents as numbers.
 *
 * @param op the operation that needs them, for the message
 * @throws {TypeError} where a dimension is named, not known
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { sizeOf, staticShape } from "./mod.ts";
 * assertEquals([staticShape("mine", [2, 3]), sizeOf("mine", [2, 3])], [[2, 3], 6]);
 * assertThrows(() => staticShape("mine", ["batch", 3]), TypeError, "mine: needs known extents, got [batch×3].");
 * ```
 */
export function staticShape(op: string, shape: Shape): number[] {
  return shape.map((dimension) => {
    if (typeof dimension === "number") return dimension;
    throw new TypeError(`${op}: needs known extents, got ${formatShape(shape)}.`);
  });
}

/**
 * The number of elements of a shape. See {@linkcode staticShape}.
 *
 * @param op the operation that needs it, for the message
 * @throws {TypeError} where a dimension is named, not known
 */
export function sizeOf(op: string, shape: Shape): number {
  return staticShape(op, shape).reduce((product, extent) => product * extent, 1);
}

/**
 * The shape of an elementwise operation on operands that broadcast against each other.
 *
 * @throws {TypeError} naming the operation and the shapes where they do not fit
 */
export function broadcastShapes(op: string, ...shapes: Shape[]): Shape {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const dimensions = shapes.map((shape) => shape[shape.length - rank + axis] ?? 1);
    const extents = new Set(dimensions.filter((dimension) => dimension !== 1));
    if (extents.size > 1) {
      throw new TypeError(`${op}: shapes ${shapes.map(formatShape).join(" and ")} do not broadcast.`);
    }
    return extents.size === 1 ? [...extents][0] : 1;
  });
}
