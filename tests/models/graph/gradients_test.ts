import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as graph from "../../../models/graph/mod.ts";
import type { Node, Shape, Tensor, TensorRecord } from "../../../models/graph/mod.ts";
import { activations } from "../../../models/network/activations/activations.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { losses } from "../../../models/losses/losses.ts";
import { type LossForm, objectiveOf } from "../../../models/training/objective.ts";
import { randomStream } from "../../../models/random.ts";
import { runOnce } from "../../../models/runtime/session.ts";
import { assertDerivatives, type DoubleArray, doubles, normals } from "../../finite_differences.ts";

/** A function of tensors that uses the operation in question, and the point at which it is differentiated. */
interface Case {
  readonly inputs: Readonly<Record<string, DoubleArray>>;
  readonly write: (inputs: TensorRecord) => Tensor;
  /** The same with what is to be held constant held constant. @default write */
  readonly differenced?: (inputs: TensorRecord) => Tensor;
  readonly precision?: "single";
}

/** The shapes that functions of one tensor are tried on. */
const shapes: readonly Shape[] = [[], [3], [2, 3], [2, 1, 3]];
/** Pairs of shapes that broadcast against each other: not at all, one way, both ways, from a scalar, across ranks. */
const shapePairs: readonly [Shape, Shape][] = [
  [[2, 3], [2, 3]],
  [[2, 3], [3]],
  [[2, 1], [1, 3]],
  [[], [2, 3]],
  [[2, 1, 3], [4, 1]],
];

const { add, multiply, where } = graph;

function unary(write: (x: Tensor) => Tensor, value = normals, precision?: "single"): Case[] {
  return shapes.map((shape) => ({
    inputs: { x: value(shape as number[], "x") },
    write: ({ x }) => write(x),
    precision,
  }));
}

function binary(write: (a: Tensor, b: Tensor) => Tensor, value = normals): Case[] {
  return shapePairs.flatMap(([left, right]) => {
    const [a, b] = [value(left as number[], "a"), value(right as number[], "b")];
    return [
      { inputs: { a, b }, write: ({ a, b }) => write(a, b) },
      { inputs: { a: b, b: a }, write: ({ a, b }) => write(a, b) },
    ] satisfies Case[];
  });
}

/** Numbers between 1/2 and 3/2, away from the poles of roots, logarithms and quotients. */
function positives(shape: readonly number[], label: string): DoubleArray {
  const { uniform } = randomStream(2, label);
  return doubles(shape, () => 0.5 + uniform());
}

/** Numbers away from whole ones, where the operations that are no smooth functions jump. */
function betweenIntegers(shape: readonly number[], label: string): DoubleArray {
  const { uniform, integer } = randomStream(3, label);
  return doubles(shape, () => integer(5) - 2 + 0.2 + 0.6 * uniform());
}

/** Numbers of which no two of different labels are close to each other. */
function apart(shape: readonly number[], label: string): DoubleArray {
  const { integer } = randomStream(4, label);
  return doubles(shape, () => 0.4 * (integer(7) - 3) + (label === "a" ? 0.1 : 0.3));
}

function integerConstant(values: readonly number[], shape: Shape): Tensor {
  return graph.constant(BigInt64Array.from(values, BigInt), shape);
}

const rows = integerConstant([0, 3, 1, 3], [4]);
const rowPairs = integerConstant([0, 3, 1, 3, 2, 2], [3, 2]);
const entries = integerConstant([0, 2, 1, 1, 3, 3], [2, 3]);

