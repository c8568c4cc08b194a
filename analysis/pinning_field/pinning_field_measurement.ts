/** The pinning field of a run at the precision that its device allows, with the shapes of what it explains and leaves. */
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import type { ByCluster } from "../displacements/displacement_clusters.ts";
import { type DisplacementSample, displacementSample } from "../displacements/displacement_sample.ts";
import type { Gaussianity } from "../statistics/gaussianity.ts";
import {
  analysePinningField,
  type PinningFieldData,
  pinningFieldDefaults,
  type PinningFieldOptions,
} from "./pinning_field.ts";
import { type DisplacementShapes, displacementShapes, residualGroups } from "../displacements/residuals.ts";
import type { Subject } from "../report/section.ts";
import { addScaled, type WeightVector } from "../derivatives/weight_vector.ts";

/** What the section keeps: the measurement, the shapes, and points for a figure. */
export interface PinningFieldSectionData extends PinningFieldData {
  /** Whether the network is too large for full precision on a CPU, so that samples and steps were cut. */
  readonly reduced: boolean;
  /** The learned and the predicted weights split into types. */
  readonly shapes: Readonly<Record<"learned" | "predicted", DisplacementShapes>>;
  /** By cluster: the field, the predicted displacements, and what the prediction leaves of the learned ones. */
  readonly clusters: Readonly<Record<"field" | "predicted" | "left", Readonly<Record<string, Gaussianity>>>>;
  readonly sample: ByCluster<DisplacementSample>;
}

/** Weight pairs above which a CPU would take hours at full precision. */
const largeNetwork = 2e6;

/** What a measurement takes as a rule: rounds for the field, products for a solve, and samples' worth of time for a product. */
const [roundsAsARule, productsAsARule, productCost] = [2, 7, 1.6];

/** Gradients beside those of the steps, at a quarter of the samples each: three candidates, and three residual forces in two halves. */
const otherGradients = 9 / 4;

function isReduced({ model: { features, hidden } }: Config, device: Device): boolean {
  return device !== "cuda" && features * hidden > largeNetwork;
}

/** The full precision where that takes minutes; a large network on a CPU gets one round for the field and fewer steps. */
function budget(config: Config, device: Device): PinningFieldOptions {
  if (!isReduced(config, device)) return {};
  const { model: { features }, training: { steps } } = config;
  return {
    fieldPrecision: { relativeError: 0.05, samplesPerRound: 512 * features, rounds: 1 },
    samples: 128 * features,
    newtonSteps: 3,
    continuedSteps: Math.ceil(steps / 8),
  };
}

/** Measures the field, the response to it, and the shapes of both; null where they are not defined. */
export async function measurePinningField(
  { weights, config, signs, device, report }: Subject,
): Promise<PinningFieldSectionData | null> {
  if (config.loss.name !== "rebalanced" || signs.edges === 0) return null;
  const { data, ideal, field, learned, predicted } = await analysePinningField(weights, config, signs, {
    ...budget(config, device),
    seed: config.training.seed,
    device,
    report,
  });
  const shapesByCluster = (vector: WeightVector) =>
    Object.fromEntries(residualGroups(vector, signs).map(({ name, values: _, ...shape }) => [name, shape]));
  return {
    ...data,
    reduced: isReduced(config, device),
    shapes: {
      learned: displacementShapes(weights, signs),
      predicted: displacementShapes(addScaled(ideal, 1, predicted), signs),
    },
    clusters: {
      field: shapesByCluster(field),
      predicted: shapesByCluster(predicted),
      left: shapesByCluster(addScaled(learned, -1, predicted)),
    },
    sample: displacementSample(predicted, learned, signs, { seed: config.training.seed }),
  };
}

/** About how many training steps last as long as `measurePinningField`. */
export function pinningFieldTrainingSteps(config: Config, device: Device): number {
  const { fieldPrecision, samples, hessianSamples, newtonSteps, continuedSteps } = {
    ...pinningFieldDefaults(config),
    ...budget(config, device),
  };
  const drawn = Math.min(roundsAsARule, fieldPrecision.rounds) * fieldPrecision.samplesPerRound +
    (newtonSteps + otherGradients) * samples +
    newtonSteps * productsAsARule * productCost * hessianSamples;
  return drawn / config.training.batch + 2 * continuedSteps;
}
