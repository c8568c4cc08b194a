/** What there is to draw of a run, read from its directory alone. */
import { dirname, join } from "node:path";
import type { Basins } from "../../analysis/basins/basins.ts";
import type { Clusters } from "../../analysis/clusters/clusters.ts";
import type { DecoderData } from "../../analysis/decoder/decoder_comparison.ts";
import type { ResidualsData } from "../../analysis/displacements/residuals_section.ts";
import type { IsingData } from "../../analysis/frustration/ising_section.ts";
import type { MeanFieldData } from "../../analysis/mean_field/mean_field_section.ts";
import type { PinningFieldSectionData } from "../../analysis/pinning_field/pinning_field_measurement.ts";
import type { GraphCounts } from "../../analysis/random_graph/graph_counts.ts";
import type { RandomGraphTests } from "../../analysis/random_graph/random_graph.ts";
import type { SingularSpectrum } from "../../analysis/random_graph/singular_spectrum.ts";
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

/** What the sections of an analysis found, as far as figures show it; null where there was nothing to find. */
export type Findings = {
  readonly clusters: Clusters;
  readonly graphCounts?: GraphCounts | null;
  readonly randomGraph?: RandomGraphTests | null;
  readonly singularSpectrum?: SingularSpectrum | null;
  readonly decoder?: DecoderData | null;
  readonly meanField?: MeanFieldData | null;
  readonly basins?: Basins | null;
  readonly pinningField?: PinningFieldSectionData | null;
  readonly residuals?: ResidualsData;
  readonly ising?: IsingData;
};

/** A network at the end of its training. */
export interface Network {
  readonly config: Config;
  readonly weights: Weights;
  readonly analysis: Findings;
}

/** A run, with all that its figures show. */
export interface Material extends Network {
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
  const snapshots = await run.has("snapshots.safetensors") ? await readSnapshots(run) : undefined;
  return {
    ...network,
    signs: extractSigns(network.weights, network.analysis.clusters),
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
  return { config: await run.readConfig(), weights, analysis: analysis as Findings };
}

async function readPair(path: string): Promise<Network | undefined> {
  const exists = await Deno.stat(join(path, runFiles.config)).then(() => true, () => false);
  if (!exists) return undefined;
  const run = await openRun(path);
  if (!await run.has(runFiles.weights) || !await run.has(runFiles.analysis)) return undefined;
  const { clusters } = await run.readAnalysis() as Analysis;
  return clusters === undefined ? undefined : await readNetwork(run);
}