/** By the name of the operation. Every rule of the table must be here. */
const cases: Readonly<Record<string, Case[]>> = {
  Add: [...binary(graph.add), ...unary((x) => add(x, x)), ...unary((x) => add(2, x))],
  Sub: [...binary(graph.subtract), ...unary((x) => graph.subtract(1, x))],
  Mul: [...binary(graph.multiply), ...unary((x) => multiply(x, x)), ...unary((x) => multiply(x, 3))],
  Div: [...binary(graph.divide, positives), ...unary((x) => graph.divide(2, x), positives)],
  Neg: unary(graph.negate),
  Sqrt: unary(graph.sqrt, positives),
  Exp: unary(graph.exp),
  Sin: unary(graph.sin),
  Cos: unary(graph.cos),
  Log: unary(graph.log, positives),
  Tanh: unary(graph.tanh),
  Erf: unary(graph.erf, normals, "single"),
  Relu: unary(graph.relu, betweenIntegers),
  Where: [
    ...binary((a, b) => where(graph.greater(graph.stopGradient(a), 0), graph.square(a), b), betweenIntegers),
    ...unary((x) => add(x, where(graph.greater(x, 0), graph.exp(x), 0)), betweenIntegers),
    ...unary((x) => add(x, where(graph.greater(x, 0), 1, graph.exp(x))), betweenIntegers),
    {
      inputs: { a: normals([3], "a"), b: normals([2, 1], "b") },
      write: ({ a, b }) => where(graph.greater(graph.constant(Float64Array.of(-1, 1, 1, -1), [4, 1, 1]), 0), a, b),
    },
  ],
  Cast: [
    ...unary((x) => graph.cast(graph.cast(x, "float32"), "float64"), normals, "single"),
    ...unary((x) => multiply(x, graph.cast(graph.cast(x, "int64"), "float64")), betweenIntegers),
  ],

  Gemm: [false, true].flatMap((transposeA) =>
    [false, true].flatMap((transposeB) =>
      [[2, 3, 4], [1, 3, 1]].map(([rows, inner, columns]) => ({
        inputs: {
          a: normals(transposeA ? [inner, rows] : [rows, inner], "a"),
          b: normals(transposeB ? [columns, inner] : [inner, columns], "b"),
        },
        write: ({ a, b }: TensorRecord) => graph.matmul(a, b, { transposeA, transposeB }),
      }))
    )
  ),
  Gram: [
    ...[[3, 2], [1, 3], [3, 1]].map((shape) => ({
      inputs: { x: normals(shape, "x") },
      write: ({ x }: TensorRecord) => graph.gram(x),
    })),
    { inputs: { x: normals([3, 2], "x") }, write: ({ x }) => graph.gram(graph.gram(x)) },
  ],
  QuadraticForm: [
    ...[[3, 2], [1, 4], [2, 1]].map(([batch, n]) => ({
      inputs: { a: normals([batch, n], "a"), gram: normals([n, n], "gram") },
      write: ({ a, gram }: TensorRecord) => graph.quadraticForm(a, gram),
    })),
    {
      inputs: { a: normals([3, 2], "a"), decoder: normals([4, 2], "decoder") },
      write: ({ a, decoder }) => graph.quadraticForm(a, graph.gram(decoder)),
    },
  ],
  QuadraticFormSum: [
    ...[[3, 2], [1, 4], [2, 1]].map(([batch, n]) => ({
      inputs: { a: normals([batch, n], "a"), matrix: normals([n, n], "matrix") },
      write: ({ a, matrix }: TensorRecord) => graph.quadraticFormSum(a, matrix),
    })),
    {
      inputs: { a: normals([3, 2], "a"), decoder: normals([4, 2], "decoder") },
      write: ({ a, decoder }) => graph.multiply(graph.quadraticFormSum(a, graph.square(graph.gram(decoder))), 0.25),
    },
  ],
  Square: unary((x) => graph.square(x)),
  InnerProduct: [
    {
      inputs: { a: normals([3, 2], "a"), b: normals([3, 2], "b") },
      write: ({ a, b }: TensorRecord) => graph.multiply(graph.innerProduct(a, b), graph.innerProduct(b, b)),
    },
  ],
  Diagonal: [
    { inputs: { x: normals([3, 3], "x") }, write: ({ x }) => graph.diagonal(x) },
    { inputs: { x: normals([4, 3], "x") }, write: ({ x }) => graph.square(graph.diagonal(graph.gram(x))) },
  ],
  DiagonalMatrix: [
    { inputs: { x: normals([3], "x") }, write: ({ x }) => graph.square(graph.diagonalMatrix(x)) },
  ],

  ReduceSum: [
    ...unary((x) => graph.reduceSum(x)),
    ...unary((x) => graph.reduceSum(x, { keepAxes: true })),
    ...[[0], [1], [0, 2]].flatMap((axes) =>
      [false, true].map((keepAxes) => ({
        inputs: { x: normals([2, 3, 2], "x") },
        write: ({ x }: TensorRecord) => graph.reduceSum(x, { axes, keepAxes }),
      }))
    ),
  ],
  Expand: [
    ...unary((x) => graph.broadcastTo(x, [4, 2, 2, 3])),
    { inputs: { x: normals([2, 1], "x") }, write: ({ x }) => graph.broadcastTo(x, [3, 2, 4]) },
  ],
  Reshape: [
    { inputs: { x: normals([2, 3], "x") }, write: ({ x }) => graph.reshape(x, [3, 2]) },
    { inputs: { x: normals([], "x") }, write: ({ x }) => graph.reshape(x, [1, 1]) },
    { inputs: { x: normals([2, 1, 3], "x") }, write: ({ x }) => graph.reshape(x, [6]) },
  ],
  Transpose: [
    ...unary((x) => graph.transpose(x)),
    ...[[1, 2, 0], [2, 0, 1], [0, 2, 1]].map((permutation) => ({
      inputs: { x: normals([2, 3, 4], "x") },
      write: ({ x }: TensorRecord) => graph.transpose(x, permutation),
    })),
  ],
  Gather: [[4], [4, 2], [4, 2, 2]].flatMap((shape) =>
    [rows, rowPairs, integerConstant([2], [])].map((indices) => ({
      inputs: { x: normals(shape, "x") },
      write: ({ x }: TensorRecord) => graph.gather(x, indices),
    }))
  ),
  ScatterAdd: [[4], [4, 2], [4, 2, 2]].flatMap((shape) =>
    [rows, rowPairs].map((indices) => ({
      inputs: {
        target: normals(shape, "target"),
        rows: normals([...indices.shape as number[], ...shape.slice(1)], "rows"),
      },
      write: ({ target, rows }: TensorRecord) => graph.scatterAdd(target, indices, rows),
    }))
  ),
  GatherElements: [
    { inputs: { x: normals([2, 4], "x") }, write: ({ x }) => graph.gatherAlongRows(x, entries) },
    {
      inputs: { x: normals([1, 3], "x") },
      write: ({ x }) => graph.gatherAlongRows(x, integerConstant([2, 2, 0, 1, 2], [1, 5])),
    },
  ],
  ScatterElements: [
    {
      inputs: { target: normals([2, 4], "target"), values: normals([2, 3], "values") },
      write: ({ target, values }) => graph.scatterAddAlongRows(target, entries, values),
    },
    {
      inputs: { target: normals([3, 2], "target"), values: normals([3, 1], "values") },
      write: ({ target, values }) => graph.scatterAddAlongRows(target, integerConstant([1, 0, 1], [3, 1]), values),
    },
  ],

  StopGradient: shapes.map((shape) => {
    const x = normals(shape as number[], "x");
    const squares = Float64Array.from(x.data, (value) => Math.fround(value) ** 2);
    return {
      inputs: { x },
      write: ({ x }: TensorRecord) => multiply(graph.exp(x), graph.stopGradient(graph.square(x))),
      differenced: ({ x }: TensorRecord) => multiply(graph.exp(x), graph.constant(squares, shape)),
    };
  }),
  Floor: unary((x) => multiply(x, graph.floor(x)), betweenIntegers),
  Equal: unary((x) => where(graph.equal(graph.floor(x), 1), graph.exp(x), x), betweenIntegers),
  Greater: binary((a, b) => where(graph.greater(a, b), graph.exp(a), multiply(a, b)), apart),
  GreaterOrEqual: binary((a, b) => where(graph.greaterOrEqual(a, b), graph.exp(a), multiply(a, b)), apart),
};

