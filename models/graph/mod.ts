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
export { type Dimension, type Shape, sizeOf, staticShape } from "./tensor_shape.ts";

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
} from "./elementwise_ops.ts";
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
} from "./layout_ops.ts";
export { matmul, type ProductOptions } from "./linear_algebra_ops.ts";
export {
  diagonal,
  diagonalMatrix,
  gram,
  innerProduct,
  quadraticForm,
  quadraticFormSum,
  symmetrize,
} from "./symmetric_ops.ts";
export { countedNormal, countedNormalRows, type KeySequence, keySequence } from "./counted_random_ops.ts";
export { randomNormal, randomUniform, type SeedSequence, seedSequence } from "./random_ops.ts";

// Derivatives, repetition, and the bytes of a model.
export { gradient, gradientRules, hessianVectorProduct } from "./gradients.ts";
export { type Iteration, loop, type TensorRecord } from "./loop.ts";
export { type Model, serialize } from "./serialize.ts";
