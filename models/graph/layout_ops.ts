/** Operations that move, sum or pick entries without computing with them: shapes, reductions, indices. */
import { broadcastShapes, formatShape, sameShape, type Shape, sizeOf, staticShape } from "./tensor_shape.ts";
import { composite, type ElementType, integers, operation, scalar, type Tensor } from "./tensor.ts";

/** Stretches x to a shape that it broadcasts to. See {@linkcode reshape}. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  if (!sameShape(broadcastShapes("Expand", x.shape, shape), shape)) {
    throw new TypeError(`Expand: ${formatShape(x.shape)} does not broadcast to ${formatShape(shape)}.`);
  }
  return operation("Expand", [x, integers(staticShape("Expand", shape))], [{ type: x.type, shape }])[0];
}

/** A tensor whose entries all have one value. See {@linkcode reshape}. */
export function full(value: number, type: ElementType, shape: Shape): Tensor {
  return broadcastTo(scalar(value, type), shape);
}

/**
 * The same entries in row-major order under another shape.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import { broadcastTo, concatenate, full, input, reshape, serialize, transpose } from "./mod.ts";
 * const x = input("x", "float32", [2, 2]);
 * const rows = [broadcastTo(reshape(x, [4]), [1, 4]), reshape(transpose(x), [1, 4]), full(7, "float32", [1, 4])];
 * const model = serialize({ name: "example", inputs: { x }, outputs: { joined: concatenate(rows, 0) } });
 * const { joined } = await runOnce(model, { x: { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] } });
 * assertEquals([...joined.data], [1, 2, 3, 4, 1, 3, 2, 4, 7, 7, 7, 7]);
 * ```
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  if (sizeOf("Reshape", x.shape) !== sizeOf("Reshape", shape)) {
    throw new TypeError(`Reshape: ${formatShape(x.shape)} has not as many entries as ${formatShape(shape)}.`);
  }
  return operation("Reshape", [x, integers(staticShape("Reshape", shape))], [{ type: x.type, shape }])[0];
}

/**
 * Reorders the axes: axis a of the result is axis `permutation[a]` of x. The default reverses them.
 * See {@linkcode reshape}.
 */
export function transpose(x: Tensor, permutation?: readonly number[]): Tensor {
  const order = permutation ?? x.shape.map((_, axis) => x.shape.length - 1 - axis);
  if ([...order].sort((a, b) => a - b).some((axis, place) => axis !== place) || order.length !== x.shape.length) {
    throw new TypeError(`Transpose: [${order}] does not permute the axes of ${formatShape(x.shape)}.`);
  }
  return operation("Transpose", [x], [{ type: x.type, shape: order.map((axis) => x.shape[axis]) }], {
    attributes: { perm: order },
  })[0];
}

/** Options of a reduction. */
export interface ReductionOptions {
  /** Axes to reduce over. @default all */
  axes?: readonly number[];
  /** Whether the reduced axes stay, with extent 1. @default false */
  keepAxes?: boolean;
}

function reduce(op: string, x: Tensor, { axes = x.shape.map((_, axis) => axis), keepAxes = false }: ReductionOptions) {
  if (x.type === "bool") throw new TypeError(`${op}: needs numbers, got bool ${formatShape(x.shape)}.`);
  for (const axis of axes) {
    if (!Number.isInteger(axis) || axis < 0 || axis >= x.shape.length) {
      throw new TypeError(`${op}: ${formatShape(x.shape)} has no axis ${axis}.`);
    }
  }
  const kept = x.shape.map((dimension, axis) => axes.includes(axis) ? 1 : dimension);
  const shape = keepAxes ? kept : x.shape.filter((_, axis) => !axes.includes(axis));
  const attributes = { keepdims: keepAxes ? 1 : 0, noop_with_empty_axes: 1 };
  return operation(op, [x, integers(axes)], [{ type: x.type, shape }], { attributes })[0];
}

/**
 * Sums over axes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import { input, reduceMax, reduceSum, serialize, sumTo } from "./mod.ts";
 * const x = input("x", "float32", [2, 2]);
 * const outputs = {
 *   total: reduceSum(x),
 *   columns: sumTo(x, [2]),
 *   largest: reduceMax(x, { axes: [1], keepAxes: true }),
 * };
 * const model = serialize({ name: "example", inputs: { x }, outputs });
 * const { total, columns, largest } = await runOnce(model, {
 *   x: { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] },
 * });
 * assertEquals([...total.data, ...columns.data, ...largest.data], [10, 4, 6, 2, 4]);
 * assertEquals(largest.shape, [2, 1]);
 * ```
 */
export const reduceSum = (x: Tensor, options: ReductionOptions = {}): Tensor => reduce("ReduceSum", x, options);

/** The largest entry over axes. It has no gradient rule: use it behind `stopGradient`. See {@linkcode reduceSum}. */
export const reduceMax = (x: Tensor, options: ReductionOptions = {}): Tensor => reduce("ReduceMax", x, options);

/**
 * Sums x over what broadcasting from `shape` has stretched: the transpose of `broadcastTo`. See {@linkcode reduceSum}.
 */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const padded = [...Array(x.shape.length - shape.length).fill(1), ...shape];
  const axes = padded.flatMap((dimension, axis) => dimension === 1 && x.shape[axis] !== 1 ? [axis] : []);
  return reshape(reduceSum(x, { axes, keepAxes: true }), shape);
}

