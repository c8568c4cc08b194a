/**
 * Analysis: measure a run, read what was measured, and every measurement by itself.
 *
 * @module
 */

// What the measurements are given.
export type { Config } from "../models/experiment/config.ts";
export type { Weights } from "../models/network/weights.ts";
export type { RandomStream } from "../models/random.ts";
export type { Run } from "../models/run/run.ts";
export type { Device } from "../models/runtime/device.ts";

// A run: measured section by section, read back typed, in words.
export { analyseRun, type AnalyseRunOptions } from "./report/analyse_run.ts";
export { type Analysis, analysisVersion, readAnalysis } from "./report/analysis.ts";
export { denoiserWeights } from "./report/denoiser_weights.ts";
export type { Section, Subject, Verdict } from "./report/section.ts";
export {
  type DataOf,
  isSectionKey,
  promptSections,
  type SectionData,
  type SectionKey,
  sectionKeys,
  sections,
} from "./report/sections.ts";
export { summary, verdictsOf } from "./report/summary.ts";

// What the weights freeze into.
export * from "./clusters/clusters.ts";
export type { DensityModesOptions } from "./clusters/density_modes.ts";
export * from "./clusters/values_by_degree.ts";
export * from "./signs/sign_matrix.ts";
export * from "./signs/signs.ts";
export type { LossData } from "./loss/held_out.ts";

// S beside random graphs.
export * from "./random_graph/graph_counts.ts";
export * from "./random_graph/graph_statistics.ts";
export * from "./random_graph/null_models.ts";
export * from "./random_graph/random_graph.ts";
export { type SignDesign, signDesigns } from "./random_graph/sign_designs.ts";
export { type DensityAt, type SingularSpectrum, singularSpectrum } from "./random_graph/singular_spectrum.ts";
export type { ComparisonWithNull } from "./statistics/null_comparison.ts";

// Theory: the decoder of an encoder, the mean field, spin models.
export * from "./decoder/optimal_decoder.ts";
export type { CornersOfDegree, DecoderData, MeasuredObjective } from "./decoder/decoder_comparison.ts";
export * from "./mean_field/mean_field.ts";
export type { Macroscopic, MeanFieldData } from "./mean_field/mean_field_comparison.ts";
export type { GroundStates, IsingModel, SpinLattice } from "./frustration/ising.ts";
export type { ResidualEntropy, StripEntropy } from "./frustration/residual_entropy.ts";
export type { CooledLattice, IsingData } from "./frustration/spin_models.ts";

// Descents from other signs.
export * from "./basins/basins.ts";
export type { SignChanges } from "./basins/basin_descent.ts";
export type { StartKind } from "./basins/basin_starts.ts";
export type { BasinSummary } from "./basins/basin_summary.ts";
export type { Descent } from "./basins/measured_descent.ts";

// Derivatives of the objective, and what follows from them.
export { type ByMatrix, matrices, type MatrixName, type WeightVector } from "./derivatives/weight_vector.ts";
export { addScaled, innerProduct, scaled } from "./derivatives/weight_vector.ts";
export type { SampleSet } from "./derivatives/sample_set.ts";
export * from "./derivatives/sampled_gradient.ts";
export * from "./derivatives/sampled_hessian.ts";
export { type ExactGradient, exactGradient } from "./derivatives/exact_gradient.ts";
export * from "./derivatives/exact_hessian.ts";
export type { ExactOptions } from "../models/training/exact_means.ts";
export { type LinearResponse } from "./derivatives/linear_response.ts";
export { type NewtonOptions, type NewtonStep, newtonSteps, type Solve } from "./derivatives/newton_steps.ts";
export * from "./derivatives/continued_training.ts";
export type { LinearSolution } from "./numerics/conjugate_gradients.ts";

// Displacements and the pinning field.
export { type ByCluster, type Region, regions } from "./displacements/displacement_clusters.ts";
export type { DisplacementSample } from "./displacements/displacement_sample.ts";
export { type CornerClass, displacementsWithin } from "./displacements/ideal_configuration.ts";
export type { IdealCandidate } from "./displacements/ideal_candidates.ts";
export type { CornerType, SplitCorner, Splitting } from "./displacements/corner_types.ts";
export type { Outliers } from "./displacements/outliers.ts";
export { type DisplacementShapes, displacementShapes, type ResidualsData } from "./displacements/residuals.ts";
export * from "./pinning_field/field_statistics.ts";
export type { OverlapSums } from "./pinning_field/local_theory.ts";
export * from "./pinning_field/pinning_field.ts";
export type { PinningFieldSectionData } from "./pinning_field/pinning_field_measurement.ts";
export { pinningFieldDefaults, type PinningFieldPrecision } from "./pinning_field/pinning_field_precision.ts";
export type { Stage } from "./pinning_field/prediction_stages.ts";
export { type SizedPinningField, type SizeTrend, sizeTrends } from "./pinning_field/size_trends.ts";
export type { ResidualForce, Unfinished } from "./pinning_field/unfinished_training.ts";

// Statistics.
export { type Agreement, agreementOf } from "./statistics/agreement.ts";
export * from "./statistics/gaussianity.ts";
export { nearGaussian } from "./statistics/near_gaussian.ts";
export type { ScaleMixture, VarianceByDegree } from "./statistics/scale_mixture.ts";