/** A scalar that weighs every entry of y differently and is curved, so that the rules of the rules are needed too. */
function weighed(y: Tensor): Tensor {
  const weights = graph.constant(normals(y.shape as number[], "weights").data, y.shape);
  return graph.reduceSum(multiply(graph.cast(weights, y.type), graph.square(add(y, 0.5))));
}

function usesOperation(tensor: Tensor, op: string): boolean {
  const seen = new Set<Node>();
  const visit = (node: Node): boolean =>
    node.op === op || (!seen.has(node) && (seen.add(node), node.inputs.some((input) => visit(input.node))));
  return visit(tensor.node);
}

for (const op of Object.keys(graph.gradientRules)) {
  Deno.test(`gradientRules.${op} agrees with finite differences, to second order`, async () => {
    assert(Object.hasOwn(cases, op), `no case for the rule of ${op}`);
    for (const { inputs, write, differenced = write, precision } of cases[op]) {
      await assertDerivatives({
        inputs,
        precision,
        objective(tensors) {
          const y = write(tensors);
          assert(usesOperation(y, op), `the case does not use ${op}`);
          return weighed(y);
        },
        differenced: (tensors) => weighed(differenced(tensors)),
      });
    }
  });
}

Deno.test("assertDerivatives() notices a gradient that is wrong", async () => {
  const inputs = { x: normals([3], "x") };
  await assertRejects(
    () => assertDerivatives({ inputs, objective: ({ x }) => weighed(multiply(x, graph.stopGradient(x))) }),
    Error,
    "gradient of x[0]",
  );
  // A gradient that is right with a second derivative that is not: d/dx of x² written as a constant.
  const wrong = ({ x }: TensorRecord) => graph.reduceSum(multiply(x, graph.stopGradient(multiply(x, 2))));
  const right = ({ x }: TensorRecord) => graph.reduceSum(graph.square(x));
  await assertRejects(
    () => assertDerivatives({ inputs, objective: wrong, differenced: right }),
    Error,
    "Hessian-vector product of x[0]",
  );
});

