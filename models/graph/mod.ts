/** A small, general language for ONNX graphs: symbolic tensors, operations, gradients, Loop, serialisation. */
export * from "./elementwise.ts";
export * from "./gradients.ts";
export * from "./layout.ts";
export * from "./linear_algebra.ts";
export * from "./loop.ts";
export * from "./random.ts";
export * from "./serialize.ts";
export * from "./shape.ts";
export * from "./symmetric.ts";
export * from "./tensor.ts";
