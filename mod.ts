/**
 * Pinfield as a library: train a sparse denoiser in ONNX Runtime, read its run directory, measure and draw it.
 *
 * @module
 */
export * from "./models/network/activations/activation.ts";
export * from "./models/network/activations/activations.ts";
export * from "./models/experiment/config.ts";
export * from "./models/run/continue_run.ts";
export * from "./models/errors.ts";
export * from "./models/training/evaluation.ts";
export * from "./models/network/inference.ts";
export * from "./models/losses/losses.ts";
export * from "./models/optimizers/optimizers.ts";
export * from "./models/training/memory_estimate.ts";
export * from "./models/training/placement.ts";
export * from "./models/experiment/presets.ts";
export { type RandomStream, randomStream } from "./models/random.ts";
export * from "./models/training/roofline.ts";
export * from "./models/run/create_run.ts";
export * from "./models/run/require_memory.ts";
export * from "./models/run/run.ts";
export * from "./models/run/run_folder.ts";
export { type ChunkResult, train, type TrainOptions } from "./models/training/trainer.ts";
export { initialState, type StateArray, type TrainingState, weightsOf } from "./models/training/training_state.ts";
export * from "./models/run/training_run.ts";
export * from "./models/network/weights.ts";
export * as graph from "./models/graph/mod.ts";
export * from "./models/runtime/device.ts";
export * from "./models/runtime/session.ts";
export * from "./analysis/report/analyse_run.ts";
export { type Analysis, analysisVersion, readAnalysis } from "./analysis/report/analysis.ts";
export * from "./analysis/basins/basins.ts";
export * from "./analysis/clusters/clusters.ts";
export * from "./analysis/derivatives/continued_training.ts";
export * from "./analysis/pinning_field/field_statistics.ts";
export * from "./analysis/random_graph/graph_statistics.ts";
export * from "./analysis/mean_field/mean_field.ts";
export * from "./analysis/random_graph/null_models.ts";
export * from "./analysis/decoder/optimal_decoder.ts";
export * from "./analysis/pinning_field/pinning_field.ts";
export * from "./analysis/random_graph/random_graph.ts";
export * from "./analysis/report/section.ts";
export * from "./analysis/report/sections.ts";
export * from "./analysis/signs/sign_matrix.ts";
export * from "./analysis/signs/signs.ts";
export * from "./analysis/clusters/values_by_degree.ts";
export * from "./figures/mod.ts";

// What the functions above take and return, of modules that serve them.
export type { Content, Disk } from "./models/run/files/atomic_write.ts";
export type { Batch, SampledBatch } from "./models/data/batch.ts";
export type { MetricsRow } from "./models/run/metrics.ts";
export type { ProfiledNode } from "./models/runtime/profile.ts";
export type { Versions } from "./models/run/versions.ts";
export type { Agreement } from "./analysis/statistics/agreement.ts";
export type { SignChanges } from "./analysis/basins/basin_descent.ts";
export type { StartKind } from "./analysis/basins/basin_starts.ts";
export type { BasinSummary } from "./analysis/basins/basin_summary.ts";
export type { Descent } from "./analysis/basins/measured_descent.ts";
export type { LinearSolution } from "./analysis/numerics/conjugate_gradients.ts";
export type { DensityModesOptions } from "./analysis/clusters/density_modes.ts";
export type { ByCluster, Region } from "./analysis/displacements/displacement_clusters.ts";
export { pinningFieldDefaults, type PinningFieldPrecision } from "./analysis/pinning_field/pinning_field_precision.ts";
export type { Stage } from "./analysis/pinning_field/prediction_stages.ts";
export type { ResidualForce, Unfinished } from "./analysis/pinning_field/unfinished_training.ts";
export type { IdealCandidate } from "./analysis/displacements/ideal_candidates.ts";
export type { CornerClass } from "./analysis/displacements/ideal_configuration.ts";
export type { LinearResponse } from "./analysis/derivatives/linear_response.ts";
export type { OverlapSums } from "./analysis/pinning_field/local_theory.ts";
export type { Solve } from "./analysis/derivatives/newton_steps.ts";
export type { ComparisonWithNull } from "./analysis/statistics/null_comparison.ts";
export type { Outliers } from "./analysis/displacements/outliers.ts";
export type { SampledGradient } from "./analysis/derivatives/sampled_gradient.ts";
export type { SignDesign } from "./analysis/random_graph/sign_designs.ts";
export type { ByMatrix, MatrixName, WeightVector } from "./analysis/derivatives/weight_vector.ts";
