/** What there is to draw of a run, read from its directory alone. */
import { dirname, join } from "node:path";
import type { Clusters } from "../../analysis/clusters/clusters.ts";
import type { SignMatrix } from "../../analysis/signs/sign_matrix.ts";
import { extractSigns } from "../../analysis/signs/signs.ts";
import { denoiserWeights, isDenoiser } from "../../analysis/report/denoiser_weights.ts";
import { type Analysis, readAnalysis } from "../../analysis/report/analysis.ts";
import type { Config } from "../../models/experiment/config.ts";
import { FailureError, UsageError } from "../../models/errors.ts";
import type { MetricsRow } from "../../models/run/metrics.ts";
import { openRun, type Run } from "../../models/run/run.ts";
import { runFiles } from "../../models/run/run_folder.ts";
import { readSnapshots, type Snapshots } from "../../models/run/snapshots.ts";
import type { TrainedNetwork } from "../../models/network/trained_network.ts";
import type { Weights } from "../../models/network/network_weights.ts";

/** What the sections of an analysis found: the clusters at least, which every figure needs. */
export type Findings = Analysis & { readonly clusters: Clusters };

/** A run of any network, with what its figures may show where it has no weight pairs. */
export interface AnyMaterial {
  /** How it was trained. */
  readonly config: Config;
  /** What was measured on it. */
  readonly analysis: Analysis;
  /** The log of the training. */
  readonly metrics: readonly MetricsRow[];
}

/** A network at the end of its training. */
export interface Network {
  /** How it was trained. */
  readonly config: Config;
  /** At the end. */
  readonly weights: Weights;
  /** What was measured on it. */
  readonly analysis: Findings;
}

/** A run, with all that its figures show. */
export interface Material extends Network, TrainedNetwork {
  /** S, as the clusters' threshold gives it. */
  readonly signs: SignMatrix;
  /** The log of the training. */
  readonly metrics: readonly MetricsRow[];
  /** Followed pairs while training, if the run kept them. */
  readonly snapshots: Snapshots | undefined;
  /** The network trained beside this one, if it is there. */
  readonly pair: Network | undefined;
}

/**
 * Reads a run of any network: one of an encoder and a decoder as `readMaterial` does. See {@linkcode drawRun}.
 *
 * @throws {UsageError} if it has no weights or no analysis yet
 * @throws {FailureError} if one of its files is damaged
 */
export async function readAnyMaterial(run: Run): Promise<Material | AnyMaterial> {
  const config = await run.readConfig();
  if (isDenoiser(config)) return await readMaterial(run);
  return { config, analysis: await readAnalysis(run), metrics: await run.readMetrics() };
}

/**
 * Reads a run of an encoder and a decoder. See {@linkcode drawRun}.
 *
 * @throws {UsageError} if it has no weights or no analysis yet
 * @throws {FailureError} if one of its files is damaged
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
  const config = await run.readConfig();
  const weights = await denoiserWeights(run, config);
  const analysis = await readAnalysis(run);
  const { clusters } = analysis;
  if (clusters === undefined) {
    throw new UsageError(`${run.path} has no clusters in ${runFiles.analysis} yet: measure them first.`);
  }
  return { config, weights, analysis: { ...analysis, clusters } };
}

/** The pair, if it is there and whole: a run is drawn whatever became of its pair. */
async function readPair(path: string): Promise<Network | undefined> {
  try {
    return await readNetwork(await openRun(path));
  } catch (error) {
    if (error instanceof UsageError || error instanceof FailureError) return undefined;
    throw error;
  }
}
