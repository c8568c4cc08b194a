/** Every chart by its name: a new one is a file of its own and a line here. */
import type { Figure } from "../render/figure.ts";
import type { Chart } from "./chart.ts";
import type { AnyMaterial, Material } from "../render/figure_material.ts";
import { computing } from "./computing/computing_chart.ts";
import { layers } from "./computing/layers_chart.ts";
import { cornerTypes } from "./displacements/corner_types_chart.ts";
import { displacements } from "./displacements/displacements_chart.ts";
import { exactDisplacements } from "./displacements/exact_displacements_chart.ts";
import { finiteSize } from "./displacements/finite_size_chart.ts";
import { orders } from "./displacements/orders_chart.ts";
import { quantiles } from "./displacements/quantiles_chart.ts";
import { residuals } from "./displacements/residuals_chart.ts";
import { isingEntropy } from "./frustration/spin_ice_entropy_chart.ts";
import { isingLattices } from "./frustration/spin_ice_lattices_chart.ts";
import { basins } from "./signs/basins_chart.ts";
import { components } from "./signs/components_chart.ts";
import { degrees } from "./signs/degrees_chart.ts";
import { densityScan } from "./signs/density_scan_chart.ts";
import { groundState } from "./signs/ground_state_chart.ts";
import { handBuilt } from "./signs/hand_built_chart.ts";
import { optimalDecoder } from "./signs/optimal_decoder_chart.ts";
import { overlaps } from "./signs/overlaps_chart.ts";
import { randomGraph } from "./signs/random_graph_chart.ts";
import { singularValues } from "./signs/singular_values_chart.ts";
import { lossCurve } from "./training/loss_curve_chart.ts";
import { pairDensity } from "./training/pair_density_chart.ts";
import { temperature } from "./training/temperature_chart.ts";
import { blockNeurons } from "./types/block_neurons_chart.ts";
import { featureTypes } from "./types/feature_types_chart.ts";
import { clusters } from "./weights/clusters_chart.ts";
import { coupledPairs } from "./weights/coupled_pairs_chart.ts";
import { embedding } from "./weights/embedding_chart.ts";
import { encoderHistogram } from "./weights/encoder_histogram_chart.ts";
import { weightPairs } from "./weights/weight_pairs_chart.ts";

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
