/** Every figure that a run has the data for, drawn from its directory alone. */
import { dirname, join } from "node:path";
import type { Clusters } from "../analysis/clusters.ts";
import type { Analysis } from "../analysis/summary.ts";
import type { Config } from "../models/config.ts";
import { openRun, type Run, runFiles } from "../models/run_directory.ts";
import type { MetricsRow } from "../models/metrics.ts";
import type { Weights } from "../models/weights.ts";
import { encoderHistogram } from "./encoder_histogram.ts";
import type { Figure } from "./figure.ts";
import { headline } from "./headline.ts";
import { lossCurve, type LossRecord } from "./loss_curve.ts";
import { renderFigure } from "./render.ts";

/** What a run offers to draw. */
export interface Material {
  readonly config: Config;
  readonly weights: Weights;
  readonly analysis: Analysis;
  readonly metrics: readonly MetricsRow[];
  /** The run trained beside this one, if it is there. */
  readonly pair: Material | undefined;
}

/** Reads what there is to draw of a run, and of its pair. */
export async function readMaterial(run: Run): Promise<Material> {
  const config = await run.readConfig();
  return {
    config,
    weights: await run.readWeights(),
    analysis: await run.readAnalysis() as Analysis,
    metrics: await run.readMetrics(),
    pair: config.pair === undefined ? undefined : await pairMaterial(join(dirname(run.path), config.pair)),
  };
}

async function pairMaterial(path: string): Promise<Material | undefined> {
  const exists = await Deno.stat(join(path, runFiles.config)).then(() => true, () => false);
  if (!exists) return undefined;
  const run = await openRun(path);
  return await run.has(runFiles.weights) && await run.has(runFiles.analysis) ? await readMaterial(run) : undefined;
}

/** The figures in the order of the page; each is undefined where the run lacks the data for it. */
const drawings: readonly ((material: Material) => Figure | undefined)[] = [
  ({ pair, ...own }) => headline([own, ...(pair === undefined ? [] : [pair])].map(headlinePanel)),
  ({ metrics }) => isLossRecords(metrics) ? lossCurve(metrics) : undefined,
  ({ weights, analysis }) => encoderHistogram(weights, analysis.clusters as Clusters),
];

function headlinePanel({ config: { model }, weights, analysis }: Omit<Material, "pair">) {
  const kind = model.hidden < model.features ? "with superposition" : "without superposition";
  const { centres } = analysis.clusters as Clusters;
  return { title: `${kind}: d = ${model.features}, h = ${model.hidden}`, weights, centres };
}

function isLossRecords(metrics: readonly MetricsRow[]): metrics is (MetricsRow & LossRecord)[] {
  return metrics.length > 0 && "on" in metrics[0];
}

/**
 * Draws every figure of a run.
 *
 * @returns the figures drawn, in the order of the page
 */
export async function drawRun(run: Run): Promise<Figure[]> {
  const material = await readMaterial(run);
  const figures = drawings.flatMap((draw) => draw(material) ?? []);
  for (const figure of figures) await run.write(`figures/${figure.name}.svg`, renderFigure(figure));
  return figures;
}
