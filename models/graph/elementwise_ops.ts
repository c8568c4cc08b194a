/** Operations that act entry by entry and broadcast. A plain number stands for a scalar of the other operand's type. */
import { broadcastShapes, formatShape, sameShape, type Shape } from "./tensor_shape.ts";
import {
  composite,
  constantValue,
  type ElementType,
  elementTypeCodes,
  operation,
  scalar,
  type Tensor,
} from "./tensor.ts";

/** A tensor, or a number that takes the other operand's element type. */
export type Operand = Tensor | number;

const numbers: readonly ElementType[] = ["float32", "float64", "int64"];

function lift(op: string, operands: readonly Operand[], allowed?: readonly ElementType[]): Tensor[] {
  const tensors = operands.filter((operand) => typeof operand !== "number");
  if (tensors.length === 0) throw new TypeError(`${op}: at least one operand must be a tensor.`);
  const { type } = tensors[0];
  for (const tensor of tensors) {
    if (tensor.type !== type) {
      throw new TypeError(
        `${op}: element types differ, ${type} ${formatShape(tensors[0].shape)} and ` +
          `${tensor.type} ${formatShape(tensor.shape)}.`,
      );
    }
  }
  if (allowed !== undefined && !allowed.includes(type)) {
    throw new TypeError(`${op}: needs ${allowed.join(" or ")}, got ${type} ${formatShape(tensors[0].shape)}.`);
  }
  return operands.map((operand) => typeof operand === "number" ? scalar(operand, type) : operand);
}

function binary(
  op: string,
  a: Operand,
  b: Operand,
  { operands: allowed = numbers, result }: { operands?: readonly ElementType[]; result?: ElementType } = {},
): Tensor {
  const [left, right] = lift(op, [a, b], allowed);
  const shape = broadcastShapes(op, left.shape, right.shape);
  const folded = foldedScalar(op, left, right);
  if (folded !== undefined) return folded;
  const operands = [unexpanded(left, right, shape), unexpanded(right, left, shape)];
  return operation(op, operands, [{ type: result ?? left.type, shape }])[0];
}

/** What an operand was expanded from, where the operation would expand it by itself: gradients of sums are such operands. */
function unexpanded(operand: Tensor, other: Tensor, shape: Shape): Tensor {
  if (operand.node.op !== "Expand") return operand;
  const [source] = operand.node.inputs;
  return sameShape(broadcastShapes("Expand", source.shape, other.shape), shape) ? source : operand;
}

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
};

/**
 * What two fixed numbers make is a fixed number, and 1 · x is x: the factors of a mean would otherwise cost a pass over
 * every gradient.
 */
function foldedScalar(op: string, left: Tensor, right: Tensor): Tensor | undefined {
  const [a, b] = [constantValue(left), constantValue(right)];
  if (!isFloat(left.type)) return undefined;
  if (a !== undefined && b !== undefined && op in arithmetic) return scalar(arithmetic[op](a, b), left.type);
  if (op === "Mul" && (a === 1 || b === 1)) return a === 1 ? right : left;
  return undefined;
}

function unary(op: string, x: Tensor): Tensor {
  if (!isFloat(x.type)) throw new TypeError(`${op}: needs a float tensor, got ${x.type} ${formatShape(x.shape)}.`);
  return operation(op, [x], [x])[0];
}

/** Whether an element type is one that gradients flow through. */
export function isFloat(type: ElementType): boolean {
  return type === "float32" || type === "float64";
}

/**
 * a + b
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import { add, constant, divide, input, minimum, multiply, serialize, subtract } from "./mod.ts";
 * const x = input("x", "float32", [2]);
 * const outputs = { sum: add(x, 10), difference: subtract(x, 1), product: multiply(x, x), quotient: divide(1, x) };
 * const counts = constant(BigInt64Array.of(3n, 7n), [2]);
 * const model = serialize({ name: "example", inputs: { x }, outputs: { ...outputs, least: minimum(counts, 5) } });
 * const { sum, difference, product, quotient, least } = await runOnce(model, {
 *   x: { data: Float32Array.of(2, 4), shape: [2] },
 * });
 * assertEquals([...sum.data, ...difference.data, ...product.data], [12, 14, 1, 3, 4, 16]);
 * assertEquals([...quotient.data, ...least.data], [0.5, 0.25, 3n, 5n]);
 * ```
 */
export const add = (a: Operand, b: Operand): Tensor => binary("Add", a, b);
/** a − b; see {@linkcode add}. */
export const subtract = (a: Operand, b: Operand): Tensor => binary("Sub", a, b);
/** a · b, entry by entry; see {@linkcode add}. */
export const multiply = (a: Operand, b: Operand): Tensor => binary("Mul", a, b);
/** a / b; see {@linkcode add}. */
export const divide = (a: Operand, b: Operand): Tensor => binary("Div", a, b);
/** The smaller of a and b; integers only, since no gradient is defined. See {@linkcode add}. */
export const minimum = (a: Operand, b: Operand): Tensor => binary("Min", a, b, { operands: ["int64"] });
/**
 * a > b
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import { cast, equal, greater, greaterOrEqual, input, or, serialize, where } from "./mod.ts";
 * const x = input("x", "float32", [3]);
 * const outputs = {
 *   capped: where(greater(x, 2), 2, x),
 *   outside: cast(or(greaterOrEqual(x, 3), equal(x, 1)), "float32"),
 * };
 * const model = serialize({ name: "example", inputs: { x }, outputs });
 * const { capped, outside } = await runOnce(model, { x: { data: Float32Array.of(1, 2, 3), shape: [3] } });
 * assertEquals([...capped.data, ...outside.data], [1, 2, 2, 1, 0, 1]);
 * ```
 */