const forms: readonly [loss: string, form: LossForm][] = losses.names().flatMap((name) =>
  (losses.get(name).gram === undefined ? ["dense"] as const : ["dense", "gram"] as const).map((
    form,
  ): [string, LossForm] => [name, form])
);
for (const activation of activations.names()) {
  for (const [loss, form] of forms) {
    Deno.test(`gradient() of the ${form} ${loss} loss with ${activation} agrees with finite differences, to second order`, async () => {
      const [features, hidden, batch] = [5, 3, 4];
      const config = parseConfig({
        name: "differences",
        model: { features, hidden, activation },
        loss: { name: loss, ...(loss === "rebalanced" && { lambdaOn: 3 }), decoderRidge: 0.1, encoderRidge: 0.2 },
        training: { steps: 1, batch },
      }, "test");
      for (const vectors of [batch, batch / 2]) {
        await assertDerivatives({
          inputs: { encoder: normals([features, hidden], "encoder"), decoder: normals([features, hidden], "decoder") },
          // ONNX Runtime has no Erf in float64.
          precision: activation === "gelu" ? "single" : "double",
          objective({ encoder, decoder }) {
            const noise = graph.constant(normals([vectors, features], "noise").data, [vectors, features]);
            const support = integerConstant([0, 4, 1, 2, 3, 0, 2, 4], [batch, 2]);
            const drawn = { support, noise: graph.cast(noise, encoder.type) };
            return objectiveOf(config, form, { encoder, decoder }, drawn).objective;
          },
        });
      }
    });
  }
}

const float = (shape: Shape = []) => graph.input("x", "float64", shape);

async function evaluate(outputs: TensorRecord, inputs: TensorRecord = {}, values: Record<string, DoubleArray> = {}) {
  return await runOnce(graph.serialize({ name: "test", inputs, outputs }), values, { threads: 1 });
}

Deno.test("gradient() sums over every way that an input takes", async () => {
  const x = float();
  // x·x + x·eˣ + 3x
  const y = add(add(multiply(x, x), multiply(x, graph.exp(x))), multiply(3, x));
  const { dx } = await evaluate({ dx: graph.gradient(y, [x])[0] }, { x }, { x: doubles([], () => 0.5) });
  assertAlmostEquals(Number(dx.data[0]), 1 + 1.5 * Math.exp(0.5) + 3, 1e-14);
});

Deno.test("gradient() is closed: the fifth derivative of x⁵ is 120", async () => {
  const x = float();
  let y = multiply(x, graph.square(graph.square(x)));
  for (let order = 0; order < 5; order++) [y] = graph.gradient(y, [x]);
  const result = await evaluate({ y }, { x }, { x: doubles([], () => 0.7) });
  assertAlmostEquals(Number(result.y.data[0]), 120, 1e-10);
});

