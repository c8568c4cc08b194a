/** What there is to draw of a network in memory. It asks for no runtime, so that a page can be drawn without one. */
import { clustersOf } from "../../analysis/clusters/clusters.ts";
import type { Analysis } from "../../analysis/report/analysis.ts";
import { analysisVersion } from "../../analysis/report/analysis_version.ts";
import { extractSigns } from "../../analysis/signs/signs.ts";
import type { TrainedNetwork } from "../../models/network/trained_network.ts";
import type { Material, Network } from "./figure_material.ts";

/** A network as a chart takes it: what `train` gives, what `analyse` adds to that, or what `readMaterial` reads. */
export interface Drawable extends TrainedNetwork, Partial<Pick<Material, "signs" | "snapshots">> {
  /** What was measured. @default the clusters */
  readonly analysis?: Analysis;
  /** The network that is shown beside it. @default none */
  readonly pair?: TrainedNetwork | Network;
}

/** A network in memory as its charts see it, with its clusters and signs, which every chart may ask for. */
export function materialOf({ pair, signs, snapshots, ...run }: Drawable): Material {
  const network = withClusters(run);
  return {
    ...run,
    ...network,
    signs: signs ?? extractSigns(run.weights, network.analysis.clusters),
    snapshots,
    pair: pair && withClusters(pair),
  };
}

function withClusters(network: Pick<Drawable, "config" | "weights" | "analysis">): Network {
  const { config, weights, analysis = { version: analysisVersion } } = network;
  return { config, weights, analysis: { ...analysis, clusters: analysis.clusters ?? clustersOf(weights) } };
}
