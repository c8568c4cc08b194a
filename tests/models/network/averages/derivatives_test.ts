/** Gradients of averages, which are averages too, against differences of the averages. */
import { assert, assertAlmostEquals } from "@std/assert";
import { add, multiply, square } from "../../../../models/graph/elementwise_ops.ts";
import { gradient, hessianVectorProduct } from "../../../../models/graph/gradients.ts";
import { gather, reduceSum } from "../../../../models/graph/layout_ops.ts";
import { serialize } from "../../../../models/graph/serialize.ts";
import { constant, input, integers, type Tensor } from "../../../../models/graph/tensor.ts";
import { activations } from "../../../../models/network/activations/activations.ts";
import type { Averages, NormalInput } from "../../../../models/network/averages/averages.ts";
import { averagesByNodes } from "../../../../models/network/averages/by_nodes.ts";
import { normalRule } from "../../../../models/network/averages/normal_rule.ts";
import { runOnce } from "../../../../models/runtime/session.ts";
import { assertDerivatives, doubles, normals } from "../../../finite_differences.ts";

const [batch, hidden] = [2, 2];

/** Everything that is averaged, by name. */
function allOf({ mean, square, derivative }: Averages): Record<string, Tensor> {
  return { mean, square, slope: derivative(1), curvature: derivative(2) };
}

/** A scalar that weighs every entry differently and is curved. */
function weighed(y: Tensor): Tensor {
  const weights = normals([batch, hidden], "weights").data;
  const fixed = constant(y.type === "float64" ? weights : Float32Array.from(weights), [batch, hidden]);
  return reduceSum(multiply(fixed, square(add(y, 0.5))));
}

/** The averages that an activation has for itself, and those by nodes where they are others. */
const written: [title: string, name: string, write: (input: NormalInput) => Averages][] = activations.names().flatMap(
  (name) => {
    const activation = activations.get(name);
    const byNodes = (input: NormalInput) => averagesByNodes(activation, input);
    const ways: typeof written = [];
    if (activation.averages !== undefined) ways.push([name, name, activation.averages]);
    if (activation.smooth) ways.push([`${name} by nodes`, name, byNodes]);
    return ways;
  },
);

for (const [title, name, write] of written) {
  Deno.test(`the averages of ${title} have the gradients and Hessian-vector products of finite differences`, async () => {
    const single = name === "gelu" || name === "relu";
    // Wide enough for the differences of float32, narrow enough for 41 nodes to be exact in float64.
    const variance = single ? [0.6, 1.1] : [0.12, 0.2];
    for (const quantity of ["mean", "square", "slope", "curvature"]) {
      await assertDerivatives({
        inputs: { mean: normals([batch, hidden], "mean"), variance: doubles([hidden], (place) => variance[place]) },
        precision: single ? "single" : "double",
        objective: ({ mean, variance }) => weighed(allOf(write({ mean, variance, rule: normalRule(41) }))[quantity]),
      });
    }
  });

  Deno.test(`the averages of ${title} have finite gradients without noise, those of Stein and Price`, async () => {
    const points = [-2, -0.7, 0.4, 1.3];
    const mean = input("mean", "float32", [points.length, 1]);
    const variance = input("variance", "float32", [1]);
    const averages = write({ mean, variance, rule: normalRule(7) });
    const outputs: Record<string, Tensor> = {};
    for (const [quantity, average] of Object.entries(allOf(averages))) {
      points.forEach((_, place) => {
        const one = reduceSum(gather(average, integers([place])));
        [outputs[`${quantity}.variance.${place}`]] = gradient(one, [variance]);
      });
      const ones = [constant(new Float32Array(points.length).fill(1), mean.shape), constant(Float32Array.of(1), [1])];
      const total = reduceSum(square(average));
      [outputs[`${quantity}.mean`], outputs[`${quantity}.spread`]] = hessianVectorProduct(
        total,
        [mean, variance],
        ones,
      );
    }
    outputs.slope = averages.derivative(1);
    outputs.curvature = averages.derivative(2);
    outputs.value = averages.mean;
    const model = serialize({ name: "still", inputs: { mean, variance }, outputs });
    const values = { mean: { data: Float32Array.from(points), shape: [points.length, 1] } };
    for (const v of [0, 1e-12, 1e-8]) {
      const found = await runOnce(model, { ...values, variance: { data: Float32Array.of(v), shape: [1] } }, {
        threads: 1,
      });
      for (const [output, { data }] of Object.entries(found)) {
        assert(Array.from(data, Number).every(Number.isFinite), `${output} at v = ${v}: ${data}`);
      }
      points.forEach((point, place) => {
        const at = (output: string) => Number(found[output].data[place]);
        const byVariance = (quantity: string) => Number(found[`${quantity}.variance.${place}`].data[0]);
        assertAlmostEquals(byVariance("mean"), at("curvature") / 2, 1e-5, `mean by v at ${point}`);
        const ofSquare = at("slope") ** 2 + at("value") * at("curvature");
        assertAlmostEquals(byVariance("square"), ofSquare, 1e-5, `square by v at ${point}`);
      });
    }
  });
}
