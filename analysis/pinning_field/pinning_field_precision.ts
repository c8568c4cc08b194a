/** How precisely a pinning field is measured, and about how long that takes. */
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import type { FieldPrecision } from "./field_statistics.ts";
import { comparedShare } from "./pinning_samples.ts";

/** What decides how long the analysis takes. */
export interface PinningFieldPrecision {
  /** How precise the field is to be. @default 6 rounds at most, until the error is 5 % of the spread; with k = 2 all pairs of features meet once a half and round. */
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
export function pinningFieldDefaults({ model: { features }, training }: Config): PinningFieldPrecision {
  return {
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

/** The full precision where that takes minutes; a large network on a CPU gets one round for the field and fewer steps. */
export function affordablePrecision(config: Config, device: Device): PinningFieldPrecision {
  const full = pinningFieldDefaults(config);
  if (!isReduced(config, device)) return full;
  const { model: { features }, training: { steps } } = config;
  return {
    ...full,
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

/** About how many training steps last as long as the measurement with `affordablePrecision`. */
export function pinningFieldTrainingSteps(config: Config, device: Device): number {
  const { fieldPrecision, samples, hessianSamples, newtonSteps, continuedSteps } = affordablePrecision(config, device);
  const drawn = Math.min(roundsAsARule, fieldPrecision.rounds) * fieldPrecision.samplesPerRound +
    (newtonSteps + otherGradients) * samples +
    newtonSteps * productsAsARule * productCost * hessianSamples;
  return drawn / config.training.batch + 2 * continuedSteps;
}
