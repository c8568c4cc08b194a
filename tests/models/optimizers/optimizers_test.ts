import { assertAlmostEquals, assertEquals } from "@std/assert";
import { parseConfig } from "../../../models/experiment/config.ts";
import { gather } from "../../../models/graph/layout.ts";
import { loop, type TensorRecord } from "../../../models/graph/loop.ts";
import { serialize } from "../../../models/graph/serialize.ts";
import { constant, type Tensor } from "../../../models/graph/tensor.ts";
import { optimizers } from "../../../models/optimizers/optimizers.ts";
import { runOnce } from "../../../models/runtime/session.ts";
import { type DoubleArray, doubles, normals } from "../../finite_differences.ts";

const [steps, size] = [20, 6];
const { optimizer: config } = parseConfig({
  name: "optimizers",
  model: { features: 2, hidden: 2 },
  optimizer: { beta1: 0.8, beta2: 0.95, epsilon: 1e-3 },
  training: { steps },
}, "test");
const start = normals([size], "start");
/** Of very different sizes, one of them zero throughout. */
const gradients = doubles(
  [steps, size],
  (place) => normals([steps, size], "gradients").data[place] * [1, 10, 1e-3, 1e-6, 0, 3][place % size],
);
const rates = Array.from({ length: steps }, (_, place) => 0.1 / (1 + place % 4));

const tensor = ({ data, shape }: DoubleArray): Tensor => constant(data, shape);

/** The parameter after every step, [steps, size], with the gradients and learning rates above, and the last slots. */
async function updates(name: string) {
  const optimizer = optimizers[name];
  const rows = rates.map((rate, place) => optimizer.coefficients(place + 1, rate, config));
  const coefficients = constant(Float64Array.from(rows.flat()), [steps, rows[0].length]);
  const slots = Object.fromEntries(optimizer.slots.map((slot) => [slot, tensor(doubles([size], () => 0))]));
  const { state, record } = loop(steps, { parameter: tensor(start), ...slots }, (state: TensorRecord, step) => {
    const ofStep = gather(coefficients, step);
    const update = optimizer.update(
      state.parameter,
      gather(tensor(gradients), step),
      optimizer.slots.map((slot) => state[slot]),
      rows[0].map((_, place) => gather(ofStep, constant(BigInt64Array.of(BigInt(place))))),
      config,
    );
    const next = Object.fromEntries(optimizer.slots.map((slot, place) => [slot, update.slots[place]]));
    return { next: { parameter: update.parameter, ...next }, record: { path: update.parameter } };
  });
  return await runOnce(serialize({ name, inputs: {}, outputs: { ...state, ...record } }), {}, { threads: 1 });
}

Deno.test("optimizers.adam does what the paper's algorithm does, step by step", async () => {
  const { path, firstMoment, secondMoment } = await updates("adam");
  const { beta1, beta2, epsilon } = config;
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

Deno.test("optimizers.sgd goes down the gradient", async () => {
  const { path } = await updates("sgd");
  const parameter = [...start.data];
  for (let step = 0; step < steps; step++) {
    for (let entry = 0; entry < size; entry++) {
      parameter[entry] -= rates[step] * gradients.data[step * size + entry];
      assertAlmostEquals(Number(path.data[step * size + entry]), parameter[entry], 1e-13);
    }
  }
  assertEquals(optimizers.sgd.slots, []);
});
