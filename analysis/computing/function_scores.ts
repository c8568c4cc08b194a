/** How well outputs compute boolean functions, on samples that nothing was fitted to. */
import { greatest, range, rollups } from "d3-array";
import type { Config } from "../../models/experiment/config.ts";
import {
  type BooleanOptions,
  type PairFunction,
  pairFunctions,
  type PairOutput,
  pairOutputs,
} from "../../models/data/pair_functions.ts";
import { corruptedInput } from "../../models/data/batch.ts";
import { dataSources } from "../../models/data/data_sources.ts";
import { rebalancedLoss } from "../../models/experiment/requirements.ts";
import { add, cast, equal, greater, multiply, square, subtract } from "../../models/graph/elementwise_ops.ts";
import { reduceSum } from "../../models/graph/layout_ops.ts";
import { loop, type TensorRecord } from "../../models/graph/loop.ts";
import { seedSequence } from "../../models/graph/random_ops.ts";
import { serialize } from "../../models/graph/serialize.ts";
import { constant, input, type Tensor } from "../../models/graph/tensor.ts";
import type { SampledBatch } from "../../models/data/batch.ts";
import { sumOverSupport } from "../../models/data/support.ts";
import type { Device } from "../../models/runtime/device.ts";
import { type ArrayValue, runOnce } from "../../models/runtime/session.ts";
import type { Estimate } from "../signs/signs.ts";
import { constantLoss, pairCases } from "./pair_cases.ts";

/** What computes: arrays, and how they turn x [B, d] into y [B, m]. */
export interface Computer {
  /** The arrays by name. */
  readonly arrays: Readonly<Record<string, { readonly data: Float32Array; readonly shape: readonly number[] }>>;
  /** Writes y. */
  readonly output: (arrays: TensorRecord, x: Tensor) => Tensor;
}

/** How well functions are computed. */
export interface FunctionScore {
  /** The share of the loss of the best constant that is taken away, mean over functions; error over samples. */
  readonly explained: Estimate;
  /**
   * How often the output is on the right side of a threshold, the best one for each kind of function, mean over the four states
   * of a function's two features as if they were equally frequent; error over samples. NaN where no thresholds were tried.
   */
  readonly accuracy: Estimate;
}

/** The scores of some outputs. */
export interface FunctionScores extends FunctionScore {
  /** Each function's share of the loss of the best constant that is taken away, in the order of the outputs. */
  readonly byFunction: readonly number[];
}

/** Options of `functionScores`. */
export interface FunctionScoresOptions {
  /** Rounded up to whole batches. @default 65536 */
  readonly samples?: number;
  /** Which samples. @default 0 */
  readonly seed?: number;
  /** Whether thresholds are tried. @default true */
  readonly thresholds?: boolean;
  /** Where it is computed. @default "cpu" */
  readonly device?: Device;
}

/** The thresholds that are tried. */
const levels = range(0.1, 1, 0.05);

const batch = 2048;

/** The width of an experiment's output. */
export function outputsOf({ model }: Pick<Config, "model">): number {
  return "outputs" in model && model.outputs !== undefined ? model.outputs : model.features;
}

