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
export { exactObstacle, type ExactOptions } from "./models/training/exact_means.ts";
export * from "./models/training/exact_objective.ts";
export { forward, type ForwardOptions, type LayerValues } from "./models/network/forward.ts";
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
export * from "./analysis/mod.ts";
export * from "./figures/mod.ts";

// What the functions above take and return, of modules that serve them.
export type { Content, Disk } from "./models/run/files/atomic_write.ts";
export type { Batch, SampledBatch } from "./models/data/batch.ts";
export type { MetricsRow } from "./models/run/metrics.ts";
export type { ProfiledNode } from "./models/runtime/profile.ts";
export type { Versions } from "./models/run/versions.ts";