/**
 * The rows of x at `indices` (any shape): result shape = indices' shape + the shape of a row.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import { constant, gather, gatherAlongRows, integers, reshape } from "./mod.ts";
 * import { scatterAdd, scatterAddAlongRows, serialize } from "./mod.ts";
 * const x = constant(Float32Array.of(1, 2, 3, 4), [2, 2]);
 * const [rows, columns] = [integers([1, 1]), reshape(integers([0, 1]), [2, 1])];
 * const outputs = {
 *   picked: gather(x, rows), // row 1 twice
 *   added: scatterAdd(x, rows, x), // both rows of x to row 1
 *   entries: gatherAlongRows(x, columns), // x[0, 0] and x[1, 1]
 *   raised: scatterAddAlongRows(x, columns, constant(Float32Array.of(10, 20), [2, 1])),
 * };
 * const { picked, added, entries, raised } = await runOnce(serialize({ name: "example", inputs: {}, outputs }), {});
 * assertEquals([...picked.data, ...entries.data], [3, 4, 3, 4, 1, 4]);
 * assertEquals([...added.data, ...raised.data], [1, 2, 7, 10, 11, 2, 3, 24]);
 * ```
 */
export function gather(x: Tensor, indices: Tensor): Tensor {
  requireIndices("Gather", indices);
  if (x.shape.length === 0) throw new TypeError("Gather: a scalar has no rows.");
  return operation("Gather", [x, indices], [{ type: x.type, shape: [...indices.shape, ...x.shape.slice(1)] }], {
    attributes: { axis: 0 },
  })[0];
}

/**
 * Adds rows to the rows of `target` at `indices`; an index that occurs twice adds twice. The transpose of `gather`.
 *
 * A composite over ScatterElements: ScatterND would take the indices as they are, but ONNX Runtime's CPU kernel adds with
 * several threads and without locks, and loses additions where an index occurs twice. See {@linkcode gather}.
 */
export function scatterAdd(target: Tensor, indices: Tensor, rows: Tensor): Tensor {
  requireIndices("ScatterAdd", indices);
  if (target.shape.length === 0) throw new TypeError("ScatterAdd: a scalar has no rows.");
  const rowShape = target.shape.slice(1);
  if (!sameShape(rows.shape, [...indices.shape, ...rowShape]) || rows.type !== target.type) {
    throw new TypeError(
      `ScatterAdd: rows ${formatShape(rows.shape)} of ${rows.type} do not fit ${formatShape(target.shape)} of ` +
        `${target.type} at indices ${formatShape(indices.shape)}.`,
    );
  }
  const count = sizeOf("ScatterAdd", indices.shape);
  const updates = reshape(rows, [count, ...rowShape]);
  const places = broadcastTo(reshape(indices, [count, ...rowShape.map(() => 1)]), updates.shape);
  const attributes = { axis: 0, reduction: "add" };
  return composite(
    "ScatterAdd",
    [target, indices, rows],
    operation("ScatterElements", [target, places, updates], [target], { attributes })[0],
  );
}

function requireAlongRows(op: string, x: Tensor, indices: Tensor): void {
  requireIndices(op, indices);
  if (x.shape.length !== 2 || indices.shape.length !== 2 || x.shape[0] !== indices.shape[0]) {
    throw new TypeError(
      `${op}: needs two matrices with as many rows, got ${formatShape(x.shape)} and ${formatShape(indices.shape)}.`,
    );
  }
}

/** Per row b of a matrix, the entries x[b, indices[b, j]]. See {@linkcode gather}. */
export function gatherAlongRows(x: Tensor, indices: Tensor): Tensor {
  requireAlongRows("GatherElements", x, indices);
  return operation("GatherElements", [x, indices], [{ type: x.type, shape: indices.shape }], {
    attributes: { axis: 1 },
  })[0];
}

/**
 * Per row b of a matrix, adds values[b, j] at target[b, indices[b, j]]. The transpose of `gatherAlongRows`.
 * See {@linkcode gather}.
 */
export function scatterAddAlongRows(target: Tensor, indices: Tensor, values: Tensor): Tensor {
  requireAlongRows("ScatterElements", target, indices);
  if (!sameShape(values.shape, indices.shape) || values.type !== target.type) {
    throw new TypeError(
      `ScatterElements: values ${formatShape(values.shape)} of ${values.type} do not fit indices ` +
        `${formatShape(indices.shape)} into ${target.type}.`,
    );
  }
  return operation("ScatterElements", [target, indices, values], [target], {
    attributes: { axis: 1, reduction: "add" },
  })[0];
}

/** Joins tensors along an axis. It has no gradient rule: use it on integers. See {@linkcode reshape}. */
export function concatenate(parts: readonly Tensor[], axis: number): Tensor {
  const [first] = parts;
  if (first === undefined) throw new TypeError("Concat: there is nothing to join.");
  for (const part of parts) {
    const fits = axis in first.shape && part.type === first.type && part.shape.length === first.shape.length &&
      part.shape.every((dimension, place) => place === axis || dimension === first.shape[place]);
    if (!fits) {
      const described = parts.map(({ type, shape }) => `${type} ${formatShape(shape)}`);
      throw new TypeError(`Concat: cannot join ${described.join(" and ")} along axis ${axis}.`);
    }
  }
  const extent = parts.reduce((sum, part) => sum + staticShape("Concat", part.shape)[axis], 0);
  const shape = first.shape.map((dimension, place) => place === axis ? extent : dimension);
  return operation("Concat", parts, [{ type: first.type, shape }], { attributes: { axis } })[0];
}

function requireIndices(op: string, indices: Tensor): void {
  if (indices.type !== "int64") {
    throw new TypeError(`${op}: indices must be int64, got ${indices.type} ${formatShape(indices.shape)}.`);
  }
}

/** Zeros of the shape and type of x. */
export function zerosLike(x: Tensor): Tensor {
  return full(0, x.type, x.shape);
}
