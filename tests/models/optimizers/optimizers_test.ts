import { assertAlmostEquals } from "@std/assert";
import { gather } from "../../../models/graph/layout_ops.ts";
import { loop, type TensorRecord } from "../../../models/graph/loop.ts";
import { serialize } from "../../../models/graph/serialize.ts";
import { constant, type Tensor } from "../../../models/graph/tensor.ts";
import { keySequence } from "../../../models/graph/counted_random_ops.ts";
import { adam } from "../../../models/optimizers/adam.ts";
import type { Optimizer } from "../../../models/optimizers/optimizer.ts";
import { sgd } from "../../../models/optimizers/sgd.ts";
import { runOnce } from "../../../models/runtime/session.ts";
import { type DoubleArray, doubles, normals } from "../../finite_differences.ts";

const [steps, size] = [20, 6];
const options = adam.options.parse({ beta1: 0.8, beta2: 0.95, epsilon: 1e-3 });
const start = normals([size], "start");
/** Of very different sizes, one of them zero throughout. */
const gradients = doubles(
  [steps, size],
  (place) => normals([steps, size], "gradients").data[place] * [1, 10, 1e-3, 1e-6, 0, 3][place % size],
);
const rates = Array.from({ length: steps }, (_, place) => 0.1 / (1 + place % 4));

const tensor = ({ data, shape }: DoubleArray): Tensor => constant(data, shape);

/** The parameter after every step, [steps, size], with the gradients and learning rates above, and the last slots. */
async function updates<Options>(optimizer: Optimizer<Options>, options: Options) {
  const rows = rates.map((rate, index) => optimizer.coefficients(index + 1, rate, options));
  const names = Object.keys(rows[0]);
  const numbers = Object.fromEntries(
    names.map((name) => [name, constant(Float64Array.from(rows, (row) => row[name]), [steps])]),
  );
  const slots = Object.fromEntries(optimizer.slots.map((slot) => [slot, tensor(doubles([size], () => 0))]));
  const { state, record } = loop(steps, { parameter: tensor(start), ...slots }, (state: TensorRecord, step) => {
    const { parameter, ...kept } = state;
    const update = optimizer.update({
      parameter,
      gradient: gather(tensor(gradients), step),
      slots: kept,
      coefficients: Object.fromEntries(names.map((name) => [name, gather(numbers[name], step)])),
      options,
      nextKey: keySequence(0),
    });
    return { next: { parameter: update.parameter, ...update.slots }, record: { path: update.parameter } };
  });
  const model = serialize({ name: "updates", inputs: {}, outputs: { ...state, ...record } });
  return await runOnce(model, {}, { threads: 1 });
}

Deno.test("adam does what the paper's algorithm does, step by step", async () => {
  const { path, firstMoment, secondMoment } = await updates(adam, options);
  const { beta1, beta2, epsilon } = options;
  for (let entry = 0; entry < size; entry++) {
    let [parameter, m, v] = [start.data[entry], 0, 0];
    for (let t = 1; t <= steps; t++) {
      const g = gradients.data[(t - 1) * size + entry];
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      const corrected = { m: m / (1 - beta1 ** t), v: v / (1 - beta2 ** t) };
      parameter -= rates[t - 1] * corrected.m / (Math.sqrt(corrected.v) + epsilon);
      assertAlmostEquals(Number(path.data[(t - 1) * size + entry]), parameter, 1e-13, `entry ${entry}, step ${t}`);
    }
    assertAlmostEquals(Number(firstMoment.data[entry]), m / (1 - beta1), 1e-12);
    assertAlmostEquals(Number(secondMoment.data[entry]), v / (1 - beta2), 1e-10);
  }
});

Deno.test("sgd goes down the gradient", async () => {
  const { path } = await updates(sgd, {});
  const parameter = [...start.data];
  for (let step = 0; step < steps; step++) {
    for (let entry = 0; entry < size; entry++) {
      parameter[entry] -= rates[step] * gradients.data[step * size + entry];
      assertAlmostEquals(Number(path.data[step * size + entry]), parameter[entry], 1e-13);
    }
  }
});
