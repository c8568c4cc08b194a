import { assertEquals, assertThrows } from "@std/assert";
import * as graph from "../../../models/graph/mod.ts";
import type { ElementType, Shape, Tensor } from "../../../models/graph/mod.ts";

function tensor(shape: Shape, type: ElementType = "float32"): Tensor {
  return graph.input("x", type, shape);
}

const matrix = tensor([2, 3]);
const wide = tensor([2, 4]);
const double = tensor([2, 3], "float64");
const truth = tensor([2, 3], "bool");
const whole = tensor([2, 3], "int64");
const named = tensor(["batch", 3]);
const seeds = () => 1;

/** What is written wrongly, and what the message must say. */
type Mistake = readonly [write: () => unknown, ...said: string[]];

/** The mistakes that an elementwise operation on two tensors must find. */
function binaryMistakes(op: string, write: (a: Tensor, b: Tensor) => Tensor): Mistake[] {
  return [
    [() => write(matrix, wide), op, "[2×3] and [2×4]"],
    [() => write(tensor([2, 3, 1]), tensor([3, 2, 1])), op, "[2×3×1] and [3×2×1]"],
    [() => write(named, tensor([2, 3])), op, "[batch×3] and [2×3]"],
    [() => write(matrix, tensor([3], "float64")), op, "float32 [2×3]", "float64 [3]"],
    [() => write(truth, truth), op, "bool [2×3]"],
  ];
}

function unaryMistakes(op: string, write: (x: Tensor) => Tensor): Mistake[] {
  return [[() => write(whole), op, "int64 [2×3]"], [() => write(truth), op, "bool [2×3]"]];
}

