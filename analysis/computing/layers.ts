/** What the weights of each layer have frozen into: the tools for encoder and decoder, on one matrix at a time. */
import { mean } from "d3-array";
import type { Config } from "../../models/experiment/config.ts";
import { pairOutputs } from "../../models/data/pair_functions.ts";
import { layerNames } from "../../models/network/layered.ts";
import type { ParameterArrays } from "../../models/network/network_weights.ts";
import { randomStream, shuffle } from "../../models/random.ts";
import { parametersOf } from "../../models/training/training_state.ts";
import { clustersOf } from "../clusters/clusters.ts";
import type { GraphStatistics } from "../random_graph/graph_statistics.ts";
import { randomGraphTests, type StatisticTest } from "../random_graph/random_graph.ts";
import type { NetworkSubject } from "../report/section.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { type Estimate, extractSigns, signStructure, type SignTest } from "../signs/signs.ts";
import { excessKurtosis, spread } from "../statistics/moments.ts";
import { compareWithNull, type ComparisonWithNull } from "../statistics/null_comparison.ts";
import { outputsOf } from "./function_scores.ts";

/** The signs of a layer: zero, or the sign of a weight beyond the threshold. */
export interface LayerSigns {
  /** |w| beyond which a weight counts. */
  readonly threshold: number;
  /** Share of the weights beyond it; error over what is below the layer. */
  readonly density: Estimate;
  /** Mean |w| beyond it. */
  readonly amplitude: Estimate;
  /** How many weights beyond it lead away from one input, or neuron below. */
  readonly outOfOne: Estimate;
  /** How many of them lead to one neuron, or output, above. */
  readonly intoOne: Estimate;
  /** How many neurons or outputs above have 0, 1, 2, … of them. */
  readonly intoCounts: readonly number[];
  /** Share of them with the majority sign of the neuron or output above. */
  readonly purity: SignTest;
  /** Statistics of the signs against as many nonzeros at random places with random signs. */
  readonly statistics: Readonly<Partial<Record<keyof GraphStatistics, StatisticTest>>>;
}

/** What was measured of one layer. */
export interface LayerMeasurement {
  /** `layer1` is the one from the input. */
  readonly name: string;
  /** Rows and columns: the widths below and above. */
  readonly shape: readonly [number, number];
  /** Standard deviation of the weights. */
  readonly spread: number;
  /** 0 for a Gaussian; error under a Gaussian. */
  readonly excessKurtosis: Estimate;
  /** Weights in equal bins over ± `largest`. */
  readonly histogram: readonly number[];
  /** The largest |w|. */
  readonly largest: number;
  /** Null where no cluster stands beyond the centre. */
  readonly signs: LayerSigns | null;
}

/** Key `layers` of `analysis.json`. */
export interface LayersData {
  /** From the input to the output. */
  readonly layers: readonly LayerMeasurement[];
  /**
   * Whether the neurons that put a function out hear its two features: over the nonzeros of the last layer, the mean of the
   * weaker of the two paths from the features to the neuron, a path being the sum over all ways through the layers below, in
   * units of the spread of all paths; functions are shuffled in the null. Null without hidden layers to shuffle between.
   */
  readonly hearing: ComparisonWithNull | null;
}

const bins = 81;
const draws = 100;

/** Fewer weights than this have no clusters. */
const fewest = 100;

/** The statistics that are of interest for a layer. */
const statistics = [
  "featureDegreeVariance",
  "neuronDegreeVariance",
  "fourCycles",
  "frustration",
  "neuronSignCorrelation",
] as const satisfies readonly (keyof GraphStatistics)[];

/** Measures every layer of a layered network; null for another one. */
export function measureLayers(
  { config, parameters }: Pick<NetworkSubject, "config" | "parameters">,
): LayersData | null {
  const { model, training: { seed } } = config;
  if (model.name !== "layered") return null;
  const specs = parametersOf(config);
  const names = layerNames(model);
  const measured = names.map((name) => {
    const { shape } = specs[name];
    const signs = signsOf(parameters[name], shape);
    return { signs, layer: layerOf(name, parameters[name], shape, signs, seed) };
  });
  return {
    layers: measured.map(({ layer }) => layer),
    hearing: hearing(config, parameters, measured.at(-1)!.signs?.signs),
  };
}

