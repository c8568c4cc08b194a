/** Every chart by its name: a new one is a file of its own and a line here. */
import type { Figure } from "../render/figure.ts";
import type { Chart } from "./chart.ts";
import type { AnyMaterial, Material } from "../render/material.ts";
import { computing } from "./computing/computing.ts";
import { layers } from "./computing/layers.ts";
import { cornerTypes } from "./displacements/corner_types.ts";
import { displacements } from "./displacements/displacements.ts";
import { exactDisplacements } from "./displacements/exact_displacements.ts";
import { finiteSize } from "./displacements/finite_size.ts";
import { orders } from "./displacements/orders.ts";
import { quantiles } from "./displacements/quantiles.ts";
import { residuals } from "./displacements/residuals.ts";
import { isingEntropy } from "./frustration/spin_ice_entropy.ts";
import { isingLattices } from "./frustration/spin_ice_lattices.ts";
import { basins } from "./signs/basins.ts";
import { components } from "./signs/components.ts";
import { degrees } from "./signs/degrees.ts";
import { densityScan } from "./signs/density_scan.ts";
import { groundState } from "./signs/ground_state.ts";
import { handBuilt } from "./signs/hand_built.ts";
import { optimalDecoder } from "./signs/optimal_decoder.ts";
import { overlaps } from "./signs/overlaps.ts";
import { randomGraph } from "./signs/random_graph.ts";
import { singularValues } from "./signs/singular_values.ts";
import { lossCurve } from "./training/loss_curve.ts";
import { pairDensity } from "./training/pair_density.ts";
import { temperature } from "./training/temperature.ts";
import { blockNeurons } from "./types/block_neurons.ts";
import { featureTypes } from "./types/feature_types.ts";
import { clusters } from "./weights/clusters.ts";
import { coupledPairs } from "./weights/coupled_pairs.ts";
import { embedding } from "./weights/embedding.ts";
import { encoderHistogram } from "./weights/encoder_histogram.ts";
import { weightPairs } from "./weights/weight_pairs.ts";

/**
 * The charts in the order of a run's page.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { charts, renderFigure } from "../mod.ts";
 * const figure = charts.lossCurve([
 *   { step: 1, objective: 32, learningRate: 0.02 },
 *   { step: 1000, objective: 7.4, learningRate: 0.001 },
 * ]);
 * assertStringIncludes(renderFigure(figure), "The loss while training");
 * ```
 */
export const charts = {
  weightPairs,
  computing,
  layers,
  lossCurve,
  encoderHistogram,
  clusters,
  cornerTypes,
  coupledPairs,
  featureTypes,
  blockNeurons,
  degrees,
  components,
  overlaps,
  randomGraph,
  singularValues,
  optimalDecoder,
  densityScan,
  basins,
  groundState,
  handBuilt,
  embedding,
  displacements,
  exactDisplacements,
  orders,
  residuals,
  quantiles,
  isingLattices,
  isingEntropy,
  finiteSize,
  pairDensity,
  temperature,
};

/** Every figure that a run has the data for, in the order of its page. See {@linkcode drawRun}. */
export function figuresOf(run: Material | AnyMaterial): Figure[] {
  const all: readonly Pick<Chart<never>, "ofRun" | "ofAnyRun">[] = Object.values(charts);
  return all.flatMap((chart) => ("weights" in run ? chart.ofRun(run) : chart.ofAnyRun?.(run)) ?? []);
}
