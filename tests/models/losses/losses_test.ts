import { assertAlmostEquals, assertEquals } from "@std/assert";
import { serialize } from "../../../models/graph/serialize.ts";
import { constant, type Tensor } from "../../../models/graph/tensor.ts";
import type { SampleLoss } from "../../../models/losses/loss.ts";
import { rebalanced } from "../../../models/losses/rebalanced_loss.ts";
import { softmax } from "../../../models/losses/softmax_loss.ts";
import { runOnce } from "../../../models/runtime/session.ts";
import { type DoubleArray, doubles, normals } from "../../finite_differences.ts";

const [features, hidden] = [5, 3];
const supports = [[0, 4], [1, 2], [3, 0], [2, 4]];
const batch = supports.length;
const support = constant(BigInt64Array.from(supports.flat(), BigInt), [batch, 2]);
const config = rebalanced.options.parse({ lambdaOn: 7 });

const tensor = ({ data, shape }: DoubleArray): Tensor => constant(data, shape);

async function evaluate({ data, parts }: SampleLoss): Promise<Record<string, number[]>> {
  const model = serialize({ name: "losses", inputs: {}, outputs: { data, ...parts } });
  const results = await runOnce(model, {}, { threads: 1 });
  return Object.fromEntries(
    Object.entries(results).map(([name, { data, shape }]) => {
      assertEquals(shape, [batch]);
      return [name, Array.from(data, Number)];
    }),
  );
}

function assertClose(found: readonly number[], expected: readonly number[]): void {
  assertEquals(found.length, expected.length);
  found.forEach((value, place) =>
    assertAlmostEquals(value, expected[place], 1e-12 * Math.max(1, Math.abs(expected[place])))
  );
}

const decoder = normals([features, hidden], "decoder");
const a = normals([batch, hidden], "a");
const output = doubles([batch, features], (place) => {
  const [b, i] = [Math.floor(place / features), place % features];
  return Array.from({ length: hidden }, (_, j) => a.data[b * hidden + j] * decoder.data[i * hidden + j])
    .reduce((sum, value) => sum + value);
});
const rows = supports.map((_, b) => [...output.data.slice(b * features, (b + 1) * features)]);

Deno.test("rebalanced is λ Σ_on (y − 1)² + Σ_off y² in both forms", async () => {
  const on = rows.map((y, b) => supports[b].reduce((sum, i) => sum + (y[i] - 1) ** 2, 0));
  const off = rows.map((y, b) => y.reduce((sum, value, i) => sum + (supports[b].includes(i) ? 0 : value ** 2), 0));
  const forms = [
    rebalanced.dense(tensor(output), { support }, config),
    rebalanced.gram(tensor(a), tensor(decoder), { support }, config),
  ];
  for (const form of forms) {
    const found = await evaluate(form);
    assertClose(found.on, on);
    assertClose(found.off, off);
    assertClose(found.data, on.map((value, b) => 7 * value + off[b]));
  }
});

const noRidge = softmax.options.parse({ decoderRidge: 0 });

Deno.test("softmax is the cross entropy of softmax(y) against x*/k", async () => {
  const expected = rows.map((y, b) => {
    const normaliser = y.reduce((sum, value) => sum + Math.exp(value), 0);
    return supports[b].reduce((sum, i) => sum - Math.log(Math.exp(y[i]) / normaliser) / 2, 0);
  });
  assertClose((await evaluate(softmax.dense(tensor(output), { support }, noRidge))).data, expected);
});

Deno.test("softmax takes targets for shares of the whole, and multiplies each by the weight of its coordinate", async () => {
  const [targets, weights] = [[1, 3, 2, 2, 1, 4, 5, 5], [1, 2, 0.5, 3, 1]];
  const expected = rows.map((y, b) => {
    const normaliser = y.reduce((sum, value) => sum + Math.exp(value), 0);
    const [first, second] = targets.slice(2 * b, 2 * b + 2);
    return supports[b].reduce(
      (sum, i, place) =>
        sum - weights[i] * [first, second][place] / (first + second) * Math.log(Math.exp(y[i]) / normaliser),
      0,
    );
  });
  const unlike = {
    support,
    targets: constant(Float64Array.from(targets), [batch, 2]),
    weights: constant(Float64Array.from(weights), [features]),
  };
  assertClose((await evaluate(softmax.dense(tensor(output), unlike, noRidge))).data, expected);
  const equal = { support, weights: constant(Float64Array.from(weights, () => 2), [features]) };
  const plain = await evaluate(softmax.dense(tensor(output), { support }, noRidge));
  assertClose((await evaluate(softmax.dense(tensor(output), equal, noRidge))).data, plain.data.map((cost) => 2 * cost));
});

Deno.test("softmax stands outputs whose exponentials overflow, and does not mind a shift of all", async () => {
  const { data } = await evaluate(softmax.dense(tensor(output), { support }, noRidge));
  for (const shift of [1000, -1000]) {
    const shifted = doubles(output.shape, (place) => output.data[place] + shift);
    const found = await evaluate(softmax.dense(tensor(shifted), { support }, noRidge));
    found.data.forEach((value, b) => assertAlmostEquals(value, data[b], 1e-10));
  }
});

Deno.test("softmax is least, log k, where exactly the support is on", async () => {
  const perfect = doubles(
    [batch, features],
    (place) => supports[Math.floor(place / features)].includes(place % features) ? 50 : 0,
  );
  const { data } = await evaluate(softmax.dense(tensor(perfect), { support }, noRidge));
  assertClose(data, supports.map(() => Math.log(2)));
});
