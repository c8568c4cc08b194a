/**
 * Reverse-mode differentiation. The whole of it is one table, a rule per operation, and one walk.
 *
 * A rule takes the gradient of the objective with respect to the operation's output and returns that with respect to
 * each of its inputs, written in the same operations, so that gradients can be differentiated again. Broadcasting needs
 * no rule: the walk sums every contribution down to the shape of the input. `null` says "no gradient flows here".
 */
import {
  add,
  cast,
  cos,
  divide,
  exp,
  greater,
  isFloat,
  multiply,
  negate,
  sin,
  square,
  stopGradient,
  subtract,
  where,
} from "./elementwise_ops.ts";
import {
  broadcastTo,
  gather,
  gatherAlongRows,
  reduceSum,
  reshape,
  scatterAdd,
  scatterAddAlongRows,
  sumTo,
  transpose,
  zerosLike,
} from "./layout_ops.ts";
import { matmul } from "./linear_algebra_ops.ts";
import { formatShape, sameShape } from "./tensor_shape.ts";
import { diagonal, diagonalMatrix, symmetrize } from "./symmetric_ops.ts";
import { type GradientRule, labelled, type Node, scalar, type Tensor } from "./tensor.ts";

/**
 * The table. Names are ONNX operators and the composites of the graph language.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { gradientRules } from "./mod.ts";
 * assertEquals(["Gemm", "ReduceMax"].map((name) => name in gradientRules), [true, false]);
 * ```
 */
export const gradientRules: Readonly<Record<string, GradientRule>> = {
  Add: (g) => [g, g],
  Sub: (g) => [g, negate(g)],
  Mul: (g, [a, b]) => [multiply(g, b), multiply(g, a)],
  Div: (g, [, b], y) => [divide(g, b), negate(divide(multiply(g, y), b))],
  Neg: (g) => [negate(g)],
  Square: (g, [x]) => [multiply(multiply(2, g), x)],
  Sqrt: (g, _, y) => [divide(multiply(g, 0.5), y)],
  Exp: (g, _, y) => [multiply(g, y)],
  Log: (g, [x]) => [divide(g, x)],
  Tanh: (g, _, y) => [multiply(g, subtract(1, square(y)))],
  Sin: (g, [x]) => [multiply(g, cos(x))],
  Cos: (g, [x]) => [negate(multiply(g, sin(x)))],
  Erf: (g, [x]) => [multiply(g, multiply(2 / Math.sqrt(Math.PI), exp(negate(square(x)))))],
  Relu: (g, [x]) => [where(greater(x, 0), g, 0)],
  Where: (g, [condition]) => [null, where(condition, g, 0), where(condition, 0, g)],
  Cast: (g, [x]) => [isFloat(x.type) ? cast(g, x.type) : null],

  Gemm: (g, [a, b], _, { transA, transB, alpha }) => {
    const scale = alpha === undefined ? 1 : (alpha as { float: number }).float;
    return [
      transA
        ? matmul(b, g, { transposeA: !!transB, transposeB: true, scale })
        : matmul(g, b, { transposeB: !transB, scale }),
      transB
        ? matmul(g, a, { transposeA: true, transposeB: !!transA, scale })
        : matmul(a, g, { transposeA: !transA, scale }),
    ];
  },
  QuadraticForm: (g, [a, matrix]) => [
    multiply(multiply(2, column(g)), matmul(a, symmetrize(matrix))),
    matmul(multiply(column(g), a), a, { transposeA: true }),
  ],
  InnerProduct: (g, [a, b]) => a === b ? [multiply(multiply(2, g), a), null] : [multiply(g, b), multiply(g, a)],
  Diagonal: (g) => [diagonalMatrix(g)],
  DiagonalMatrix: (g) => [diagonal(g)],

  ReduceSum: (g, [x, axes]) => [broadcastTo(reshape(g, keptShape(x, axes)), x.shape), null],
  Expand: (g) => [g, null],
  Reshape: (g, [x]) => [reshape(g, x.shape), null],
  Transpose: (g, [x], _, { perm }) => [transpose(g, x.shape.map((_, axis) => (perm as number[]).indexOf(axis)))],
  Gather: (g, [x, indices]) => [scatterAdd(zerosLike(x), indices, g), null],
  ScatterAdd: (g, [, indices]) => [g, null, gather(g, indices)],
  GatherElements: (g, [x, indices]) => [scatterAddAlongRows(zerosLike(x), indices, g), null],
  ScatterElements: (g, [, indices]) => [g, null, gatherAlongRows(g, indices)],

  StopGradient: () => [null],
  Floor: () => [null],
  Equal: () => [null, null],
  Greater: () => [null, null],
  GreaterOrEqual: () => [null, null],
};

/** A vector as a matrix of one column, to scale the rows of another. */
function column(vector: Tensor): Tensor {
  return reshape(vector, [...vector.shape, 1]);
}

