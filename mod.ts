/**
 * Pinfield as a library: train a sparse denoiser in ONNX Runtime, read its run directory, measure and draw it.
 *
 * @module
 */
export * from "./models/config.ts";
export * from "./models/errors.ts";
export * from "./models/evaluation.ts";
export * from "./models/inference.ts";
export * from "./models/presets.ts";
export * from "./models/run_directory.ts";
export * from "./models/trainer.ts";
export * from "./models/training_run.ts";
export * from "./models/weights.ts";
export * as graph from "./models/graph/mod.ts";
export { openSession, runOnce } from "./models/runtime/session.ts";
export * from "./analysis/analyse_run.ts";
export * from "./analysis/clusters.ts";
export * from "./analysis/signs.ts";
export * from "./figures/gallery.ts";
export * from "./figures/headline.ts";
export { renderFigure } from "./figures/render.ts";
