/** How precisely a pinning field is measured, and about how long that takes. */
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import type { FieldPrecision } from "./field_statistics.ts";
import { exactCost } from "../../models/training/exact/exact_cost.ts";
import { exactObstacle } from "../../models/training/exact/exact_means.ts";
import { stepProductCost } from "../../models/training/objective.ts";
import { comparedShare, type ExactUse } from "./pinning_samples.ts";

/** What decides how long the analysis takes. */
export interface PinningFieldPrecision {
  /** Which gradients have no sampling error. @default everywhere, if the exact gradient is known */
  readonly exactGradients: ExactUse;
  /** How precise the field is to be where it is drawn. @default 6 rounds at most, until the error is 5 % of the spread; with k = 2 all pairs of features meet once a half and round. */
  readonly fieldPrecision: FieldPrecision;
  /** Samples behind the gradient of a Newton step. @default 512 for each feature */
  readonly samples: number;
  /** Samples behind the Hessian-vector products of one solve. @default 64 for each feature */
  readonly hessianSamples: number;
  /** Damped Newton steps. @default 5 */
  readonly newtonSteps: number;
  /** Steps of the continued training. @default a quarter of the training's */
  readonly continuedSteps: number;
}

/** Samples a feature of a round for the field at the most. */
const mostSamples = 8192;

/**
 * How precisely a pinning field is measured and answered unless something else is asked for.
 * See {@linkcode analysePinningField}.
 */
export function pinningFieldDefaults(config: Config): PinningFieldPrecision {
  const { model: { features }, training } = config;
  return {
    exactGradients: exactObstacle(config) === undefined ? "everywhere" : "nowhere",
    fieldPrecision: {
      relativeError: 0.05,
      samplesPerRound: Math.min(2 * (features - 1), mostSamples) * features,
      rounds: 6,
    },
    samples: 512 * features,
    hessianSamples: 64 * features,
    newtonSteps: 5,
    continuedSteps: Math.ceil(training.steps / 4),
  };
}

/** Weight pairs above which a CPU would take hours at full precision. */
const largeNetwork = 2e6;

/** Whether the precision is cut because the network is too large for the device. */
export function isReduced({ model: { features, hidden } }: Config, device: Device): boolean {
  return device !== "cuda" && features * hidden > largeNetwork;
}

/** The full precision where that takes minutes; a large network on a CPU gets samples for all but the field, and fewer steps. */
export function affordablePrecision(config: Config, device: Device): PinningFieldPrecision {
  const full = pinningFieldDefaults(config);
  if (!isReduced(config, device)) return full;
  const { model: { features }, training: { steps } } = config;
  return {
    ...full,
    exactGradients: full.exactGradients === "nowhere" ? "nowhere" : "field",
    fieldPrecision: { relativeError: 0.05, samplesPerRound: 512 * features, rounds: 1 },
    samples: 128 * features,
    newtonSteps: 3,
    continuedSteps: Math.ceil(steps / 8),
  };
}

/** What a measurement takes as a rule: rounds for the field, products for a solve, and samples' worth of time for a product. */
const [roundsAsARule, productsAsARule, productCost] = [2, 7, 1.6];

/** Gradients beside those of the steps, in units of theirs: three candidates, and three residual forces in two halves. */
const otherGradients = (3 + 2 * 3) * comparedShare;

/** Exact gradients beside those of the steps, where all are: that of the field, and three residual forces. */
const otherExact = 4;

/** About how many training steps last as long as the measurement with `affordablePrecision`. */
export function pinningFieldTrainingSteps(config: Config, device: Device): number {
  const { exactGradients, fieldPrecision, samples, hessianSamples, newtonSteps, continuedSteps } = affordablePrecision(
    config,
    device,
  );
  const ofField = Math.min(roundsAsARule, fieldPrecision.rounds) * fieldPrecision.samplesPerRound;
  const ofSteps = (newtonSteps + otherGradients) * samples;
  // What is exact leaves the candidates and the force of the noise to samples.
  const [drawn, exact] = {
    nowhere: [ofField + ofSteps, 0],
    field: [ofSteps, 1],
    everywhere: [otherGradients * samples, newtonSteps + otherExact],
  }[exactGradients];
  const ofHessian = newtonSteps * productsAsARule * productCost * hessianSamples;
  const exactSteps = exact === 0 ? 0 : exact * exactCost(config, "gradient") / stepProductCost(config);
  return (drawn + ofHessian) / config.training.batch + exactSteps + 2 * continuedSteps;
}
