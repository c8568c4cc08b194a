/**
 * Figures: every chart by its name, from data to SVG, and the pages of runs.
 *
 * @module
 */
export { type Chart, chart } from "./charts/chart.ts";
export { charts, figuresOf } from "./charts/charts.ts";
export { type FinalCluster, type MovieColour, type MovieFrames, movieFrames } from "./movie/movie_frames.ts";
export { movie } from "./movie/movie.ts";
export { moviePage } from "./movie/movie_page.ts";
export type { ObjectiveRecord } from "./movie/movie_plots.ts";
export {
  type Arrangement,
  type Figure,
  type FigureText,
  gridFigure,
  type Layout,
  type NumberTable,
  type Panel,
  type PlotOptions,
} from "./render/figure.ts";
export type { Drawable } from "./render/drawable_figure.ts";
export {
  type AnyMaterial,
  type Findings,
  type Material,
  type Network,
  readAnyMaterial,
  readMaterial,
} from "./render/figure_material.ts";
export { type RenderedPlot, renderFigure, type RenderOptions, renderPlot } from "./render/render.ts";
export { type ColourName, type Theme, theme } from "./render/figure_theme.ts";
export type { ChromiumFormat } from "./print/chromium.ts";
export { figureNumbers } from "./print/figure_numbers.ts";
export { printFigure, type PrintWidth } from "./print/print_figure.ts";
export { type PrintFormat, type PrintOptions, printRun } from "./print/print_run.ts";
export { drawRun } from "./page/gallery.ts";
export { writeRunsIndex } from "./page/runs_index.ts";

// The data of the charts.
export type { GroundStates, IsingModel, SpinLattice } from "../analysis/frustration/ising.ts";
export type { CooledLattice } from "../analysis/frustration/spin_models.ts";
export type { ResidualEntropy, StripEntropy } from "../analysis/frustration/residual_entropy.ts";
export type { DensityFrame, Snapshots } from "../models/run/snapshots.ts";
export type { DisplacementPanel } from "./charts/displacements/displacements_chart.ts";
export type { Sample } from "./charts/displacements/quantiles_chart.ts";
export type { ResidualGroup } from "./charts/displacements/residual_groups_chart.ts";
export type { FrustratedEntropy, SignEntropy } from "./charts/frustration/spin_ice_entropy_chart.ts";
export type { FrozenSigns } from "./charts/frustration/spin_ice_lattices_chart.ts";
export type { BasinRung, MeanObjective } from "./charts/signs/basins_chart.ts";
export type { DegreeCounts, GraphDegrees } from "./charts/signs/degrees_chart.ts";
export type { DensityScan, MarkedDensity, ScanSeries } from "./charts/signs/density_scan_chart.ts";
export type { CornersByDegree, DecoderComparison } from "./charts/signs/optimal_decoder_chart.ts";
export type { GraphOverlaps, OverlapCounts } from "./charts/signs/overlaps_chart.ts";
export type { NullComparison, NullModelComparison, NullModelTests } from "./charts/signs/random_graph_chart.ts";
export type { SingularValues } from "./charts/signs/singular_values_chart.ts";
export type { LossRecord } from "./charts/training/loss_curve_chart.ts";
export type { ClusteredPairs, ClusterShape } from "./charts/weights/clusters_chart.ts";
export type { ClusteredEncoder, EncoderClusters } from "./charts/weights/encoder_histogram_chart.ts";
export type { ClusterCentre, NetworkPairs } from "./charts/weights/weight_pairs_chart.ts";
export type { Swatch } from "./marks/swatches_mark.ts";
export type { NullCounts } from "../analysis/random_graph/graph_counts.ts";
export type { CountsAgainstNulls } from "./marks/counts_against_nulls_mark.ts";
export type { CornerPairs } from "./transforms/corner_pairs.ts";