/** By the name of the function. */
const mistakes: Readonly<Record<string, Mistake[]>> = {
  add: [...binaryMistakes("Add", graph.add), [() => graph.add(1, 2), "Add"]],
  subtract: binaryMistakes("Sub", graph.subtract),
  multiply: [...binaryMistakes("Mul", graph.multiply), [() => graph.multiply(whole, 0.5), "0.5 is no int64"]],
  divide: binaryMistakes("Div", graph.divide),
  greater: binaryMistakes("Greater", graph.greater),
  greaterOrEqual: binaryMistakes("GreaterOrEqual", graph.greaterOrEqual),
  equal: binaryMistakes("Equal", graph.equal),
  minimum: [
    [() => graph.minimum(whole, tensor([2, 4], "int64")), "Min", "[2×3] and [2×4]"],
    [() => graph.minimum(matrix, matrix), "Min", "float32 [2×3]"],
  ],
  or: [
    [() => graph.or(truth, tensor([2, 4], "bool")), "Or", "[2×3] and [2×4]"],
    [() => graph.or(matrix, matrix), "Or", "float32 [2×3]"],
  ],
  negate: unaryMistakes("Neg", graph.negate),
  sqrt: unaryMistakes("Sqrt", graph.sqrt),
  exp: unaryMistakes("Exp", graph.exp),
  log: unaryMistakes("Log", graph.log),
  tanh: unaryMistakes("Tanh", graph.tanh),
  sin: unaryMistakes("Sin", graph.sin),
  cos: unaryMistakes("Cos", graph.cos),
  erf: unaryMistakes("Erf", graph.erf),
  relu: unaryMistakes("Relu", graph.relu),
  floor: unaryMistakes("Floor", graph.floor),
  square: [[() => graph.square(truth), "Mul", "bool [2×3]"]],
  where: [
    [() => graph.where(matrix, matrix, matrix), "Where", "float32 [2×3]"],
    [() => graph.where(truth, matrix, double), "Where", "float32 [2×3]", "float64 [2×3]"],
    [() => graph.where(truth, wide, matrix), "Where", "[2×3] and [2×4] and [2×3]"],
    [() => graph.where(truth, 1, 2), "Where"],
  ],

  matmul: [
    [() => graph.matmul(matrix, matrix), "Gemm", "float32 [2×3] by float32 [2×3]"],
    [() => graph.matmul(matrix, wide, { transposeB: true }), "Gemm", "float32 [2×3] by float32 [2×4]ᵀ"],
    [() => graph.matmul(matrix, tensor([3, 4]), { transposeA: true }), "Gemm", "[2×3]ᵀ by float32 [3×4]"],
    [() => graph.matmul(matrix, tensor([3])), "Gemm", "[2×3]", "[3]"],
    [() => graph.matmul(tensor([2, 3, 3]), tensor([3, 3])), "Gemm", "[2×3×3]", "[3×3]"],
    [() => graph.matmul(matrix, tensor([3, 2], "float64")), "Gemm", "float32 [2×3]", "float64 [3×2]"],
    [() => graph.matmul(whole, tensor([3, 2], "int64")), "Gemm", "int64 [2×3]"],
    [() => graph.matmul(matrix, named), "Gemm", "[batch×3]"],
  ],
  gram: [
    [() => graph.gram(tensor([3])), "Gemm", "float32 [3]ᵀ by float32 [3]"],
    [() => graph.gram(tensor([2, 3, 4])), "Gemm", "[2×3×4]"],
    [() => graph.gram(whole), "Gemm", "int64 [2×3]"],
  ],
  symmetrize: [
    [() => graph.symmetrize(matrix), "symmetrize", "[2×3]"],
    [() => graph.symmetrize(tensor([1, 3])), "symmetrize", "[1×3]"],
  ],
  quadraticForm: [
    [() => graph.quadraticForm(matrix, tensor([2, 2])), "QuadraticForm", "[2×3] and [2×2]"],
    [() => graph.quadraticForm(matrix, tensor([1, 3])), "QuadraticForm", "[2×3] and [1×3]"],
    [() => graph.quadraticForm(tensor([3]), tensor([3, 3])), "QuadraticForm", "[3] and [3×3]"],
    [() => graph.quadraticForm(matrix, tensor([3, 3], "float64")), "Gemm", "float32 [2×3]", "float64 [3×3]"],
  ],
  quadraticFormSum: [
    [() => graph.quadraticFormSum(matrix, tensor([2, 2])), "QuadraticForm", "[2×3] and [2×2]"],
    [() => graph.quadraticFormSum(tensor([3]), tensor([3, 3])), "QuadraticForm", "[3] and [3×3]"],
  ],
  innerProduct: [[() => graph.innerProduct(matrix, wide), "InnerProduct", "[2×3] and [2×4]"]],
  diagonal: [[() => graph.diagonal(matrix), "diagonal", "[2×3]"]],
  diagonalMatrix: [[() => graph.diagonalMatrix(matrix), "diagonalMatrix", "[2×3]"]],

  reduceSum: [
    [() => graph.reduceSum(matrix, { axes: [2] }), "ReduceSum", "[2×3]", "axis 2"],
    [() => graph.reduceSum(matrix, { axes: [-1] }), "ReduceSum", "[2×3]", "axis -1"],
    [() => graph.reduceSum(truth), "ReduceSum", "bool [2×3]"],
  ],
  reduceMax: [
    [() => graph.reduceMax(matrix, { axes: [0.5] }), "ReduceMax", "[2×3]", "axis 0.5"],
    [() => graph.reduceMax(truth), "ReduceMax", "bool [2×3]"],
  ],
  broadcastTo: [
    [() => graph.broadcastTo(matrix, [2, 4]), "Expand", "[2×3] and [2×4]"],
    [() => graph.broadcastTo(matrix, [3]), "Expand", "[2×3]", "[3]"],
    [() => graph.broadcastTo(matrix, [1, 3]), "Expand", "[2×3]", "[1×3]"],
    [() => graph.broadcastTo(tensor([3]), ["batch", 3]), "Expand", "[batch×3]"],
  ],
  full: [[() => graph.full(1, "float32", ["batch", 3]), "Expand", "[batch×3]"]],
  reshape: [
    [() => graph.reshape(matrix, [2, 4]), "Reshape", "[2×3]", "[2×4]"],
    [() => graph.reshape(named, [6]), "Reshape", "[batch×3]"],
  ],
  transpose: [
    [() => graph.transpose(matrix, [0, 0]), "Transpose", "[0,0]", "[2×3]"],
    [() => graph.transpose(matrix, [0]), "Transpose", "[0]", "[2×3]"],
    [() => graph.transpose(matrix, [1, 2]), "Transpose", "[1,2]", "[2×3]"],
  ],
  gather: [
    [() => graph.gather(matrix, tensor([2])), "Gather", "float32 [2]"],
    [() => graph.gather(tensor([]), tensor([2], "int64")), "Gather", "scalar"],
  ],
  scatterAdd: [
    [
      () => graph.scatterAdd(matrix, tensor([5], "int64"), tensor([4, 3])),
      ...["ScatterAdd", "rows [4×3]", "[2×3]", "indices [5]"],
    ],
    [
      () => graph.scatterAdd(matrix, tensor([5], "int64"), tensor([5, 3], "float64")),
      ...["ScatterAdd", "[5×3] of float64", "[2×3] of float32"],
    ],
    [() => graph.scatterAdd(matrix, tensor([5]), tensor([5, 3])), "ScatterAdd", "float32 [5]"],
    [() => graph.scatterAdd(tensor([]), tensor([5], "int64"), tensor([5])), "ScatterAdd", "scalar"],
  ],
  gatherAlongRows: [
    [() => graph.gatherAlongRows(matrix, tensor([3, 2], "int64")), "GatherElements", "[2×3] and [3×2]"],
    [() => graph.gatherAlongRows(tensor([3]), tensor([3], "int64")), "GatherElements", "[3] and [3]"],
    [() => graph.gatherAlongRows(matrix, matrix), "GatherElements", "float32 [2×3]"],
  ],
  scatterAddAlongRows: [
    [() => graph.scatterAddAlongRows(matrix, tensor([3, 2], "int64"), matrix), "ScatterElements", "[2×3] and [3×2]"],
    [() => graph.scatterAddAlongRows(matrix, whole, wide), "ScatterElements", "[2×4]", "[2×3]"],
    [() => graph.scatterAddAlongRows(matrix, whole, double), "ScatterElements", "float64", "float32"],
    [() => graph.scatterAddAlongRows(matrix, matrix, matrix), "ScatterElements", "float32 [2×3]"],
  ],
  concatenate: [
    [() => graph.concatenate([matrix, wide], 0), "Concat", "[2×3] and float32 [2×4]", "axis 0"],
    [() => graph.concatenate([matrix, double], 0), "Concat", "float32 [2×3] and float64 [2×3]"],
    [() => graph.concatenate([matrix, tensor([2])], 1), "Concat", "[2×3] and float32 [2]"],
    [() => graph.concatenate([matrix, matrix], 2), "Concat", "[2×3]", "axis 2"],
    [() => graph.concatenate([], 0), "Concat"],
  ],

  randomNormal: [
    [() => graph.randomNormal("int64", [2, 3], 1, seeds), "RandomNormal", "int64 [2×3]"],
    [() => graph.randomNormal("float32", ["batch", 3], 1, seeds), "RandomNormal", "[batch×3]"],
    [() => graph.randomNormal("float32", [2, 3], -1, seeds), "RandomNormal", "-1"],
    [() => graph.randomNormal("float32", [2, 3], NaN, seeds), "RandomNormal", "NaN"],
  ],
  randomUniform: [
    [() => graph.randomUniform("bool", [2, 3], seeds), "RandomUniform", "bool [2×3]"],
    [() => graph.randomUniform("float32", ["batch", 3], seeds), "RandomUniform", "[batch×3]"],
  ],
  constant: [[() => graph.constant(new Float32Array(5), [2, 3]), "constant", "5 values", "[2×3]"]],
  scalar: [
    [() => graph.scalar(1, "bool"), "scalar", "bool"],
    [() => graph.scalar(1.5, "int64"), "scalar", "1.5"],
  ],
  loop: [
    [() => graph.loop(2, { x: matrix }, () => ({ next: { x: wide }, record: {} })), "Loop", "x", "[2×3]", "[2×4]"],
    [() => graph.loop(2, { x: matrix }, () => ({ next: { x: double }, record: {} })), "Loop", "float32", "float64"],
    [() => graph.loop(0, { x: matrix }, (state) => ({ next: state, record: {} })), "Loop", "0"],
    [() => graph.loop(2.5, { x: matrix }, (state) => ({ next: state, record: {} })), "Loop", "2.5"],
  ],
};

/** Functions of the graph language that make no operation, cannot be misused, or are tested by files of their own. */
const others = [
  ...["cast", "stopGradient", "sumTo", "input", "integers", "composite", "sizeOf", "staticShape", "labelled"],
  ...["gradient", "hessianVectorProduct", "serialize", "seedSequence", "keySequence", "countedNormal"],
  ...["countedNormalRows"],
];

Deno.test("every function of the graph language is among those with mistakes to find", () => {
  const functions = Object.entries(graph).filter(([, value]) => typeof value === "function").map(([name]) => name);
  assertEquals(functions.sort(), [...Object.keys(mistakes), ...others].sort());
});

for (const [name, found] of Object.entries(mistakes)) {
  Deno.test(`${name}() says at build time what does not fit`, () => {
    for (const [write, ...said] of found) {
      const { message } = assertThrows(write, TypeError);
      const missing = said.filter((text) => !message.includes(text));
      assertEquals(missing, [], `in the message "${message}"`);
    }
  });
}
