/**
 * Pinfield as a library: train a sparse denoiser in ONNX Runtime, read its run directory, measure and draw it.
 *
 * @module
 */
export * from "./models/activations.ts";
export * from "./models/config.ts";
export * from "./models/continue_run.ts";
export * from "./models/errors.ts";
export * from "./models/evaluation.ts";
export * from "./models/inference.ts";
export * from "./models/losses.ts";
export * from "./models/optimizers.ts";
export * from "./models/placement.ts";
export * from "./models/presets.ts";
export { type RandomStream, randomStream } from "./models/random.ts";
export * from "./models/roofline.ts";
export * from "./models/run_directory.ts";
export { initialState, train, weightsOf } from "./models/trainer.ts";
export type { ChunkResult, TrainingState, TrainOptions } from "./models/trainer.ts";
export * from "./models/training_run.ts";
export * from "./models/weights.ts";
export * as graph from "./models/graph/mod.ts";
export * from "./models/runtime/device.ts";
export * from "./models/runtime/session.ts";
export * from "./analysis/analyse_run.ts";
export * from "./analysis/basins.ts";
export * from "./analysis/clusters.ts";
export * from "./analysis/continued_training.ts";
export * from "./analysis/field_statistics.ts";
export * from "./analysis/graph_statistics.ts";
export * from "./analysis/mean_field.ts";
export * from "./analysis/null_models.ts";
export * from "./analysis/optimal_decoder.ts";
export * from "./analysis/pinning_field.ts";
export * from "./analysis/random_graph.ts";
export * from "./analysis/section.ts";
export * from "./analysis/sections.ts";
export * from "./analysis/sign_matrix.ts";
export * from "./analysis/signs.ts";
export * from "./analysis/values_by_degree.ts";
export * from "./figures/gallery.ts";
export * from "./figures/headline.ts";
export * from "./figures/render.ts";
export * from "./figures/runs_index.ts";

// What the functions above take and return, of modules that serve them.
export type { Content, Disk } from "./models/atomic_write.ts";
export type { Batch } from "./models/data.ts";
export type { MetricsRow } from "./models/metrics.ts";
export type { ProfiledNode } from "./models/runtime/profile.ts";
export type { Versions } from "./models/versions.ts";
export type { Agreement } from "./analysis/agreement.ts";
export type { SignChanges } from "./analysis/basin_descent.ts";
export type { LinearSolution } from "./analysis/conjugate_gradients.ts";
export type { DensityModesOptions } from "./analysis/density_modes.ts";
export type { ByCluster, Place } from "./analysis/displacement_clusters.ts";
export type { IdealCandidate } from "./analysis/ideal_candidates.ts";
export type { CornerClass } from "./analysis/ideal_configuration.ts";
export type { LinearResponse } from "./analysis/linear_response.ts";
export type { OverlapSums } from "./analysis/local_theory.ts";
export type { Solve } from "./analysis/newton_steps.ts";
export type { NullTest } from "./analysis/null_test.ts";
export type { Outliers } from "./analysis/outliers.ts";
export type { SampledGradient } from "./analysis/sampled_derivatives.ts";
export type { SignDesign } from "./analysis/sign_designs.ts";
export type { Analysis } from "./analysis/summary.ts";
export type { ByMatrix, MatrixName, WeightVector } from "./analysis/weight_vector.ts";
export type { Arrangement, Figure, FigureText, Panel } from "./figures/figure.ts";
