/** Derivatives that the graph language writes, compared with differences of the values that ONNX Runtime computes. */
import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { cast } from "../models/graph/elementwise_ops.ts";
import { gradient, hessianVectorProduct } from "../models/graph/gradients.ts";
import type { TensorRecord } from "../models/graph/loop.ts";
import { serialize } from "../models/graph/serialize.ts";
import { input, type Tensor } from "../models/graph/tensor.ts";
import { randomStream } from "../models/random.ts";
import { type ArrayValue, openSession, type Session } from "../models/runtime/session.ts";

/** A float64 array with its shape. */
export interface DoubleArray extends ArrayValue {
  readonly data: Float64Array;
}

/** A scalar function of tensors, and the point at which it is differentiated. */
export interface Differentiable {
  /** The point, by name. */
  readonly inputs: Readonly<Record<string, DoubleArray>>;
  /** Writes the function. Its derivatives are what is checked. */
  readonly objective: (inputs: TensorRecord) => Tensor;
  /**
   * What the differences are taken of, where that is another function: one that holds constant, at the point, what the
   * objective only declares to be constant. @default objective
   */
  readonly differenced?: (inputs: TensorRecord) => Tensor;
  /**
   * `single` where ONNX Runtime has no float64 kernel for an operation of the function (Erf is the only one): it is
   * written in float32, and steps and tolerance are wider. @default "double"
   */
  readonly precision?: keyof typeof precisions;
}

/** Step of the differences, and the largest error allowed relative to the largest entry of the derivative. */
const precisions = {
  double: { step: 2 ** -10, tolerance: 1e-8 },
  single: { step: 2 ** -5, tolerance: 1e-3 },
} as const;

/** f′(0) ≈ Σ weight · f(offset · step) / step, exact for polynomials up to the fourth degree. */
const stencil = [[-2, 1 / 12], [-1, -8 / 12], [1, 8 / 12], [2, -1 / 12]] as const;

/** A float64 array of the given shape, entry by entry from `entry`. */
export function doubles(shape: readonly number[], entry: (place: number) => number): DoubleArray {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return { data: Float64Array.from({ length: size }, (_, place) => entry(place)), shape };
}

/** Standard normal numbers, for every label others. */
export function normals(shape: readonly number[], label: string): DoubleArray {
  const { normal } = randomStream(1, label);
  return doubles(shape, normal);
}

/**
 * Checks gradient and Hessian-vector product of a function at a point: every entry of the gradient against differences
 * of the function, every entry of a product with a random vector against differences of the gradient along it.
 */
export async function assertDerivatives(differentiable: Differentiable): Promise<void> {
  const { inputs, objective, differenced = objective, precision = "double" } = differentiable;
  const { step, tolerance } = precisions[precision];
  const names = Object.keys(inputs);
  const point = mapValues(inputs, ({ data, shape }) => doubles(shape, (place) => Math.fround(data[place])));
  const vectors = direction(inputs);

  const derivatives = await compile(inputs, precision, objective, true);
  const found = await derivatives.run({ ...point, ...renamed("vector", vectors) });
  await derivatives.release();

  const reference = await compile(inputs, precision, differenced, false);
  const along = async (direction: Record<string, DoubleArray>) => {
    const values = await Promise.all(
      stencil.map(([offset]) => reference.run(moved(point, direction, offset * step))),
    );
    return (output: string, place: number) =>
      stencil.reduce((sum, [, weight], number) => sum + weight * Number(values[number][output].data[place]), 0) / step;
  };
  const gradients: Record<string, DoubleArray> = {};
  for (const name of names) {
    const { shape, data } = inputs[name];
    const entries = new Float64Array(data.length);
    for (let place = 0; place < data.length; place++) {
      const unit = doubles(shape, (other) => other === place ? 1 : 0);
      entries[place] = (await along({ [name]: unit }))("objective", 0);
    }
    gradients[name] = { data: entries, shape };
  }
  const difference = await along(vectors);
  const products = mapValues(
    inputs,
    ({ shape }, name) => doubles(shape, (place) => difference(`gradient.${name}`, place)),
  );
  await reference.release();

  assertClose(pick(found, "gradient", names), gradients, tolerance, "gradient");
  assertClose(pick(found, "product", names), products, tolerance, "Hessian-vector product");
}

