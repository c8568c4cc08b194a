/**
 * Figures: every chart by its name, from data to SVG, and the pages of runs.
 *
 * @module
 */
export { type Chart, chart } from "./charts/chart.ts";
export { charts, figuresOf } from "./charts/charts.ts";
export * from "./render/figure.ts";
export { type Findings, type Material, type Network, readMaterial } from "./render/material.ts";
export { type RenderedPlot, renderFigure, type RenderOptions, renderPlot } from "./render/render.ts";
export { theme } from "./render/theme.ts";
export { drawRun } from "./page/gallery.ts";
export { writeRunsIndex } from "./page/runs_index.ts";
