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
export * from "./models/roofline.ts";
export * from "./models/run_directory.ts";
export * from "./models/trainer.ts";
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
export * from "./analysis/sign_matrix.ts";
export * from "./analysis/signs.ts";
export * from "./analysis/values_by_degree.ts";
export * from "./figures/gallery.ts";
export * from "./figures/headline.ts";
export * from "./figures/render.ts";
export * from "./figures/runs_index.ts";
