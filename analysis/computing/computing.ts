/** Whether a network computes boolean functions better than what is read off its input or built by hand. */
import { max, maxIndex } from "d3-array";
import type { Config } from "../../models/experiment/config.ts";
import { type BooleanOptions, type PairFunction, pairOutputs } from "../../models/data/pair_functions.ts";
import { add } from "../../models/graph/elementwise_ops.ts";
import { matmul } from "../../models/graph/linear_algebra_ops.ts";
import { networks } from "../../models/network/networks.ts";
import { randomStream } from "../../models/random.ts";
import type { NetworkSubject } from "../report/section.ts";
import type { Estimate } from "../signs/signs.ts";
import { parametersOf } from "../../models/training/training_state.ts";
import { type Design, designsOf, hiddenLayer } from "./designs.ts";
import { fittedReadOut } from "./fitted_read_out.ts";
import { type Computer, type FunctionScores, functionScores, outputsOf } from "./function_scores.ts";
import { bestLinearReadOut, linearLayer } from "./linear_read_out.ts";

/** What computes the functions. */
export type MethodName = "learned" | "linear" | "random" | "dedicated";

/** A way to the functions, and how well it computes them. */
export interface MethodScore {
  /** `linear` reads them off the noisy input; the others have hidden neurons. */
  readonly name: MethodName;
  /** Hidden neurons, in all layers together; 0 where there are none. */
  readonly neurons: number;
  /** The share of the loss of the best constant that is taken away. */
  readonly explained: Estimate;
  /** How often the functions are right, over the four states of their features. */
  readonly accuracy: Estimate;
  /** Of a hidden layer built by hand: how, the best of those that were tried. */
  readonly design: Omit<Design, "kind" | "width"> | null;
}

/** Key `computing` of `analysis.json`. */
export interface ComputingData {
  /** How many functions of each kind are asked for. */
  readonly functions: readonly { readonly name: PairFunction; readonly count: number; readonly linear: number }[];
  /** Hidden neurons of a layer, and in all. */
  readonly neurons: { readonly layer: number; readonly all: number };
  /** The learned network first. */
  readonly methods: readonly MethodScore[];
  /** Fresh samples that all were scored on, the same ones. */
  readonly samples: number;
  /** Share of the functions that the network computes better than the best of the other methods computes them on average. */
  readonly functionsAbove: number;
  /** How many hidden layers were built and tried. */
  readonly tried: number;
}

/** Options of `measureComputing`. */
export interface ComputingOptions {
  /** Fresh samples that all are scored on. @default 65536 */
  readonly samples?: number;
  /** Samples that the designs are chosen on; the best of them is fitted again on four times as many. @default 16384 */
  readonly trial?: number;
}

/** Measures the network beside what it is compared with; null where no functions are asked for. */
export async function measureComputing(
  { config, parameters, device, report }: NetworkSubject,
  { samples = 65536, trial = 16384 }: ComputingOptions = {},
): Promise<ComputingData | null> {
  const { task, model } = config;
  if (task.name !== "boolean") return null;
  const outputs = outputsOf(config);
  const functions = pairOutputs(model.features, outputs, task);
  const score = (computer: Computer) => functionScores(config, task, computer, { samples, device });
  const specs = parametersOf(config);
  const learned = await score({
    arrays: Object.fromEntries(
      Object.entries(parameters).map(([name, data]) => [name, { data, shape: specs[name].shape }]),
    ),
    output: (arrays, x) => networks.get(model.name).forward(arrays, x, model).output,
  });
  const layer = linearLayer(config, task, outputs);
  const linear = await score({
    arrays: {
      weights: { data: layer.weights, shape: [model.features, outputs] },
      bias: { data: layer.bias, shape: [1, outputs] },
    },
    output: ({ weights, bias }, x) => add(matmul(x, weights), bias),
  });
  const layers = "layers" in model ? model.layers : 1;
  const widths = [...new Set([model.hidden, layers * model.hidden])];
  const built: { score: MethodScore; tried: number }[] = [];
  for (const width of widths) {
    for (const kind of ["random", "dedicated"] as const) {
      report?.(`${kind} layers of ${width} neurons`);
      built.push(await bestDesign(config, task, kind, width, { samples, trial, device }));
    }
  }
  const method = (name: MethodName, neurons: number, { explained, accuracy }: FunctionScores): MethodScore => ({
    name,
    neurons,
    explained,
    accuracy,
    design: null,
  });
  const others = [method("linear", 0, linear), ...built.map(({ score }) => score)];
  const best = max(others, ({ explained }) => explained.value)!;
  return {
    functions: [...new Set(task.functions)].map((name) => ({
      name,
      count: functions.filter((other) => other.name === name).length,
      linear: bestLinearReadOut(config, name).explained,
    })),
    neurons: { layer: model.hidden, all: layers * model.hidden },
    methods: [method("learned", layers * model.hidden, learned), ...others],
    samples,
    functionsAbove: learned.byFunction.filter((value) => value > best).length / functions.length,
    tried: built.reduce((sum, { tried }) => sum + tried, 0),
  };
}

/** Fits every design of a kind, and scores the one that is best on samples of their own. */
async function bestDesign(
  config: Config,
  task: BooleanOptions,
  kind: Design["kind"],
  width: number,
  { samples, trial, device }: Required<ComputingOptions> & Pick<NetworkSubject, "device">,
): Promise<{ score: MethodScore; tried: number }> {
  const { features, activation } = config.model;
  const functions = pairOutputs(features, outputsOf(config), task);
  const designs = designsOf(width, features, activation === "relu").filter((design) => design.kind === kind);
  const layers = designs.map((design, index) =>
    hiddenLayer(design, features, functions, randomStream(config.training.seed, "design", width, index))
  );
  const fitted = (index: number, samples: number, seed: number) =>
    fittedReadOut(config, task, layers[index], { samples, samplesPerCase: samples / 16, seed, device });
  const options = { samples: trial, seed: 1, thresholds: false, device };
  const trials: number[] = [];
  for (const index of designs.keys()) {
    trials.push((await functionScores(config, task, await fitted(index, trial, 0), options)).explained.value);
  }
  const best = maxIndex(trials);
  const { kind: name, width: neurons, ...design } = designs[best];
  const { explained, accuracy } = await functionScores(config, task, await fitted(best, 4 * trial, 1), {
    samples,
    device,
  });
  return { score: { name, neurons, explained, accuracy, design }, tried: designs.length };
}
