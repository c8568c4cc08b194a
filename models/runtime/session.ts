/** A serialised model that can be run, and the values that go in and out. */
import { Buffer } from "node:buffer";
import * as ort from "onnxruntime-node";
import type { ConstantData } from "../graph/tensor.ts";
import { type Device, executionProviders } from "./device.ts";

/** A dense array with its shape, row-major. */
export interface ArrayValue {
  /** Entry by entry, the last axis fastest. */
  readonly data: ConstantData;
  /** Extents of the axes. */
  readonly shape: readonly number[];
}

/** A compiled model. */
export interface Session {
  /** Runs the model once on the named inputs and returns the named outputs. */
  run(inputs: Record<string, ArrayValue>): Promise<Record<string, ArrayValue>>;
  /** Ends profiling, if it was asked for, and frees the runtime's memory. */
  release(): Promise<void>;
}

/** Options of `openSession`. */
export interface SessionOptions {
  /** Where the model runs. @default "cpu" */
  device?: Device;
  /** Threads inside one operation on the CPU. @default as `useThreads` says, else all that the machine has */
  threads?: number;
  /** Writes a Chrome trace of every node to `<prefix>_<time>.json`. @default none */
  profilePrefix?: string;
}

let usualThreads = navigator.hardwareConcurrency;

/**
 * Says how many threads an operation on the CPU takes in this process where a session does not say: processes that share a
 * machine each take their part. Sums over other numbers of threads differ in their last bits.
 */
export function useThreads(threads: number): void {
  usualThreads = threads;
}

/**
 * Loads a model into ONNX Runtime. See {@linkcode runOnce}.
 *
 * @param model the bytes that `serialize` gives
 * @throws {FailureError} if the execution provider of the device cannot be loaded
 */
export async function openSession(
  model: Uint8Array,
  { device = "cpu", threads = usualThreads, profilePrefix }: SessionOptions = {},
): Promise<Session> {
  const session = await ort.InferenceSession.create(model, {
    executionProviders: await executionProviders(device),
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    ...(profilePrefix !== undefined && { enableProfiling: true, profileFilePrefix: profilePrefix }),
  });
  return {
    async run(inputs) {
      const feeds = Object.entries(inputs).map(([name, value]) => [name, toOrt(value)]);
      const results = await session.run(Object.fromEntries(feeds));
      return Object.fromEntries(
        Object.entries(results).map(([name, { data, dims }]) => [name, { data: data as ConstantData, shape: dims }]),
      );
    },
    async release() {
      if (profilePrefix !== undefined) session.endProfiling();
      await session.release();
    },
  };
}

/** Runs one model after another. */
export interface Runner {
  /** Runs a model. One that is the same as the one before is not loaded again. */
  run(model: Uint8Array, inputs: Record<string, ArrayValue>): Promise<Record<string, ArrayValue>>;
  /** Frees the runtime's memory. */
  release(): Promise<void>;
}

/**
 * Makes a runner, which saves the loading of a model that is run many times. A model with random nodes goes on with their
 * stream when it is run again. See {@linkcode runOnce}.
 */
export function openRunner(options?: SessionOptions): Runner {
  let loaded: { readonly model: Uint8Array; readonly session: Session } | undefined;
  const release = async () => {
    await loaded?.session.release();
    loaded = undefined;
  };
  return {
    async run(model, inputs) {
      if (loaded === undefined || Buffer.compare(loaded.model, model) !== 0) {
        await release();
        loaded = { model, session: await openSession(model, options) };
      }
      return await loaded.session.run(inputs);
    },
    release,
  };
}

/**
 * Runs a model once and frees it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { input, serialize, square } from "../graph/mod.ts";
 * import { openRunner, openSession, runOnce } from "./session.ts";
 * const x = input("x", "float32", [2]);
 * const model = serialize({ name: "example", inputs: { x }, outputs: { y: square(x) } });
 * const inputs = { x: { data: Float32Array.of(2, 3), shape: [2] } };
 * assertEquals((await runOnce(model, inputs)).y.data, Float32Array.of(4, 9));
 * const session = await openSession(model, { threads: 1 }); // to run one model many times
 * assertEquals((await session.run(inputs)).y.data, Float32Array.of(4, 9));
 * await session.release();
 * const runner = openRunner(); // to run several, each loaded only where it is not the one before
 * assertEquals((await runner.run(model, inputs)).y.data, Float32Array.of(4, 9));
 * await runner.release();
 * ```
 */
export async function runOnce(
  model: Uint8Array,
  inputs: Record<string, ArrayValue>,
  options?: SessionOptions,
): Promise<Record<string, ArrayValue>> {
  const session = await openSession(model, options);
  try {
    return await session.run(inputs);
  } finally {
    await session.release();
  }
}

function toOrt({ data, shape }: ArrayValue): ort.Tensor {
  if (data instanceof Float32Array) return new ort.Tensor("float32", data, shape);
  if (data instanceof Float64Array) return new ort.Tensor("float64", data, shape);
  return new ort.Tensor("int64", data, shape);
}
