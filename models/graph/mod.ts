/**
 * A small, general language for ONNX graphs: symbolic tensors, operations, gradients, Loop, serialisation.
 *
 * @module
 */

// Tensors that come from outside or are fixed, and their types.
export { composite, constant, input, integers, labelled, scalar } from "./tensor.ts";
export type {
  AttributeValue,
  ConstantData,
  ElementType,
  GradientRule,
  Node,
  Scope,
  Subgraph,
  Tensor,
} from "./tensor.ts";
export { type Dimension, type Shape, sizeOf, staticShape } from "./shape.ts";

// Operations.
export {
  add,
  cast,
  cos,
  divide,
  equal,
  erf,
  exp,
  floor,
  greater,
  greaterOrEqual,
  log,
  minimum,
  multiply,
  negate,
  type Operand,
  or,
  relu,
  sin,
  sqrt,
  square,
  stopGradient,
  subtract,
  tanh,
  where,
} from "./elementwise.ts";
export {
  broadcastTo,
  concatenate,
  full,
  gather,
  gatherAlongRows,
  reduceMax,
  reduceSum,
  type ReductionOptions,
  reshape,
  scatterAdd,
  scatterAddAlongRows,
  sumTo,
  transpose,
} from "./layout.ts";
export { matmul, type ProductOptions } from "./linear_algebra.ts";
export {
  diagonal,
  diagonalMatrix,
  gram,
  innerProduct,
  quadraticForm,
  quadraticFormSum,
  symmetrize,
} from "./symmetric.ts";
export { countedNormal, countedNormalRows, type KeySequence, keySequence } from "./counted_random.ts";
export { randomNormal, randomUniform, type SeedSequence, seedSequence } from "./random.ts";

// Derivatives, repetition, and the bytes of a model.
export { gradient, gradientRules, hessianVectorProduct } from "./gradients.ts";
export { type Iteration, loop, type TensorRecord } from "./loop.ts";
export { type Model, serialize } from "./serialize.ts";
