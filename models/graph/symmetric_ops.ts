/** Symmetric matrices, quadratic forms and diagonals. */
import { add, multiply } from "./elementwise_ops.ts";
import { gather, reduceSum, reshape, transpose } from "./layout_ops.ts";
import { matmul } from "./linear_algebra_ops.ts";
import { formatShape, sameShape, staticShape } from "./tensor_shape.ts";
import { composite, constant, integers, type Tensor } from "./tensor.ts";

/**
 * XᵀX, times a factor. A composite, since its gradient is one product, X·(dG + dGᵀ), where the chain rule would write two.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import { constant, gram, innerProduct, quadraticForm, quadraticFormSum, serialize, symmetrize } from "./mod.ts";
 * const a = constant(Float32Array.of(1, 2, 3, 4), [2, 2]); // two vectors, one in each row
 * const outputs = {
 *   squares: gram(a),
 *   forms: quadraticForm(a, a), // as with the symmetric part of the second
 *   total: quadraticFormSum(a, a),
 *   same: innerProduct(symmetrize(a), gram(a)),
 * };
 * const { squares, forms, total, same } = await runOnce(serialize({ name: "example", inputs: {}, outputs }), {});
 * assertEquals([...squares.data, ...forms.data], [10, 14, 14, 20, 27, 133]);
 * assertEquals([...total.data, ...same.data], [160, 160]);
 * ```
 */
export function gram(x: Tensor, scale = 1): Tensor {
  return composite(
    "Gram",
    [x],
    matmul(x, x, { transposeA: true, scale }),
    (g) => [matmul(x, symmetrize(g), { scale: 2 * scale })],
  );
}

/** What a matrix is symmetric by: an operation makes it so, or keeps it so if its operands are. */
const makesSymmetric = new Set(["Gram", "DiagonalMatrix"]);
const keepsSymmetry = new Set(["Add", "Sub", "Mul", "Neg"]);

function isSymmetric({ node, shape }: Tensor): boolean {
  if (shape.length === 0 || makesSymmetric.has(node.op)) return true;
  return keepsSymmetry.has(node.op) && node.inputs.every(isSymmetric);
}

/** (G + Gᵀ) / 2; G itself where it is symmetric by the way that it was made. See {@linkcode gram}. */
export function symmetrize(matrix: Tensor): Tensor {
  const [rows, columns] = matrix.shape;
  if (matrix.shape.length !== 2 || rows !== columns) {
    throw new TypeError(`symmetrize: needs a square matrix, got ${formatShape(matrix.shape)}.`);
  }
  return isSymmetric(matrix) ? matrix : multiply(add(matrix, transpose(matrix)), 0.5);
}

function requireForm(a: Tensor, matrix: Tensor): void {
  const n = a.shape[1];
  if (a.shape.length === 2 && sameShape(matrix.shape, [n, n])) return;
  throw new TypeError(`QuadraticForm: ${formatShape(a.shape)} and ${formatShape(matrix.shape)} do not fit.`);
}

/**
 * a_bᵀ G a_b for each row a_b of A: a vector [batch] from A [batch, n] and G [n, n].
 *
 * A composite, so that its gradient rule can reuse the product A·G of the forward pass: dA = 2 A·G, dG = AᵀA.
 * See {@linkcode gram}.
 */
export function quadraticForm(a: Tensor, matrix: Tensor): Tensor {
  requireForm(a, matrix);
  const product = matmul(a, symmetrize(matrix));
  return composite("QuadraticForm", [a, matrix], reduceSum(multiply(a, product), { axes: [1] }));
}

/**
 * ⟨A, B⟩ = Σ A ∘ B over the entries of two tensors of one shape, a scalar.
 *
 * A composite, so that no gradient of its sum is written out entry by entry. See {@linkcode gram}.
 */
export function innerProduct(a: Tensor, b: Tensor): Tensor {
  if (!sameShape(a.shape, b.shape)) {
    throw new TypeError(`InnerProduct: ${formatShape(a.shape)} and ${formatShape(b.shape)} differ.`);
  }
  return composite("InnerProduct", [a, b], reduceSum(multiply(a, b)));
}

/**
 * Σ_b a_bᵀ G a_b = ⟨G, AᵀA⟩ over the rows of A, times a factor: a scalar from A [batch, n] and G [n, n].
 *
 * A composite, so that AᵀA serves both the value and the gradient: dA = 2 A·G, dG = AᵀA. See {@linkcode gram}.
 */
export function quadraticFormSum(a: Tensor, matrix: Tensor, scale = 1): Tensor {
  requireForm(a, matrix);
  const squares = gram(a, scale);
  return composite("QuadraticFormSum", [a, matrix], innerProduct(matrix, squares), (g) => [
    matmul(a, symmetrize(matrix), { scale: multiply(2 * scale, g) }),
    multiply(g, squares),
  ]);
}

function identity(matrix: Tensor): Tensor {
  const [n] = staticShape("identity", matrix.shape);
  const values = matrix.type === "float64" ? new Float64Array(n * n) : new Float32Array(n * n);
  for (let row = 0; row < n; row++) values[row * (n + 1)] = 1;
  return constant(values, [n, n], "identity");
}

/**
 * The diagonal of a square matrix, a vector.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import { constant, diagonal, diagonalMatrix, serialize } from "./mod.ts";
 * const line = diagonal(constant(Float32Array.of(1, 2, 3, 4), [2, 2]));
 * const model = serialize({ name: "example", inputs: {}, outputs: { line, matrix: diagonalMatrix(line) } });
 * const { line: values, matrix } = await runOnce(model, {});
 * assertEquals([...values.data, ...matrix.data], [1, 4, 1, 0, 0, 4]);
 * ```
 */
export function diagonal(matrix: Tensor): Tensor {
  const [rows, columns] = matrix.shape;
  if (matrix.shape.length !== 2 || rows !== columns) {
    throw new TypeError(`diagonal: needs a square matrix, got ${formatShape(matrix.shape)}.`);
  }
  const [n] = staticShape("diagonal", matrix.shape);
  const places = integers(Array.from({ length: n }, (_, row) => row * (n + 1)));
  return composite("Diagonal", [matrix], gather(reshape(matrix, [n * n]), places));
}

/**
 * The matrix with a vector on its diagonal and zeros elsewhere: the transpose of `diagonal`. See {@linkcode diagonal}.
 */
export function diagonalMatrix(vector: Tensor): Tensor {
  if (vector.shape.length !== 1) {
    throw new TypeError(`diagonalMatrix: needs a vector, got ${formatShape(vector.shape)}.`);
  }
  const [n] = vector.shape;
  const pattern = identity({ ...vector, shape: [n, n] });
  return composite("DiagonalMatrix", [vector], multiply(reshape(vector, [1, n]), pattern));
}
