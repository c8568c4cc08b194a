import { assert, assertEquals, assertMatch, assertNotEquals, assertThrows } from "@std/assert";
import { fromBinary } from "@bufbuild/protobuf";
import { type GraphProto, ModelProtoSchema } from "onnx-buf";
import { parseConfig } from "../../../models/experiment/config.ts";
import { add, exp, multiply, negate, square, stopGradient } from "../../../models/graph/elementwise_ops.ts";
import { gradient } from "../../../models/graph/gradients.ts";
import { full, reduceSum } from "../../../models/graph/layout_ops.ts";
import { matmul } from "../../../models/graph/linear_algebra_ops.ts";
import { loop } from "../../../models/graph/loop.ts";
import { randomNormal } from "../../../models/graph/random_ops.ts";
import { type Model, serialize } from "../../../models/graph/serialize.ts";
import { constant, input, labelled, scalar } from "../../../models/graph/tensor.ts";
import { type ArrayValue, runOnce } from "../../../models/runtime/session.ts";
import { chunkModel, nextChunk, stepInputs } from "../../../models/training/training_graph.ts";

const x = input("x", "float32", [3]);
const vector: ArrayValue = { data: Float32Array.of(1, 2, 3), shape: [3] };

function written(model: Omit<Model, "name">): GraphProto {
  return fromBinary(ModelProtoSchema, serialize({ name: "test", ...model })).graph!;
}

function operations(graph: GraphProto): string[] {
  return graph.node.map(({ opType }) => opType);
}

Deno.test("serialize() writes equal operations on equal inputs once, and equal constants too", () => {
  const y = add(square(add(x, 1)), square(add(x, 1)));
  const graph = written({ inputs: { x }, outputs: { y } });
  assertEquals(operations(graph), ["Add", "Mul", "Add"]);
  assertEquals(graph.initializer.length, 1);
});

Deno.test("serialize() keeps apart operations that differ in attributes, type, shape or order", async () => {
  const matrix = input("matrix", "float32", [2, 2]);
  const outputs = {
    plain: matmul(matrix, matrix),
    transposed: matmul(matrix, matrix, { transposeA: true }),
    small: full(0, "float32", [2]),
    large: full(0, "float32", [3]),
    double: full(0, "float64", [2]),
  };
  const values = { matrix: { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] } };
  const result = await runOnce(serialize({ name: "test", inputs: { matrix }, outputs }), values, { threads: 1 });
  assertEquals([...result.plain.data], [7, 10, 15, 22]);
  assertEquals([...result.transposed.data], [10, 14, 14, 20]);
  assertEquals([result.small.shape, result.large.shape], [[2], [3]]);
  assert(result.double.data instanceof Float64Array);
});

Deno.test("serialize() writes every draw of random numbers, alike or not", () => {
  const draw = () => randomNormal("float32", [3], 1, () => 1);
  const graph = written({ inputs: {}, outputs: { y: add(draw(), draw()) } });
  assertEquals(operations(graph), ["RandomNormal", "RandomNormal", "Add"]);
});

Deno.test("serialize() writes only what the outputs need", () => {
  exp(x);
  assertEquals(operations(written({ inputs: { x }, outputs: { y: negate(x) } })), ["Neg"]);
});

Deno.test("serialize() names inputs and outputs as asked, whatever the nodes inside are called", async () => {
  const sum = add(x, 1);
  // Every operation that is not an output would, left alone, take one of these names.
  const outputs = { first: exp(multiply(sum, 2)), Mul: negate(sum), Add: square(negate(sum)), same: x, again: x };
  const graph = written({ inputs: { x }, outputs });
  assertEquals(graph.output.map(({ name }) => name), Object.keys(outputs));
  const result = await runOnce(serialize({ name: "test", inputs: { x }, outputs }), { x: vector }, { threads: 1 });
  assertEquals([...result.Mul.data], [-2, -3, -4]);
  assertEquals([...result.Add.data], [4, 9, 16]);
  assertEquals([[...result.same.data], [...result.again.data]], [[1, 2, 3], [1, 2, 3]]);
});

Deno.test("serialize() refuses an output that has the name of an input", () => {
  assertThrows(() => serialize({ name: "test", inputs: { x }, outputs: { x: exp(x) } }), TypeError, "x");
});

Deno.test("serialize() names an input that is needed and not listed", () => {
  const other = input("noise", "float32", [3]);
  assertThrows(
    () => serialize({ name: "test", inputs: { x }, outputs: { y: add(x, other) } }),
    TypeError,
    "the input noise [3] is not listed",
  );
  const { state } = loop(2, { x }, ({ x }) => ({ next: { x: add(x, other) }, record: {} }));
  assertThrows(
    () => serialize({ name: "test", inputs: { x }, outputs: { y: state.x } }),
    TypeError,
    "the input noise [3]",
  );
});