export const greater = (a: Operand, b: Operand): Tensor => binary("Greater", a, b, { result: "bool" });
/** a ≥ b; see {@linkcode greater}. */
export const greaterOrEqual = (a: Operand, b: Operand): Tensor => binary("GreaterOrEqual", a, b, { result: "bool" });
/** a = b; see {@linkcode greater}. */
export const equal = (a: Operand, b: Operand): Tensor => binary("Equal", a, b, { result: "bool" });
/** a or b, on truth values; see {@linkcode greater}. */
export const or = (a: Tensor, b: Tensor): Tensor => binary("Or", a, b, { operands: ["bool"] });
/** −x; see {@linkcode tanh}. */
export const negate = (x: Tensor): Tensor => {
  const value = isFloat(x.type) ? constantValue(x) : undefined;
  return value === undefined ? unary("Neg", x) : scalar(-value, x.type);
};
/** √x; see {@linkcode tanh}. */
export const sqrt = (x: Tensor): Tensor => unary("Sqrt", x);
/** eˣ; see {@linkcode tanh}. */
export const exp = (x: Tensor): Tensor => unary("Exp", x);
/** Natural logarithm; see {@linkcode tanh}. */
export const log = (x: Tensor): Tensor => unary("Log", x);
/**
 * Hyperbolic tangent
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import { cos, erf, exp, floor, input, log, negate, relu, serialize, sin, sqrt, square, tanh } from "./mod.ts";
 * const x = input("x", "float32", [2]);
 * const zeros = { tanh: tanh(x), sine: sin(x), error: erf(x), log: log(exp(x)) };
 * const ones = { cosine: cos(x), power: exp(x) };
 * const exact = { negative: negate(x), root: sqrt(square(x)), positive: relu(x), whole: floor(x) };
 * const model = serialize({ name: "example", inputs: { x }, outputs: { ...zeros, ...ones, ...exact } });
 * const outputs = await runOnce(model, { x: { data: Float32Array.of(0, -1.5), shape: [2] } });
 * const at = (place: number, named: object) => Object.keys(named).map((name) => Number(outputs[name].data[place]));
 * assertEquals([...at(0, zeros), ...at(0, ones)], [0, 0, 0, 0, 1, 1]);
 * assertEquals(at(1, exact), [1.5, 1.5, 0, -2]);
 * ```
 */
export const tanh = (x: Tensor): Tensor => unary("Tanh", x);
/** Sine; see {@linkcode tanh}. */
export const sin = (x: Tensor): Tensor => unary("Sin", x);
/** Cosine; see {@linkcode tanh}. */
export const cos = (x: Tensor): Tensor => unary("Cos", x);
/** Error function; see {@linkcode tanh}. */
export const erf = (x: Tensor): Tensor => unary("Erf", x);
/** max(x, 0); see {@linkcode tanh}. */
export const relu = (x: Tensor): Tensor => unary("Relu", x);
/**
 * x · x. A composite, since its gradient is one product, 2x, where the rule of a product would add two.
 * See {@linkcode tanh}.
 */
export const square = (x: Tensor): Tensor => composite("Square", [x], multiply(x, x));
/** The largest whole number not above x; its gradient is zero wherever it exists. See {@linkcode tanh}. */
export const floor = (x: Tensor): Tensor => unary("Floor", x);

/** Entry by entry, a where the condition holds, else b. See {@linkcode greater}. */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  if (condition.type !== "bool") {
    throw new TypeError(`Where: the condition must be bool, got ${condition.type} ${formatShape(condition.shape)}.`);
  }
  const [left, right] = lift("Where", [a, b]);
  const shape = broadcastShapes("Where", condition.shape, left.shape, right.shape);
  return operation("Where", [condition, left, right], [{ type: left.type, shape }])[0];
}

/** The same values in another element type. See {@linkcode greater}. */
export function cast(x: Tensor, type: ElementType): Tensor {
  if (x.type === type) return x;
  return operation("Cast", [x], [{ type, shape: x.shape }], { attributes: { to: elementTypeCodes[type] } })[0];
}

/**
 * The values of x, taken as constant by every gradient.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import { gradient, input, multiply, serialize, stopGradient } from "./mod.ts";
 * const x = input("x", "float32", []);
 * const [slope] = gradient(multiply(x, stopGradient(x)), [x]); // x, where x · x has 2x
 * const outputs = await runOnce(serialize({ name: "example", inputs: { x }, outputs: { slope } }), {
 *   x: { data: Float32Array.of(3), shape: [] },
 * });
 * assertEquals([...outputs.slope.data], [3]);
 * ```
 */
export function stopGradient(x: Tensor): Tensor {
  return composite("StopGradient", [x], x);
}
