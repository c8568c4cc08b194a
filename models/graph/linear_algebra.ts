/** Matrix products. */
import { add, isFloat, multiply } from "./elementwise.ts";
import { reduceSum, transpose } from "./layout.ts";
import { formatShape, sameShape } from "./shape.ts";
import { composite, operation, type Tensor } from "./tensor.ts";

/** Which operands of a product are transposed. */
export interface ProductOptions {
  /** @default false */
  transposeA?: boolean;
  /** @default false */
  transposeB?: boolean;
}

/** The matrix product A·B, either factor transposed on request. */
export function matmul(a: Tensor, b: Tensor, { transposeA = false, transposeB = false }: ProductOptions = {}): Tensor {
  const [rows, inner] = transposeA ? [a.shape[1], a.shape[0]] : a.shape;
  const [innerOfB, columns] = transposeB ? [b.shape[1], b.shape[0]] : b.shape;
  if (a.shape.length !== 2 || b.shape.length !== 2 || inner !== innerOfB || a.type !== b.type || !isFloat(a.type)) {
    const describe = (x: Tensor, transposed: boolean) => `${x.type} ${formatShape(x.shape)}${transposed ? "ᵀ" : ""}`;
    throw new TypeError(`Gemm: cannot multiply ${describe(a, transposeA)} by ${describe(b, transposeB)}.`);
  }
  return operation("Gemm", [a, b], [{ type: a.type, shape: [rows, columns] }], {
    attributes: { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 },
  })[0];
}

/** XᵀX. A composite, since its gradient is one product, X·(dG + dGᵀ), where the chain rule would write two. */
export function gram(x: Tensor): Tensor {
  return composite("Gram", [x], matmul(x, x, { transposeA: true }));
}

/** (G + Gᵀ) / 2 */
export function symmetrize(gram: Tensor): Tensor {
  const [rows, columns] = gram.shape;
  if (gram.shape.length !== 2 || rows !== columns) {
    throw new TypeError(`symmetrize: needs a square matrix, got ${formatShape(gram.shape)}.`);
  }
  return multiply(add(gram, transpose(gram)), 0.5);
}

/**
 * a_bᵀ G a_b for each row a_b of A: a vector [batch] from A [batch, n] and G [n, n].
 *
 * A composite, so that its gradient rule can reuse the product A·G of the forward pass: dA = 2 A·G, dG = AᵀA.
 */
export function quadraticForm(a: Tensor, gram: Tensor): Tensor {
  const n = a.shape[1];
  if (a.shape.length !== 2 || !sameShape(gram.shape, [n, n])) {
    throw new TypeError(`QuadraticForm: ${formatShape(a.shape)} and ${formatShape(gram.shape)} do not fit.`);
  }
  const product = matmul(a, symmetrize(gram));
  return composite("QuadraticForm", [a, gram], reduceSum(multiply(a, product), { axes: [1] }));
}
