/** How well predicted values agree with learned ones, cluster by cluster. */
import { type Agreement, agreementOf } from "../statistics/agreement.ts";
import { type ByCluster, byCluster } from "./displacement_clusters.ts";

/** Compares folded values of the same weights, from `foldedValues`, in each kind of cluster. */
export function clusterAgreement(
  predicted: ByCluster<Float32Array>,
  learned: ByCluster<Float32Array>,
): ByCluster<Agreement> {
  return byCluster((matrix, region) => agreementOf(predicted[matrix][region], learned[matrix][region]));
}
