/** What a training step should take on a device, estimated from its matrix products and its memory traffic. */
import { multiply } from "../graph/elementwise_ops.ts";
import { matmul } from "../graph/linear_algebra_ops.ts";
import { loop } from "../graph/loop.ts";
import { serialize } from "../graph/serialize.ts";
import { input, type Tensor } from "../graph/tensor.ts";
import type { Placement } from "./placement.ts";
import type { Device } from "../runtime/device.ts";
import { openSession } from "../runtime/session.ts";

/** What a device reaches on graphs that do one thing only. */
export interface DeviceRates {
  /** Floating-point operations of large square matrix products, in 1/s. */
  readonly operationsPerSecond: number;
  /** Memory traffic of an elementwise operation on a matrix of the network's size, in bytes/s. */
  readonly bytesPerSecond: number;
}

/** Rows of the square products: enough to keep the device busy, few enough to take milliseconds. */
const productEdge: Readonly<Record<Device, number>> = { cpu: 1024, cuda: 8192 };
/** Iterations of the short Loop; the difference to a longer one is the time of iterations: copies and loading cancel. */
const few = 4;
/** The long Loop grows until the difference lasts so many seconds, which noise cannot hide. */
const leastDifference = 0.05;
const repeats = 3;

/**
 * Measures how fast a device multiplies matrices and passes over memory, through the same runtime that trains.
 *
 * @param size d and h: a matrix that fits into a cache is passed over faster than one that does not
 */
export async function deviceRates(
  { features, hidden }: { features: number; hidden: number },
  device: Device,
): Promise<DeviceRates> {
  const edge = productEdge[device];
  const product = await secondsAnIteration([edge, edge], (x) => matmul(x, x), device);
  const pass = await secondsAnIteration([features, hidden], (x) => multiply(x, 0.999), device);
  return { operationsPerSecond: 2 * edge ** 3 / product, bytesPerSecond: 8 * features * hidden / pass };
}

async function secondsAnIteration(
  shape: readonly number[],
  write: (x: Tensor) => Tensor,
  device: Device,
): Promise<number> {
  const size = shape.reduce((product, extent) => product * extent, 1);
  // The square of a matrix of 1/n is itself, so that no product is of zeros.
  const values = { data: new Float32Array(size).fill(1 / shape[0]), shape };
  const time = async (count: number) => {
    const x = input("x", "float32", shape);
    const { state } = loop(count, { x }, ({ x }) => ({ next: { x: write(x) }, record: {} }));
    const session = await openSession(serialize({ name: "rate", inputs: { x }, outputs: { y: state.x } }), { device });
    let best = Infinity;
    for (let repeat = 0; repeat <= repeats; repeat++) {
      const started = performance.now();
      await session.run({ x: values });
      // The first run allocates.
      if (repeat > 0) best = Math.min(best, (performance.now() - started) / 1000);
    }
    await session.release();
    return best;
  };
  const short = await time(few);
  for (let many = 4 * few;; many *= 4) {
    const difference = await time(many) - short;
    if (difference > leastDifference) return difference / (many - few);
  }
}

/** Work of one training step. */
export interface StepWork {
  /** Floating-point operations of its matrix products. */
  readonly operations: number;
  /** Bytes that its other nodes read and write. */
  readonly bytes: number;
}

/** The work of a step from the profile of a training: after the runtime has fused what it can. */
export function stepWork({ body }: Placement): StepWork {
  let [operations, bytes] = [0, 0];
  for (const node of body) {
    if (node.operations > 0) operations += node.operations / node.runs;
    else bytes += node.bytes / node.runs;
  }
  return { operations, bytes };
}

/** The estimate: the time that the work takes if products and passes run one after another at the full rates, in seconds. */
export function rooflineSeconds({ operations, bytes }: StepWork, rates: DeviceRates): number {
  return operations / rates.operationsPerSecond + bytes / rates.bytesPerSecond;
}
