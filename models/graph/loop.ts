/** The Loop: many steps in one run of the model, with the state kept inside the runtime. */
import { formatShape, sameShape } from "./tensor_shape.ts";
import { input, operation, scalar, type Tensor, withinScope } from "./tensor.ts";

/** Tensors by name. */
export type TensorRecord = Record<string, Tensor>;

/** What one iteration leaves. */
export interface Iteration<State extends TensorRecord, Recorded extends TensorRecord> {
  /** The state for the next iteration, of the same shapes and types. */
  next: State;
  /** Values to keep from every iteration. */
  record: Recorded;
}

/**
 * Repeats `body`, passing the state along.
 *
 * @param iterations how many times, known when the graph is written
 * @param initial the state before the first iteration
 * @param body writes one iteration from the state and the iteration number (an int64 scalar that starts at 0)
 * @returns the state after the last iteration, and each recorded value stacked over the iterations along a new axis 0
 * @throws {TypeError} naming the part of the state whose shape or type changes, or if nothing is repeated
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import * as graph from "./mod.ts";
 * const start = graph.constant(Float32Array.of(8));
 * const { state, record } = graph.loop(3, { x: start }, ({ x }) => ({
 *   next: { x: graph.multiply(x, 0.5) },
 *   record: { x },
 * }));
 * const outputs = { last: state.x, path: record.x };
 * const { last, path } = await runOnce(graph.serialize({ name: "example", inputs: {}, outputs }), {});
 * assertEquals([...last.data, ...path.data], [1, 8, 4, 2]);
 * ```
 */
export function loop<State extends TensorRecord, Recorded extends TensorRecord>(
  iterations: number,
  initial: State,
  body: (state: State, iteration: Tensor) => Iteration<State, Recorded>,
): { state: State; record: Recorded } {
  if (!Number.isInteger(iterations) || iterations < 1) {
    throw new TypeError(`Loop: the number of iterations must be a positive whole number, got ${iterations}.`);
  }
  const names = Object.keys(initial);
  const { inputs, next, record } = withinScope((scope) => {
    const iteration = input("iteration", "int64", [], scope);
    const condition = input("condition", "bool", [], scope);
    const state = Object.fromEntries(
      names.map((name) => [name, input(name, initial[name].type, initial[name].shape, scope)]),
    );
    const written = body(state as State, iteration);
    return { inputs: [iteration, condition, ...names.map((name) => state[name])], ...written };
  });
  for (const name of names) {
    const before = initial[name];
    const after = next[name];
    if (after === undefined || !sameShape(before.shape, after.shape) || before.type !== after.type) {
      const found = after === undefined ? "is missing" : `is ${after.type} ${formatShape(after.shape)}`;
      throw new TypeError(
        `Loop: state ${name} starts as ${before.type} ${formatShape(before.shape)} and then ${found}.`,
      );
    }
  }
  const recordNames = Object.keys(record);
  const outputs = operation(
    "Loop",
    [scalar(iterations, "int64"), ...names.map((name) => initial[name])],
    [
      ...names.map((name) => ({ type: initial[name].type, shape: initial[name].shape })),
      ...recordNames.map((name) => ({ type: record[name].type, shape: [iterations, ...record[name].shape] })),
    ],
    {
      stateful: true,
      subgraph: {
        inputs,
        outputs: [inputs[1], ...names.map((name) => next[name]), ...recordNames.map((name) => record[name])],
      },
    },
  );
  const pick = (keys: string[], offset: number) =>
    Object.fromEntries(keys.map((name, place) => [name, outputs[offset + place]]));
  return { state: pick(names, 0) as State, record: pick(recordNames, names.length) as Recorded };
}
