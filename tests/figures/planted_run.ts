/** A whole run directory with known weights, for the tests of pages and movies. */
import { join } from "node:path";
import { findClusters } from "../../analysis/clusters/clusters.ts";
import { analysisVersion } from "../../analysis/report/analysis_version.ts";
import { extractSigns, signStructure } from "../../analysis/signs/signs.ts";
import { parseConfig } from "../../models/experiment/config.ts";
import { createRun } from "../../models/run/create_run.ts";
import type { Run } from "../../models/run/run.ts";
import { emptySnapshots, type Snapshots, writeSnapshots } from "../../models/run/snapshots.ts";
import { plantedWeights } from "./planted.ts";

const steps = [1, 10, 100, 400];

/** Makes a run of d = 64, h = 32 whose weights grow linearly to their planted values over four snapshots. */
export async function plantedRun(folder: string, name: string, seed = 1, pair?: string): Promise<Run> {
  const config = parseConfig({
    name,
    pair,
    description: `Planted weights <${seed}> & more.`,
    model: { features: 64, hidden: 32 },
    training: { steps: 400, batch: 64, seed },
  }, "planted");
  const run = await createRun(join(folder, name), config);
  const weights = plantedWeights({ features: 64, hidden: 32, density: 0.05, seed });
  await run.writeWeights(weights);
  const clusters = findClusters(weights);
  const signs = signStructure(weights, extractSigns(weights, clusters));
  await run.writeAnalysis({
    version: analysisVersion,
    loss: { heldOut: { objective: 7.5 + seed, standardError: 0.01, data: 7 }, samples: 1000 },
    clusters,
    signs,
  });
  await run.appendMetrics(
    steps.map((step) => ({ step, objective: 400 / step, on: 2 / step, off: 1 / step, learningRate: 0.02 })),
  );
  await writeSnapshots(run, plantedSnapshots(emptySnapshots(config), weights));
  return run;
}

/** Frames at a tenth, a quarter, a half and the whole of the way. */
export function plantedSnapshots(
  { pairs }: Pick<Snapshots, "pairs">,
  { encoder, decoder }: { encoder: Float32Array; decoder: Float32Array },
): Snapshots {
  const frames = (weights: Float32Array) =>
    [0.01, 0.25, 0.5, 1].map((part) => Float32Array.from(pairs, (pair) => part * weights[pair]));
  return { pairs, steps, encoder: frames(encoder), decoder: frames(decoder) };
}
