/** Operations that act entry by entry and broadcast. A plain number stands for a scalar of the other operand's type. */
import { broadcastShapes, formatShape, sameShape, type Shape } from "./shape.ts";
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

/** a + b */
export const add = (a: Operand, b: Operand): Tensor => binary("Add", a, b);
/** a − b */
export const subtract = (a: Operand, b: Operand): Tensor => binary("Sub", a, b);
/** a · b, entry by entry */
export const multiply = (a: Operand, b: Operand): Tensor => binary("Mul", a, b);
/** a / b */
export const divide = (a: Operand, b: Operand): Tensor => binary("Div", a, b);
/** The smaller of a and b; integers only, since no gradient is defined. */
export const minimum = (a: Operand, b: Operand): Tensor => binary("Min", a, b, { operands: ["int64"] });
/** a > b */
export const greater = (a: Operand, b: Operand): Tensor => binary("Greater", a, b, { result: "bool" });
/** a ≥ b */
export const greaterOrEqual = (a: Operand, b: Operand): Tensor => binary("GreaterOrEqual", a, b, { result: "bool" });
/** a = b */
export const equal = (a: Operand, b: Operand): Tensor => binary("Equal", a, b, { result: "bool" });
/** a or b, on truth values */
export const or = (a: Tensor, b: Tensor): Tensor => binary("Or", a, b, { operands: ["bool"] });
/** −x */
export const negate = (x: Tensor): Tensor => {
  const value = isFloat(x.type) ? constantValue(x) : undefined;
  return value === undefined ? unary("Neg", x) : scalar(-value, x.type);
};
/** √x */
export const sqrt = (x: Tensor): Tensor => unary("Sqrt", x);
/** eˣ */
export const exp = (x: Tensor): Tensor => unary("Exp", x);
/** Natural logarithm */
export const log = (x: Tensor): Tensor => unary("Log", x);
/** Hyperbolic tangent */
export const tanh = (x: Tensor): Tensor => unary("Tanh", x);
/** Sine */
export const sin = (x: Tensor): Tensor => unary("Sin", x);
/** Cosine */
export const cos = (x: Tensor): Tensor => unary("Cos", x);
/** Error function */
export const erf = (x: Tensor): Tensor => unary("Erf", x);
/** max(x, 0) */
export const relu = (x: Tensor): Tensor => unary("Relu", x);
/** x · x. A composite, since its gradient is one product, 2x, where the rule of a product would add two. */
export const square = (x: Tensor): Tensor => composite("Square", [x], multiply(x, x));
/** The largest whole number not above x; its gradient is zero wherever it exists. */
export const floor = (x: Tensor): Tensor => unary("Floor", x);

/** Entry by entry, a where the condition holds, else b. */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  if (condition.type !== "bool") {
    throw new TypeError(`Where: the condition must be bool, got ${condition.type} ${formatShape(condition.shape)}.`);
  }
  const [left, right] = lift("Where", [a, b]);
  const shape = broadcastShapes("Where", condition.shape, left.shape, right.shape);
  return operation("Where", [condition, left, right], [{ type: left.type, shape }])[0];
}

/** The same values in another element type. */
export function cast(x: Tensor, type: ElementType): Tensor {
  if (x.type === type) return x;
  return operation("Cast", [x], [{ type, shape: x.shape }], { attributes: { to: elementTypeCodes[type] } })[0];
}

/** The values of x, taken as constant by every gradient. */
export function stopGradient(x: Tensor): Tensor {
  return composite("StopGradient", [x], x);
}