/** The shape of a sum's input with the summed axes set to 1. */
function keptShape(x: Tensor, axes: Tensor) {
  const summed = new Set(Array.from(axes.node.data!, Number));
  return x.shape.map((dimension, axis) => summed.has(axis) ? 1 : dimension);
}

/** The nodes between the inputs and the output, each after all that it depends on. */
function nodesBetween(output: Tensor, inputs: readonly Tensor[]): Node[] {
  const sources = new Set(inputs.map((input) => input.node));
  const depends = new Map<Node, boolean>();
  const order: Node[] = [];
  const visit = (node: Node): boolean => {
    const known = depends.get(node);
    if (known !== undefined) return known;
    let result = sources.has(node);
    // The body of a Loop may use a tensor from outside that is none of the Loop's inputs.
    for (const needed of [...node.inputs, ...node.subgraph?.outputs ?? []]) result = visit(needed.node) || result;
    depends.set(node, result);
    if (result) order.push(node);
    return result;
  };
  visit(output.node);
  return order;
}

/**
 * The gradients of a scalar with respect to tensors that it was computed from.
 *
 * @param objective a float scalar
 * @param inputs the tensors to differentiate by
 * @returns one tensor for each input, of its shape and type; zeros where the objective does not depend on it
 * @throws {TypeError} if the objective is no float scalar, or depends on an input through an operation without a rule
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import * as graph from "./mod.ts";
 * const x = graph.input("x", "float32", [3]);
 * const [slope] = graph.gradient(graph.reduceSum(graph.square(x)), [x]);
 * const model = graph.serialize({ name: "example", inputs: { x }, outputs: { slope } });
 * const outputs = await runOnce(model, { x: { data: Float32Array.of(1, 2, 3), shape: [3] } });
 * assertEquals(outputs.slope.data, Float32Array.of(2, 4, 6));
 * ```
 */
export function gradient(objective: Tensor, inputs: readonly Tensor[]): Tensor[] {
  if (objective.shape.length !== 0 || !isFloat(objective.type)) {
    throw new TypeError(`gradient: needs a float scalar, got ${objective.type} ${formatShape(objective.shape)}.`);
  }
  return labelled("gradient", () => {
    const gradients = new Map<Tensor, Tensor>([[objective, scalar(1, objective.type)]]);
    for (const node of nodesBetween(objective, inputs).reverse()) {
      // An operation with several outputs has no rule, so that the first one reached is enough.
      const output = node.outputs.find((output) => gradients.has(output));
      if (output === undefined || node.inputs.length === 0) continue;
      const rule = node.rule ?? gradientRules[node.op];
      if (rule === undefined) throw new TypeError(`gradient: ${node.label} (${node.op}) has no gradient rule.`);
      rule(gradients.get(output)!, node.inputs, output, node.attributes).forEach((contribution, place) => {
        if (contribution === null) return;
        const input = node.inputs[place];
        const summed = sumTo(contribution, input.shape);
        const before = gradients.get(input);
        gradients.set(input, before === undefined ? summed : add(before, summed));
      });
    }
    return inputs.map((input) => gradients.get(input) ?? zerosLike(input));
  });
}

/**
 * The product of the objective's Hessian with a vector, by differentiating ⟨gradient, vector⟩ (Pearlmutter 1994).
 *
 * @param objective a float scalar
 * @param inputs the tensors to differentiate by
 * @param vectors one tensor for each input, of its shape and type; held constant even where they depend on the inputs
 * @returns for each input, its part of H·v
 * @throws {TypeError} as `gradient` does, and if a vector is missing or differs from its input in shape or type
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import { constant, hessianVectorProduct, input, multiply, reduceSum, serialize, square } from "./mod.ts";
 * const x = input("x", "float32", [2]);
 * const objective = reduceSum(multiply(x, square(x))); // Σ x³, whose Hessian is 6x on the diagonal
 * const [product] = hessianVectorProduct(objective, [x], [constant(Float32Array.of(1, 10), [2])]);
 * const outputs = await runOnce(serialize({ name: "example", inputs: { x }, outputs: { product } }), {
 *   x: { data: Float32Array.of(1, 2), shape: [2] },
 * });
 * assertEquals([...outputs.product.data], [6, 120]);
 * ```
 */
export function hessianVectorProduct(
  objective: Tensor,
  inputs: readonly Tensor[],
  vectors: readonly Tensor[],
): Tensor[] {
  if (vectors.length !== inputs.length) {
    throw new TypeError(`hessianVectorProduct: ${inputs.length} inputs and ${vectors.length} vectors.`);
  }
  inputs.forEach((input, place) => {
    const vector = vectors[place];
    if (!sameShape(input.shape, vector.shape) || input.type !== vector.type) {
      throw new TypeError(
        `hessianVectorProduct: the input is ${input.type} ${formatShape(input.shape)} and its vector ` +
          `${vector.type} ${formatShape(vector.shape)}.`,
      );
    }
  });
  const products = gradient(objective, inputs).map((g, place) => reduceSum(multiply(g, stopGradient(vectors[place]))));
  return gradient(products.reduce(add), inputs);
}
