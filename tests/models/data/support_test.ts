import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { BalancedSize } from "../../../models/data/balanced_supports.ts";
import type { Batch } from "../../../models/data/batch.ts";
import { rowsOnSupport, sumOverSupport } from "../../../models/data/support.ts";
import { add, exp, multiply, square } from "../../../models/graph/elementwise_ops.ts";
import { gradient, hessianVectorProduct } from "../../../models/graph/gradients.ts";
import { reduceSum, reshape } from "../../../models/graph/layout_ops.ts";
import type { TensorRecord } from "../../../models/graph/loop.ts";
import { serialize } from "../../../models/graph/serialize.ts";
import { constant, input, type Node, type Tensor } from "../../../models/graph/tensor.ts";
import { runOnce } from "../../../models/runtime/session.ts";
import { assertDerivatives, type DoubleArray, normals } from "../../finite_differences.ts";
import { fixedBalancedBatch } from "./balanced_batch.ts";

const width = 3;

/** Whole passes and a part of one, one pass and several, sets that lie across the end of a pass. */
const sizes: BalancedSize[] = [
  { features: 6, activeFeatures: 2, batch: 3 },
  { features: 6, activeFeatures: 2, batch: 6 },
  { features: 6, activeFeatures: 2, batch: 2 },
  { features: 6, activeFeatures: 2, batch: 5 },
  { features: 7, activeFeatures: 3, batch: 7 },
  { features: 7, activeFeatures: 3, batch: 6 },
  { features: 5, activeFeatures: 1, batch: 7 },
];

const fixed = ({ data, shape }: DoubleArray) => constant(data, shape);

/** A scalar that weighs every entry differently and is curved, and has the rows occur twice, squared and mixed. */
function objective(matrix: Tensor, batch: Batch): Tensor {
  const rows = rowsOnSupport(matrix, batch);
  const [samples, activeFeatures] = rows.shape as number[];
  const sums = sumOverSupport(matrix, batch);
  const ofRows = multiply(fixed(normals(rows.shape as number[], "rows")), square(add(rows, 0.5)));
  const mixed = multiply(rows, reshape(exp(multiply(sums, 0.3)), [samples, 1, width]));
  const ofSums = multiply(fixed(normals([samples, width], "sums")), square(add(sums, 0.25)));
  const total = [ofRows, multiply(fixed(normals([samples, activeFeatures, width], "mixed")), mixed), ofSums];
  return total.map((x) => reduceSum(x)).reduce(add);
}

function everything(matrix: Tensor, batch: Batch): TensorRecord {
  const value = objective(matrix, batch);
  const vector = fixed(normals(matrix.shape as number[], "vector"));
  const [product] = hessianVectorProduct(value, [matrix], [vector]);
  return {
    rows: rowsOnSupport(matrix, batch),
    sums: sumOverSupport(matrix, batch),
    value,
    gradient: gradient(value, [matrix])[0],
    product,
    // And once more, so that the rules of the rules of the rules are needed.
    third: gradient(reduceSum(multiply(product, vector)), [matrix])[0],
  };
}

function operations(outputs: TensorRecord): Set<string> {
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const { node: next } of [...node.inputs, ...node.body === undefined ? [] : [node.body]]) visit(next);
  };
  Object.values(outputs).forEach(({ node }) => visit(node));
  return new Set([...seen].map(({ op }) => op));
}

for (const size of sizes) {
  const { features, activeFeatures, batch } = size;
  const title = `${batch} sets of ${activeFeatures} out of ${features}`;
  const matrix = normals([features, width], "matrix");

  Deno.test(`rowsOnSupport() and sumOverSupport() are the same with occurrences as without, to third order, for ${title}`, async () => {
    const { support, occurrences } = fixedBalancedBatch(size, "float64");
    const values = fixed(normals([batch, activeFeatures], "values"));
    const x = input("x", "float64", [features, width]);
    const withThem = everything(x, { support, values, occurrences });
    const without = everything(x, { support, values });
    const run = async (outputs: TensorRecord) =>
      await runOnce(serialize({ name: "support", inputs: { x }, outputs }), { x: matrix }, { threads: 1 });
    const [found, expected] = [await run(withThem), await run(without)];
    for (const [name, { data, shape }] of Object.entries(expected)) {
      assertEquals(found[name].shape, shape);
      const values = Array.from(data, Number);
      const scale = Math.max(...values.map(Math.abs));
      assert(scale > 1e-3, name);
      values.forEach((value, place) => assertAlmostEquals(Number(found[name].data[place]), value, 1e-13 * scale, name));
    }
    const scatters = (outputs: TensorRecord) => [...operations(outputs)].some((op) => op.startsWith("Scatter"));
    assertEquals([scatters(withThem), scatters(without)], [false, true]);
  });

  Deno.test(`rowsOnSupport() and sumOverSupport() have the derivatives of finite differences, for ${title}`, async () => {
    await assertDerivatives({
      inputs: { matrix },
      objective: ({ matrix }) =>
        objective(matrix, {
          ...fixedBalancedBatch(size, "float64"),
          values: fixed(normals([batch, activeFeatures], "values")),
        }),
    });
  });
}
