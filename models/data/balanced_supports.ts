/** Supports that have every feature on equally often: random permutations of the features, cut into sets of k. */
import { gather } from "../graph/layout_ops.ts";
import type { TensorRecord } from "../graph/loop.ts";
import { constant, type Tensor } from "../graph/tensor.ts";
import { randomStream, shuffle } from "../random.ts";
import type { Batch } from "./batch.ts";
import type { StepArray, StepRange } from "./data_source.ts";

/** Sizes of a balanced batch. */
export interface BalancedSize {
  /** d. */
  readonly features: number;
  /** k. */
  readonly activeFeatures: number;
  /** B. */
  readonly batch: number;
}

/** How many passes over the features a batch begins, the last of which may be cut off. */
function passesOf({ features, activeFeatures, batch }: BalancedSize): number {
  return Math.ceil(batch * activeFeatures / features);
}

/** Whether a batch holds whole passes only: then every feature is on equally often in it. */
function isWhole({ features, activeFeatures, batch }: BalancedSize): boolean {
  return batch * activeFeatures % features === 0;
}

/**
 * The supports of some steps and, seen from the features, where each is on.
 *
 * Each pass is a permutation of its own, drawn from (seed, step, pass). Where a set of k would hold a feature twice, as it
 * lies across the end of a pass, the later one is exchanged with the next that fits.
 *
 * @returns `support` [B, k], `entries` and `samples` [passes, d], and `inLastPass` [d, 1] where the last is cut off
 */
export function balancedSupports(
  size: BalancedSize,
  { first, count }: StepRange,
  seed: number,
): Record<string, StepArray> {
  const { features, activeFeatures, batch } = size;
  const [passes, length] = [passesOf(size), batch * activeFeatures];
  const support = new Int32Array(count * length);
  const entries = new Int32Array(count * passes * features);
  const inLastPass = new Float32Array(count * features);
  for (let step = 0; step < count; step++) {
    const chosen = support.subarray(step * length, (step + 1) * length);
    for (let pass = 0; pass < passes; pass++) {
      const order = permutation(features, seed, first + step, pass);
      const begin = pass * features;
      parted(order, chosen.subarray(begin - begin % activeFeatures, begin), activeFeatures);
      chosen.set(order.subarray(0, length - begin), begin);
    }
    for (let entry = 0; entry < length; entry++) {
      const pass = Math.floor(entry / features);
      entries[(step * passes + pass) * features + chosen[entry]] = entry;
      if (pass === passes - 1) inLastPass[step * features + chosen[entry]] = 1;
    }
  }
  return {
    support: { data: wide(support), shape: [batch, activeFeatures] },
    entries: { data: wide(entries), shape: [passes, features] },
    samples: { data: wide(entries.map((entry) => Math.floor(entry / activeFeatures))), shape: [passes, features] },
    ...(!isWhole(size) && { inLastPass: { data: inLastPass, shape: [features, 1] } }),
  };
}

/** The batch that a step's rows of `balancedSupports` describe. */
export function balancedBatch(size: BalancedSize, { support, entries, samples, inLastPass }: TensorRecord): Batch {
  const ofPass = (rows: Tensor) =>
    Array.from({ length: passesOf(size) }, (_, pass) => gather(rows, constant(BigInt64Array.of(BigInt(pass)))));
  return { support, occurrences: { entries: ofPass(entries), samples: ofPass(samples), inLastPass } };
}

function permutation(features: number, seed: number, step: number, pass: number): Int32Array {
  return shuffle(
    Int32Array.from({ length: features }, (_, feature) => feature),
    randomStream(seed, "support", step, pass),
  );
}

/** Moves away from the front of a pass what is in the set already that the pass before has begun. */
function parted(order: Int32Array, begun: Int32Array, activeFeatures: number): void {
  if (begun.length === 0) return;
  const missing = activeFeatures - begun.length;
  let next = missing;
  for (let index = 0; index < missing; index++) {
    while (begun.includes(order[index])) {
      [order[index], order[next]] = [order[next], order[index]];
      next++;
    }
  }
}

/** Indices as ONNX wants them: int64, written as two halves, as every machine that Deno runs on is little endian. */
function wide(values: Int32Array): BigInt64Array {
  const halves = new Int32Array(2 * values.length);
  for (let index = 0; index < values.length; index++) halves[2 * index] = values[index];
  return new BigInt64Array(halves.buffer);
}