/** A random direction of length 1 in the space of all inputs. */
function direction(inputs: Readonly<Record<string, DoubleArray>>): Record<string, DoubleArray> {
  const vectors = mapValues(inputs, ({ shape }, name) => normals(shape, `direction.${name}`));
  const length = Math.hypot(...Object.values(vectors).flatMap(({ data }) => [...data]));
  return mapValues(vectors, ({ data, shape }) => doubles(shape, (place) => data[place] / length));
}

/** The function and its gradient as a session on float64 values; with second derivatives on request. */
function compile(
  values: Readonly<Record<string, DoubleArray>>,
  precision: keyof typeof precisions,
  objective: (inputs: TensorRecord) => Tensor,
  second: boolean,
): Promise<Session> {
  const names = Object.keys(values);
  const declared = mapValues(values, ({ shape }, name) => input(name, "float64", shape));
  const vectors = mapValues(values, ({ shape }, name) => input(name, "float64", shape));
  const inside = mapValues(declared, (tensor) => precision === "single" ? cast(tensor, "float32") : tensor);
  const scalar = cast(objective(inside), "float64");
  const inputs = names.map((name) => declared[name]);
  const gradients = gradient(scalar, inputs);
  const products = second ? hessianVectorProduct(scalar, inputs, names.map((name) => vectors[name])) : [];
  const named = (prefix: string, tensors: Tensor[]) =>
    Object.fromEntries(tensors.map((tensor, place) => {
      assertEquals([tensor.type, tensor.shape], ["float64", inputs[place].shape], `${prefix} of ${names[place]}`);
      return [`${prefix}.${names[place]}`, tensor];
    }));
  return openSession(
    serialize({
      name: "derivatives",
      inputs: { ...declared, ...(second && renamed("vector", vectors)) },
      outputs: { objective: scalar, ...named("gradient", gradients), ...named("product", products) },
    }),
    { threads: 1 },
  );
}

function assertClose(
  found: Record<string, ArrayValue>,
  expected: Record<string, ArrayValue>,
  tolerance: number,
  what: string,
): void {
  const entries = Object.values(expected).flatMap(({ data }) => Array.from(data, Number));
  const scale = Math.max(...entries.map(Math.abs));
  assertGreater(scale, 1e-3, `the ${what} vanishes, so that the check says nothing`);
  for (const [name, { data, shape }] of Object.entries(expected)) {
    assertEquals(found[name].shape, shape, `shape of the ${what} of ${name}`);
    data.forEach((value, place) => {
      const error = Math.abs(Number(found[name].data[place]) - Number(value)) / scale;
      // Written so that NaN fails.
      assertLess(
        error <= tolerance ? 0 : 1,
        1,
        `${what} of ${name}[${place}]: ${found[name].data[place]} from the rules, ${value} from differences`,
      );
    });
  }
}

function moved(
  point: Record<string, DoubleArray>,
  direction: Record<string, DoubleArray>,
  distance: number,
): Record<string, DoubleArray> {
  return mapValues(
    point,
    ({ data, shape }, name) =>
      direction[name] === undefined
        ? { data, shape }
        : doubles(shape, (place) => data[place] + distance * direction[name].data[place]),
  );
}

function mapValues<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value, name: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}

function renamed<Value>(prefix: string, record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [`${prefix}.${name}`, value]));
}

function pick<Value>(record: Record<string, Value>, prefix: string, names: string[]): Record<string, Value> {
  return Object.fromEntries(names.map((name) => [name, record[`${prefix}.${name}`]]));
}
