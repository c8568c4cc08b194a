/** The pinning field of a run at the precision that its device allows, with the shapes of what it explains and leaves. */
import { isKHot } from "../../models/experiment/requirements.ts";
import type { Config } from "../../models/experiment/config.ts";
import { activations } from "../../models/network/activations/activations.ts";
import type { ByCluster } from "../displacements/displacement_clusters.ts";
import { type DisplacementSample, displacementSample } from "../displacements/displacement_sample.ts";
import type { Gaussianity } from "../statistics/gaussianity.ts";
import { analysePinningField, type PinningFieldData } from "./pinning_field.ts";
import { affordablePrecision, isReduced } from "./pinning_field_precision.ts";
import { type DisplacementShapes, displacementShapes, shapesByCluster } from "../displacements/residuals.ts";
import type { Subject } from "../report/section.ts";
import { addScaled } from "../derivatives/weight_vector.ts";

/** What the section keeps: the measurement, the shapes, and points for a figure. */
export interface PinningFieldSectionData extends PinningFieldData {
  /** Whether the network is too large for full precision on a CPU, so that samples and steps were cut. */
  readonly reduced: boolean;
  /** The learned and the predicted weights split into types. */
  readonly shapes: Readonly<Record<"learned" | "predicted", DisplacementShapes>>;
  /** By cluster: the field, the predicted displacements, and what the prediction leaves of the learned ones. */
  readonly clusters: Readonly<Record<"field" | "predicted" | "left", Readonly<Record<string, Gaussianity>>>>;
  /** Predicted and learned displacements of some weights. */
  readonly sample: ByCluster<DisplacementSample>;
}

/** Measures the field, the response to it, and the shapes of both; null where they are not defined. */
export async function measurePinningField(
  { weights, config, signs, device, report }: Subject,
): Promise<PinningFieldSectionData | null> {
  if (!isKnownFor(config) || signs.edges === 0) return null;
  const { data, ideal, field, learned, predicted } = await analysePinningField(weights, config, signs, {
    ...affordablePrecision(config, device),
    seed: config.training.seed,
    device,
    report,
  });
  return {
    ...data,
    reduced: isReduced(config, device),
    shapes: {
      learned: displacementShapes(weights, signs),
      predicted: displacementShapes(addScaled(ideal, 1, predicted), signs),
    },
    clusters: {
      field: shapesByCluster(field, signs),
      predicted: shapesByCluster(predicted, signs),
      left: shapesByCluster(addScaled(learned, -1, predicted), signs),
    },
    sample: displacementSample(predicted, learned, signs, { seed: config.training.seed }),
  };
}

function isKnownFor({ loss, task, model: { activation } }: Config): boolean {
  const { odd, smooth } = activations.get(activation);
  return loss.name === "rebalanced" && isKHot({ task }) && odd && smooth;
}
