/** Matrix products. */
import { isFloat, multiply } from "./elementwise_ops.ts";
import { formatShape } from "./tensor_shape.ts";
import { constantValue, operation, type Tensor } from "./tensor.ts";

/** Options of a product. */
export interface ProductOptions {
  /** Whether A is transposed. @default false */
  transposeA?: boolean;
  /** Whether B is transposed. @default false */
  transposeB?: boolean;
  /** A scalar that multiplies the product; a fixed number costs nothing. @default 1 */
  scale?: number | Tensor;
}

/**
 * The matrix product A·B, either factor transposed on request.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import { constant, matmul, serialize } from "./mod.ts";
 * const a = constant(Float32Array.of(1, 2), [1, 2]);
 * const outputs = {
 *   outer: matmul(a, a, { transposeA: true }),
 *   norm: matmul(a, a, { transposeB: true, scale: 0.5 }),
 * };
 * const { outer, norm } = await runOnce(serialize({ name: "example", inputs: {}, outputs }), {});
 * assertEquals([...outer.data, ...norm.data], [1, 2, 2, 4, 2.5]);
 * ```
 */
export function matmul(
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false, scale = 1 }: ProductOptions = {},
): Tensor {
  const [rows, inner] = transposeA ? [a.shape[1], a.shape[0]] : a.shape;
  const [innerOfB, columns] = transposeB ? [b.shape[1], b.shape[0]] : b.shape;
  if (a.shape.length !== 2 || b.shape.length !== 2 || inner !== innerOfB || a.type !== b.type || !isFloat(a.type)) {
    const describe = (x: Tensor, transposed: boolean) => `${x.type} ${formatShape(x.shape)}${transposed ? "ᵀ" : ""}`;
    throw new TypeError(`Gemm: cannot multiply ${describe(a, transposeA)} by ${describe(b, transposeB)}.`);
  }
  const known = typeof scale === "number" ? scale : constantValue(scale);
  // ONNX keeps the factor as float32, which not every float64 fits into.
  const factor = known !== undefined && (a.type === "float32" || Math.fround(known) === known) ? known : undefined;
  const [product] = operation("Gemm", [a, b], [{ type: a.type, shape: [rows, columns] }], {
    attributes: {
      transA: transposeA ? 1 : 0,
      transB: transposeB ? 1 : 0,
      ...(factor !== undefined && factor !== 1 && { alpha: { float: factor } }),
    },
  });
  return factor === undefined ? multiply(product, scale) : product;
}
