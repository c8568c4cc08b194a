/**
 * Symbolic tensors: what a forward graph is written on. A tensor knows its shape, its element type and the node that
 * makes it; nothing is computed here. Nodes are plain data, made by `operation()` and never changed.
 */
import { type Shape, sizeOf } from "./tensor_shape.ts";

/** The element types of ONNX that the project uses. */
export type ElementType = "float32" | "float64" | "int64" | "bool";

/** The numbers that ONNX gives the element types (TensorProto.DataType). */
export const elementTypeCodes: Readonly<Record<ElementType, number>> = { float32: 1, int64: 7, bool: 9, float64: 11 };

/** Values of a constant. */
export type ConstantData = Float32Array | Float64Array | BigInt64Array;

/** A symbolic tensor: output number `index` of `node`. */
export interface Tensor {
  /** What computes it. */
  readonly node: Node;
  /** Which output of the node it is. */
  readonly index: number;
  /** Of its entries. */
  readonly type: ElementType;
  /** Extents of its axes; a name where one is not fixed. */
  readonly shape: Shape;
}

/** An operation of the graph, in the words of ONNX unless it has a `body`. */
export interface Node {
  /** ONNX operator, or `Input`, `Constant`, or the name of a composite (see `composite()`). */
  readonly op: string;
  /** What it computes from. */
  readonly inputs: readonly Tensor[];
  /** The operator's, by ONNX's names. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** What it gives. */
  readonly outputs: readonly Tensor[];
  /** Where the node was written, for readable names in Netron: `gradient/encoder` and the like. */
  readonly label: string;
  /** The Loop body whose values the node depends on; undefined outside any. */
  readonly scope: Scope | undefined;
  /** Values of a `Constant`. */
  readonly data?: ConstantData;
  /** What a composite stands for. */
  readonly body?: Tensor;
  /** How a composite is differentiated, where the table of rules does not say. */
  readonly rule?: GradientRule;
  /** The body of a `Loop`. */
  readonly subgraph?: Subgraph;
}

/** An ONNX attribute. Plain numbers are integers; a `float` is marked as such. */
export type AttributeValue = number | readonly number[] | string | { readonly float: number };

/** From the gradient of an operation's output to the gradients of its inputs; `null` says that none flows there. */
export type GradientRule = (
  g: Tensor,
  inputs: readonly Tensor[],
  output: Tensor,
  attributes: Node["attributes"],
) => (Tensor | null)[];

/** The body of a `Loop`: inputs are iteration, condition, state; outputs are condition, state, records. */
export interface Subgraph {
  /** Iteration number, condition, then the state. */
  readonly inputs: readonly Tensor[];
  /** Condition, the next state, then the records. */
  readonly outputs: readonly Tensor[];
}

/** The body of a Loop that is being written; nested bodies know the one around them. */
export interface Scope {
  /** The body around it; undefined for that of an outermost Loop. */
  readonly parent: Scope | undefined;
  /** How many Loops are around it, its own among them. */
  readonly depth: number;
}

let currentScope: Scope | undefined;
let currentLabels: readonly string[] = [];

/** Runs `write` inside a new Loop body: random numbers drawn there are drawn anew in every iteration. */
export function withinScope<Result>(write: (scope: Scope) => Result): Result {
  const outer = currentScope;
  currentScope = { parent: outer, depth: (outer?.depth ?? 0) + 1 };
  try {
    return write(currentScope);
  } finally {
    currentScope = outer;
  }
}

/** Runs `write`; every node made inside carries `label` in its name. See {@linkcode serialize}. */
export function labelled<Result>(label: string, write: () => Result): Result {
  const outer = currentLabels;
  currentLabels = [...outer, label];
  try {
    return write();
  } finally {
    currentLabels = outer;
  }
}

function deepest(scopes: (Scope | undefined)[]): Scope | undefined {
  return scopes.reduce((a, b) => (b?.depth ?? 0) > (a?.depth ?? 0) ? b : a, undefined);
}