Deno.test("serialize() writes the body of a composite and not its name", () => {
  assertEquals(operations(written({ inputs: { x }, outputs: { y: exp(stopGradient(negate(x))) } })), ["Neg", "Exp"]);
  const [name] = written({ inputs: { x }, outputs: { y: stopGradient(negate(x)) } }).output.map(({ name }) => name);
  assertEquals(name, "y");
});

Deno.test("serialize() keeps named dimensions, and the model runs at any length", async () => {
  const rows = input("rows", "float32", ["batch", 2]);
  const weights = constant(Float32Array.of(1, 2, 3, 4), [2, 2], "weights");
  const model = { inputs: { rows }, outputs: { y: matmul(rows, weights), sum: reduceSum(rows, { axes: [1] }) } };
  const graph = written(model);
  const dimensions = [...graph.input, ...graph.output].map(({ type }) =>
    type?.value.case === "tensorType" ? type.value.value.shape!.dim.map(({ value }) => value.value) : []
  );
  assertEquals(dimensions, [["batch", 2n], ["batch", 2n], ["batch"]]);
  for (const batch of [1, 3]) {
    const values = { rows: { data: new Float32Array(2 * batch).fill(1), shape: [batch, 2] } };
    const { y, sum } = await runOnce(serialize({ name: "test", ...model }), values, { threads: 1 });
    assertEquals([y.shape, sum.shape], [[batch, 2], [batch]]);
    assertEquals([...y.data].slice(0, 2), [4, 6]);
  }
});

Deno.test("serialize() gives nodes the labels that they were written under, and constants their names", () => {
  const weights = constant(Float32Array.of(1, 2, 3), [3], "weights");
  const hidden = labelled("outer", () => labelled("inner", () => multiply(x, weights)));
  const [slope] = gradient(reduceSum(exp(hidden)), [x]);
  const graph = written({ inputs: { x }, outputs: { slope } });
  const names = graph.node.map(({ name }) => name);
  assert(names.includes("outer/inner/Mul"), `among ${names}`);
  assert(names.some((name) => name.startsWith("gradient/")), `among ${names}`);
  assertEquals(graph.initializer.filter(({ name }) => name === "weights").length, 1);
});

function everyGraph(graph: GraphProto): GraphProto[] {
  const bodies = graph.node.flatMap(({ attribute }) => attribute.flatMap(({ g }) => g === undefined ? [] : [g]));
  return [graph, ...bodies.flatMap(everyGraph)];
}

Deno.test("chunkModel() has one name for each value of the whole model, readable ones", () => {
  const config = parseConfig({
    name: "names",
    model: { features: 8, hidden: 4 },
    loss: { form: "gram" },
    training: { steps: 2, batch: 4 },
  }, "test");
  const chunk = nextChunk(config, 0);
  const model = chunkModel(config, chunk, stepInputs(config, chunk), [0, 1]);
  const graph = fromBinary(ModelProtoSchema, model).graph!;
  const names = everyGraph(graph).flatMap(({ input, initializer, node }) => [
    ...input.map(({ name }) => name),
    ...initializer.map(({ name }) => name),
    ...node.flatMap(({ output }) => output),
  ]);
  assertEquals(new Set(names).size, names.length);
  for (const name of names) assertMatch(name, /^[A-Za-z][\w./-]*$/);
  assertEquals(graph.input.map(({ name }) => name), [
    ...["encoder", "encoder.firstMoment", "encoder.secondMoment"],
    ...["decoder", "decoder.firstMoment", "decoder.secondMoment"],
    "coefficients",
  ]);
  const body = everyGraph(graph)[1];
  for (const part of ["batch/", "gradient/", "adam/encoder/", "adam/decoder/"]) {
    assert(body.node.some(({ name }) => name.startsWith(part)), `no node of the body is called ${part}…`);
  }
});

Deno.test("constants of every type reach the model as they are", async () => {
  const outputs = {
    float: constant(Float32Array.of(0.1, -0, Infinity), [3]),
    double: constant(Float64Array.of(0.1, NaN), [2]),
    // A view into the middle of a buffer.
    part: constant(new Float64Array([1, 2, 3, 4]).subarray(1, 3), [2]),
    whole: constant(BigInt64Array.of(-1n, 2n ** 62n), [2]),
    zero: scalar(0, "float64"),
    negativeZero: scalar(-0, "float64"),
  };
  const result = await runOnce(serialize({ name: "test", inputs: {}, outputs }), {}, { threads: 1 });
  assertEquals(result.float.data, Float32Array.of(0.1, -0, Infinity));
  assertEquals(result.double.data, Float64Array.of(0.1, NaN));
  assertEquals(result.part.data, Float64Array.of(2, 3));
  assertEquals(result.whole.data, BigInt64Array.of(-1n, 2n ** 62n));
  assertEquals(1 / Number(result.zero.data[0]), Infinity);
  assertEquals(1 / Number(result.negativeZero.data[0]), -Infinity);
  assertNotEquals(result.zero.shape, [1]);
});