/** Scores outputs on fresh samples of the experiment; the same samples for the same seed. */
export async function functionScores(
  config: Config,
  task: BooleanOptions,
  { arrays, output }: Computer,
  { samples = 65536, seed = 0, thresholds = true, device = "cpu" }: FunctionScoresOptions = {},
): Promise<FunctionScores> {
  const { features } = config.model;
  const outputs = outputsOf(config);
  const functions = pairOutputs(features, outputs, task);
  const losses = new Map<PairFunction, number>(
    task.functions.map((name) => [name, constantLoss(pairCases(config, name))]),
  );
  const shares = new Float32Array(outputs);
  const pairs = new Float32Array(features * outputs);
  for (const { output, name, pair } of functions) {
    shares[output] = 1 / losses.get(name)!;
    for (const feature of pair) pairs[feature * outputs + output] = 1;
  }
  const { lambdaOn } = rebalancedLoss(config, "a function of a pair");
  const size = { features, outputs, batch, supportsPerNoise: 1 };
  const nextSeed = seedSequence(seed, "functions");
  const batches = Math.ceil(samples / batch);
  const inputs = Object.fromEntries(
    Object.entries(arrays).map(([name, { shape }]) => [name, input(name, "float32", shape)]),
  );
  const independent = { ...config.task, supports: "independent" as const };
  const { record } = loop(batches, {}, () => {
    const drawn = dataSources.get(config.task.name).draw(size, independent, {}, nextSeed) as SampledBatch;
    const wanted = drawn.wanted!;
    const y = output(inputs, corruptedInput(drawn));
    const cost = multiply(square(subtract(y, wanted)), add(multiply(wanted, lambdaOn - 1), 1));
    const relative = multiply(cost, constant(shares, [outputs]));
    const ofSample = multiply(reduceSum(relative, { axes: [1] }), 1 / functions.length);
    const on = sumOverSupport(constant(pairs, [features, outputs]), drawn);
    const cases = [0, 1, 2].flatMap((count) => {
      const seen = cast(equal(on, count), "float32");
      const above = levels.map((level) => multiply(seen, cast(greater(y, level), "float32")));
      return [
        [`seen ${count}`, reduceSum(seen, { axes: [0] })],
        ...above.map((counted, index) => [`above ${count} ${index}`, reduceSum(counted, { axes: [0] })]),
      ] as const;
    });
    return {
      next: {},
      record: {
        byFunction: reduceSum(relative, { axes: [0] }),
        cost: reduceSum(ofSample),
        squared: reduceSum(square(ofSample)),
        ...(thresholds && Object.fromEntries(cases)),
      },
    };
  });
  const values: Record<string, ArrayValue> = { ...arrays };
  const results = await runOnce(serialize({ name: "functions", inputs, outputs: record }), values, { device });
  const count = batches * batch;
  const total = (name: string) => (results[name].data as Float32Array).reduce((a, b) => a + b, 0);
  const ofOutputs = (name: string) => columnSums(results[name].data as Float32Array, outputs);
  const cost = total("cost") / count;
  const costs = ofOutputs("byFunction");
  return {
    explained: { value: 1 - cost, error: Math.sqrt(Math.max(total("squared") / count - cost ** 2, 0) / (count - 1)) },
    accuracy: thresholds ? accuracyOf(functions, ofOutputs) : { value: NaN, error: NaN },
    byFunction: functions.map(({ output }) => 1 - costs[output] / count),
  };
}

function columnSums(stacked: Float32Array, width: number): Float64Array {
  const sums = new Float64Array(width);
  stacked.forEach((value, index) => sums[index % width] += value);
  return sums;
}

/** The mean over the kinds of functions, each with its best threshold. */
function accuracyOf(functions: readonly PairOutput[], ofOutputs: (name: string) => Float64Array): Estimate {
  const kinds = rollups(functions, (of) => of, ({ name }) => name).map(([name, of]) => {
    const over = (counts: Float64Array) => of.reduce((sum, { output }) => sum + counts[output], 0);
    const tried = levels.map((_, level) =>
      balanced([0, 1, 2].map((on) => {
        const [seen, above] = [over(ofOutputs(`seen ${on}`)), over(ofOutputs(`above ${on} ${level}`))];
        return { right: pairFunctions[name][on] === 1 ? above : seen - above, seen };
      }))
    );
    return { share: of.length / functions.length, best: greatest(tried, (a, b) => a.value - b.value)! };
  });
  return {
    value: kinds.reduce((sum, { share, best }) => sum + share * best.value, 0),
    error: Math.hypot(...kinds.map(({ share, best }) => share * best.error)),
  };
}

/** The mean over the states off-off, on-off, off-on and on-on of a pair; of a state that never occurs nothing is known. */
function balanced(cases: readonly { readonly right: number; readonly seen: number }[]): Estimate {
  const parts = cases.map(({ right, seen }, on) => {
    const share = right / seen;
    return { weight: on === 1 ? 0.5 : 0.25, share, variance: share * (1 - share) / seen };
  });
  return {
    value: parts.reduce((total, { weight, share }) => total + weight * share, 0),
    error: Math.sqrt(parts.reduce((total, { weight, variance }) => total + weight ** 2 * variance, 0)),
  };
}
