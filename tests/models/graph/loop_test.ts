import { assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { fromBinary } from "@bufbuild/protobuf";
import { type GraphProto, ModelProtoSchema } from "onnx-buf";
import { add, cast, multiply, square, subtract } from "../../../models/graph/elementwise_ops.ts";
import { gradient } from "../../../models/graph/gradients.ts";
import { gather, reduceSum } from "../../../models/graph/layout_ops.ts";
import { loop, type TensorRecord } from "../../../models/graph/loop.ts";
import { randomNormal } from "../../../models/graph/random_ops.ts";
import { serialize } from "../../../models/graph/serialize.ts";
import { constant, input, type Tensor } from "../../../models/graph/tensor.ts";
import { type ArrayValue, runOnce } from "../../../models/runtime/session.ts";

async function evaluate(outputs: TensorRecord, inputs: TensorRecord = {}, values: Record<string, ArrayValue> = {}) {
  const results = await runOnce(serialize({ name: "test", inputs, outputs }), values, { threads: 1 });
  return Object.fromEntries(
    Object.entries(results).map(([name, { data, shape }]) => [name, { values: Array.from(data, Number), shape }]),
  );
}

function doubles(...values: number[]): Tensor {
  return constant(Float64Array.from(values), [values.length]);
}

function bodyOf({ node }: GraphProto): GraphProto {
  const value = node.find(({ opType }) => opType === "Loop")!.attribute.find(({ name }) => name === "body")!.g;
  return value!;
}

function operations({ node }: GraphProto): string[] {
  return node.map(({ opType }) => opType);
}

Deno.test("loop() carries the state along and stacks what is recorded", async () => {
  const { state, record } = loop(5, { previous: doubles(0, 1), last: doubles(1, 2) }, ({ previous, last }, step) => ({
    next: { previous: last, last: add(previous, last) },
    record: { last, step, sum: reduceSum(last) },
  }));
  assertEquals([record.last.shape, record.step.shape, record.step.type], [[5, 2], [5], "int64"]);
  const result = await evaluate({ ...state, "record.last": record.last, step: record.step, sum: record.sum });
  assertEquals(result.previous.values, [5, 13]);
  assertEquals(result.last.values, [8, 21]);
  assertEquals(result["record.last"], { values: [1, 2, 1, 3, 2, 5, 3, 8, 5, 13], shape: [5, 2] });
  assertEquals(result.step.values, [0, 1, 2, 3, 4]);
  assertEquals(result.sum.values, [3, 4, 7, 11, 18]);
});

Deno.test("loop() can keep no state, leave one part of it alone, and exchange two", async () => {
  const counted = loop(3, {}, (_, step) => ({ next: {}, record: { step } }));
  assertEquals((await evaluate({ step: counted.record.step })).step.values, [0, 1, 2]);
  const { state } = loop(3, { a: doubles(1), b: doubles(2), c: doubles(3) }, ({ a, b, c }) => ({
    next: { a: b, b: a, c },
    record: {},
  }));
  const result = await evaluate(state);
  assertEquals([result.a.values, result.b.values, result.c.values], [[2], [1], [3]]);
});

Deno.test("loop() reads the row of its step, and its state is an ordinary tensor afterwards", async () => {
  const rates = doubles(1, 10, 100);
  const { state } = loop(
    3,
    { x: doubles(0) },
    ({ x }, step) => ({ next: { x: add(x, gather(rates, step)) }, record: {} }),
  );
  assertEquals((await evaluate({ doubled: multiply(state.x, 2) })).doubled.values, [222]);
});

Deno.test("loop() names the part of the state that is missing or changes", () => {
  const initial: TensorRecord = { kept: doubles(1), lost: doubles(2) };
  assertThrows(
    () => loop(2, initial, ({ kept }) => ({ next: { kept }, record: {} })),
    TypeError,
    "Loop: state lost starts as float64 [1] and then is missing",
  );
});

Deno.test("loop() descends along gradients that are taken inside it", async () => {
  const target = doubles(3, -1);
  const { state } = loop(10, { x: doubles(0, 0) }, ({ x }) => {
    const [slope] = gradient(reduceSum(square(subtract(x, target))), [x]);
    return { next: { x: subtract(x, multiply(slope, 0.25)) }, record: {} };
  });
  const { x } = await evaluate({ x: state.x });
  x.values.forEach((value, place) => assertAlmostEquals(value, [3, -1][place] * (1 - 0.5 ** 10), 1e-12));
});

Deno.test("serialize() writes outside the Loop what does not depend on its iteration", () => {
  const x = input("x", "float64", [2]);
  const { state } = loop(3, { y: doubles(0, 0) }, ({ y }) => {
    const invariant = square(add(x, 1));
    return { next: { y: add(multiply(y, 2), invariant) }, record: {} };
  });
  const { graph } = fromBinary(ModelProtoSchema, serialize({ name: "test", inputs: { x }, outputs: { y: state.y } }));
  assertEquals(operations(graph!), ["Add", "Mul", "Loop"]);
  assertEquals(operations(bodyOf(graph!)).filter((op) => op !== "Identity"), ["Mul", "Add"]);
  // The 2 is used inside, the 1 outside.
  assertEquals(bodyOf(graph!).initializer.length, 1);
});

Deno.test("random numbers are drawn anew in every iteration, once for all outside, and by the seed alone", async () => {
  const draw = (seed: number) => randomNormal("float64", [2], 1, () => seed);
  const write = () => {
    const outside = draw(1);
    return loop(4, {}, () => ({ next: {}, record: { inside: draw(2), again: draw(2), outside } })).record;
  };
  const { inside, again, outside } = await evaluate(write());
  assertEquals(new Set(inside.values).size, 8);
  assertEquals(new Set(outside.values).size, 2);
  // Two nodes with one seed draw the same numbers; they are two nodes all the same.
  assertEquals(inside, again);
  assertEquals(await evaluate(write()), { inside, again, outside });
  const other = await evaluate({ other: draw(3), two: draw(2) });
  assertNotEquals(other.other.values, other.two.values);
});

Deno.test("loop() nests: the inner body sees the outer state, and its random numbers are new in both", async () => {
  const { state, record } = loop(3, { total: doubles(0) }, ({ total }, step) => {
    const inner = loop(2, { power: add(cast(step, "float64"), doubles(1)) }, ({ power }) => ({
      next: { power: multiply(power, add(total, 2)) },
      record: { noise: randomNormal("float64", [], 1, () => 7) },
    }));
    return { next: { total: add(total, inner.state.power) }, record: { noise: inner.record.noise } };
  });
  const { total, noise } = await evaluate({ total: state.total, noise: record.noise });
  let expected = 0;
  for (let step = 0; step < 3; step++) expected += (step + 1) * (expected + 2) ** 2;
  assertEquals(total.values, [expected]);
  assertEquals([noise.shape, new Set(noise.values).size], [[3, 2], 6]);
});

Deno.test("serialize() refuses a tensor that escapes its Loop", () => {
  let escaped: Tensor[] = [];
  const first = loop(2, { x: doubles(1) }, ({ x }, step) => {
    const drawn = randomNormal("float64", [], 1, () => 1);
    escaped = [x, step, add(x, 1), drawn];
    return { next: { x: add(escaped[2], drawn) }, record: {} };
  });
  for (const tensor of escaped) {
    assertThrows(
      () => serialize({ name: "test", inputs: {}, outputs: { x: first.state.x, tensor } }),
      TypeError,
      "used outside its Loop",
    );
    const second = loop(2, { y: doubles(1) }, ({ y }) => ({ next: { y }, record: { tensor } }));
    assertThrows(
      () => serialize({ name: "test", inputs: {}, outputs: { tensor: second.record.tensor } }),
      TypeError,
      "used outside its Loop",
    );
  }
});