/** S of one matrix: as of weight pairs whose two weights are the same. */
function signsOf(weights: Float32Array, [features, hidden]: readonly [number, number]) {
  if (weights.length < fewest) return undefined;
  const pairs = { features, hidden, encoder: weights, decoder: weights };
  const { threshold } = clustersOf(pairs);
  if (threshold === null) return undefined;
  const signs = extractSigns(pairs, { threshold });
  return signs.edges === 0 ? undefined : { threshold, signs, structure: signStructure(pairs, signs) };
}

function layerOf(
  name: string,
  weights: Float32Array,
  shape: readonly [number, number],
  found: ReturnType<typeof signsOf>,
  seed: number,
): LayerMeasurement {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const histogram = new Array<number>(bins).fill(0);
  for (const weight of weights) {
    histogram[Math.min(bins - 1, Math.floor((weight / largest + 1) / 2 * bins)) || 0]++;
  }
  const measurement = {
    name,
    shape,
    spread: spread(weights),
    excessKurtosis: { value: excessKurtosis(weights), error: Math.sqrt(24 / weights.length) },
    histogram,
    largest,
  };
  if (found === undefined) return { ...measurement, signs: null };
  const { threshold, signs, structure } = found;
  const { nulls: { iid } } = randomGraphTests(signs, { draws, seed });
  return {
    ...measurement,
    signs: {
      threshold,
      density: structure.density,
      amplitude: structure.amplitude,
      outOfOne: structure.neuronsPerFeature,
      intoOne: structure.featuresPerNeuron,
      intoCounts: structure.neuronDegrees,
      purity: structure.rowSignPurity,
      statistics: Object.fromEntries(statistics.map((statistic) => [statistic, iid[statistic]])),
    },
  };
}

/** The paths from the features to the last hidden layer, [d, h]: the product of the matrices below the last one. */
function pathsOf(config: Config & { readonly model: { readonly name: "layered" } }, parameters: ParameterArrays) {
  const specs = parametersOf(config);
  const [first, ...others] = layerNames(config.model).slice(0, -1);
  return others.reduce((paths, name) => {
    const [below, above] = specs[name].shape;
    const product = new Float32Array(paths.length / below * above);
    for (let row = 0; row < paths.length / below; row++) {
      for (let inner = 0; inner < below; inner++) {
        const path = paths[row * below + inner];
        for (let column = 0; column < above; column++) {
          product[row * above + column] += path * parameters[name][inner * above + column];
        }
      }
    }
    return product;
  }, parameters[first]);
}

function hearing(
  config: Config,
  parameters: ParameterArrays,
  signs: SignMatrix | undefined,
): ComparisonWithNull | null {
  const { task, model, training: { seed } } = config;
  if (task.name !== "boolean" || model.name !== "layered" || signs === undefined) return null;
  const functions = pairOutputs(model.features, outputsOf(config), task);
  const paths = pathsOf({ ...config, model }, parameters);
  const unit = spread(paths);
  // The functions of the neurons, edge by edge.
  const edges = functions.flatMap(({ output }, index) =>
    [...signs.featuresOf(output).indices].map((neuron) => ({ neuron, index }))
  );
  if (edges.length === 0) return null;
  const strength = (order: readonly number[]) =>
    mean(edges, ({ neuron, index }) => {
      const [first, second] = functions[order[index]].pair.map((feature) => paths[feature * model.hidden + neuron]);
      return Math.min(first, second) / unit;
    })!;
  const random = randomStream(seed, "hearing");
  const order = functions.map((_, index) => index);
  const observed = strength(order);
  return compareWithNull(observed, Array.from({ length: draws }, () => strength(shuffle(order, random))));
}
