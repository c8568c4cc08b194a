/** What the statistics of S and its null models are called. */
import type { GraphStatistics } from "./graph_statistics.ts";
import type { NullName } from "./random_graph.ts";

/** The statistics as tables and figures name them. */
export const statisticNames: Readonly<Record<keyof GraphStatistics, string>> = {
  featureDegreeVariance: "variance of feature degrees",
  neuronDegreeVariance: "variance of neuron degrees",
  featurePairsSharingTwo: "feature pairs sharing ≥ 2 neurons",
  neuronPairsSharingTwo: "neuron pairs sharing ≥ 2 features",
  fourCycles: "4-cycles",
  frustration: "frustrated fraction of 4-cycles",
  assortativity: "degree assortativity",
  neuronSignCorrelation: "sign correlation within neurons",
  signedSingularValue: "largest singular value of S",
  supportSingularValue: "largest singular value of |S| − p",
  overlapVariance: "variance of feature overlaps",
};

/** The null models as tables and figures name them. */
export const nullNames: Readonly<Record<NullName, string>> = {
  iid: "iid",
  rowSign: "one sign a neuron",
  fixedDegree: "fixed degrees",
};