type NodeOptions = Partial<Pick<Node, "attributes" | "data" | "body" | "rule" | "subgraph" | "scope" | "label">> & {
  /** True for an operation that gives another result every time it runs. */
  stateful?: boolean;
};

/** Makes a node with any number of outputs. Shapes and types are the caller's to check. */
export function operation(
  op: string,
  inputs: readonly Tensor[],
  outputs: readonly { type: ElementType; shape: Shape }[],
  { stateful = false, scope, ...rest }: NodeOptions = {},
): Tensor[] {
  const node: Node & { outputs: Tensor[] } = {
    op,
    inputs,
    attributes: {},
    outputs: [],
    label: [...currentLabels, op].join("/"),
    scope: scope ?? deepest([...inputs.map((input) => input.node.scope), stateful ? currentScope : undefined]),
    ...rest,
  };
  outputs.forEach(({ type, shape }, index) => node.outputs.push({ node, index, type, shape }));
  return node.outputs;
}

/**
 * Declares a value that comes from outside: from the caller of the model, or into the body of the Loop `scope`.
 * See {@linkcode serialize}.
 */
export function input(name: string, type: ElementType, shape: Shape, scope?: Scope): Tensor {
  return operation("Input", [], [{ type, shape }], { attributes: { name }, scope })[0];
}

/**
 * A fixed tensor. Its element type follows from the array; a name makes it stand out in the serialised model.
 * See {@linkcode serialize}.
 */
export function constant(data: ConstantData, shape: Shape = [], name?: string): Tensor {
  if (sizeOf("constant", shape) !== data.length) {
    throw new TypeError(`constant: ${data.length} values do not fill the shape [${shape.join("×")}].`);
  }
  const type = data instanceof Float32Array ? "float32" : data instanceof Float64Array ? "float64" : "int64";
  return operation("Constant", [], [{ type, shape }], { data, ...(name && { label: name }) })[0];
}

/** A fixed number of the given element type. See {@linkcode serialize}. */
export function scalar(value: number, type: ElementType): Tensor {
  switch (type) {
    case "float32":
      return constant(Float32Array.of(value));
    case "float64":
      return constant(Float64Array.of(value));
    case "int64":
      if (!Number.isInteger(value)) throw new TypeError(`scalar: ${value} is no int64.`);
      return constant(BigInt64Array.of(BigInt(value)));
    default:
      throw new TypeError(`scalar: no number has the element type ${type}.`);
  }
}

/** A fixed vector of whole numbers: shapes, axes, indices. See {@linkcode gather}. */
export function integers(values: readonly number[]): Tensor {
  return constant(BigInt64Array.from(values, BigInt), [values.length]);
}

/**
 * An operation that stands for other operations but is differentiated by a rule of its own: a rule that knows more than
 * the chain rule does, or one that stops. In the serialised model only `body` appears.
 *
 * @param rule for composites outside the graph language; those inside have theirs in the table of `gradients.ts`
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import { composite, floor, gradient, input, serialize } from "./mod.ts";
 * const x = input("x", "float32", []);
 * const rounded = composite("StraightThrough", [x], floor(x), (g) => [g]); // as if floor had the slope 1
 * const outputs = { rounded, slope: gradient(rounded, [x])[0] };
 * const values = await runOnce(serialize({ name: "example", inputs: { x }, outputs }), {
 *   x: { data: Float32Array.of(2.7), shape: [] },
 * });
 * assertEquals([...values.rounded.data, ...values.slope.data], [2, 1]);
 * ```
 */
export function composite(op: string, inputs: readonly Tensor[], body: Tensor, rule?: GradientRule): Tensor {
  // What it stands for may use more of a Loop's body than its inputs do.
  const scope = deepest([body, ...inputs].map(({ node }) => node.scope));
  return operation(op, inputs, [body], { body, scope, ...(rule && { rule }) })[0];
}

/** The value of a fixed number; undefined for any other tensor. */
export function constantValue({ node: { data }, shape }: Tensor): number | undefined {
  return data !== undefined && shape.length === 0 ? Number(data[0]) : undefined;
}
