/** What there is to draw of a run, read from its directory alone. */
import { dirname, join } from "node:path";
import type { Clusters } from "../../analysis/clusters/clusters.ts";
import type { SignMatrix } from "../../analysis/signs/sign_matrix.ts";
import { extractSigns } from "../../analysis/signs/signs.ts";
import type { Analysis } from "../../analysis/report/summary.ts";
import type { Config } from "../../models/experiment/config.ts";
import { UsageError } from "../../models/errors.ts";
import type { MetricsRow } from "../../models/run/metrics.ts";
import { openRun, type Run } from "../../models/run/run.ts";
import { runFiles } from "../../models/run/run_folder.ts";
import { readSnapshots, type Snapshots } from "../../models/run/snapshots.ts";
import type { Weights } from "../../models/network/weights.ts";

/** A network at the end of its training. */
export interface Network {
  readonly config: Config;
  readonly weights: Weights;
  readonly analysis: Analysis;
}

/** A run, with all that its figures show. */
export interface Material extends Network {
  readonly clusters: Clusters;
  /** S, as the clusters' threshold gives it. */
  readonly signs: SignMatrix;
  readonly metrics: readonly MetricsRow[];
  readonly snapshots: Snapshots | undefined;
  /** The network trained beside this one, if it is there. */
  readonly pair: Network | undefined;
}

/**
 * Reads a run.
 *
 * @throws {UsageError} if it has no weights or no analysis yet
 */
export async function readMaterial(run: Run): Promise<Material> {
  const network = await readNetwork(run);
  const { pair } = network.config;
  const clusters = network.analysis.clusters as Clusters;
  const snapshots = await run.has("snapshots.safetensors") ? await readSnapshots(run) : undefined;
  return {
    ...network,
    clusters,
    signs: extractSigns(network.weights, clusters),
    metrics: await run.readMetrics(),
    snapshots: snapshots === undefined || snapshots.steps.length === 0 ? undefined : snapshots,
    pair: pair === undefined ? undefined : await readPair(join(dirname(run.path), pair)),
  };
}

async function readNetwork(run: Run): Promise<Network> {
  const weights = await run.readWeights();
  const analysis = await run.readAnalysis() as Analysis;
  if (analysis.clusters === undefined) {
    throw new UsageError(
      `${run.path} has no clusters in ${runFiles.analysis} yet: measure them with deno task analyse.`,
    );
  }
  return { config: await run.readConfig(), weights, analysis };
}

async function readPair(path: string): Promise<Network | undefined> {
  const exists = await Deno.stat(join(path, runFiles.config)).then(() => true, () => false);
  if (!exists) return undefined;
  const run = await openRun(path);
  if (!await run.has(runFiles.weights) || !await run.has(runFiles.analysis)) return undefined;
  const { clusters } = await run.readAnalysis() as Analysis;
  return clusters === undefined ? undefined : await readNetwork(run);
}