Deno.test("gradient() differentiates by a tensor in the middle, and by the objective itself", async () => {
  const x = float();
  const middle = graph.exp(x);
  const y = graph.square(middle);
  const [byMiddle, byItself] = graph.gradient(y, [middle, y]);
  const result = await evaluate({ byMiddle, byItself }, { x }, { x: doubles([], () => 0.5) });
  assertAlmostEquals(Number(result.byMiddle.data[0]), 2 * Math.exp(0.5), 1e-14);
  assertEquals(Number(result.byItself.data[0]), 1);
});

Deno.test("gradient() is zero by what the objective does not depend on", async () => {
  const other = graph.input("other", "float32", [2, 3]);
  const [zeros] = graph.gradient(graph.reduceSum(float([2])), [other]);
  assertEquals([zeros.type, zeros.shape], ["float32", [2, 3]]);
  assertEquals((await evaluate({ zeros })).zeros.data, new Float32Array(6));
});

Deno.test("gradient() needs a float scalar", () => {
  const matrix = float([2, 3]);
  assertThrows(() => graph.gradient(matrix, [matrix]), TypeError, "float64 [2×3]");
  const whole = graph.input("n", "int64", []);
  assertThrows(() => graph.gradient(whole, [whole]), TypeError, "int64 []");
});

Deno.test("gradient() names an operation without a rule", () => {
  const x = float([2, 3]);
  const objectives: Record<string, Tensor> = {
    ReduceMax: graph.reduceMax(x),
    Concat: graph.reduceSum(graph.concatenate([x, x], 0)),
  };
  for (const [op, objective] of Object.entries(objectives)) {
    assertThrows(() => graph.gradient(objective, [x]), TypeError, `${op} (${op}) has no gradient rule`);
  }
});

Deno.test("gradient() refuses to differentiate through a Loop, whichever of its outputs is used", () => {
  const a = float();
  const b = float();
  const looped = graph.loop(2, { a, b }, ({ a, b }) => ({ next: { a: b, b: multiply(a, b) }, record: { b } }));
  for (const output of [looped.state.a, looped.state.b, graph.reduceSum(looped.record.b)]) {
    assertThrows(() => graph.gradient(output, [a]), TypeError, "Loop (Loop) has no gradient rule");
  }
});

Deno.test("gradient() refuses to differentiate by what only the body of a Loop uses", () => {
  const outside = float();
  const looped = (write: (x: Tensor) => Tensor) =>
    graph.loop(3, { x: graph.scalar(1, "float64") }, ({ x }) => ({ next: { x: write(x) }, record: {} })).state.x;
  const nested = looped((x) => add(x, looped((y) => multiply(y, outside))));
  for (const objective of [looped((x) => multiply(x, outside)), nested]) {
    assertThrows(() => graph.gradient(objective, [outside]), TypeError, "Loop (Loop) has no gradient rule");
  }
});

Deno.test("hessianVectorProduct() holds the vector constant where it depends on the inputs", async () => {
  const x = float();
  // f = x⁴ at x = 1: the gradient is 4 and the Hessian 12.
  const f = graph.square(graph.square(x));
  const [alongInput] = graph.hessianVectorProduct(f, [x], [x]);
  const [alongGradient] = graph.hessianVectorProduct(f, [x], graph.gradient(f, [x]));
  const result = await evaluate({ alongInput, alongGradient }, { x }, { x: doubles([], () => 1) });
  assertEquals([Number(result.alongInput.data[0]), Number(result.alongGradient.data[0])], [12, 48]);
});

Deno.test("hessianVectorProduct() needs a vector for each input, of its shape and type", () => {
  const x = float([2, 3]);
  const y = graph.reduceSum(graph.exp(x));
  assertThrows(() => graph.hessianVectorProduct(y, [x], []), TypeError, "hessianVectorProduct: 1 inputs and 0 vectors");
  assertThrows(
    () => graph.hessianVectorProduct(y, [x], [float([3])]),
    TypeError,
    "the input is float64 [2×3] and its vector float64 [3]",
  );
  assertThrows(
    () => graph.hessianVectorProduct(y, [x], [graph.input("v", "float32", [2, 3])]),
    TypeError,
    "the input is float64 [2×3] and its vector float32 [2×3]",
  );
});
