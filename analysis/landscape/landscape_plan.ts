/** How carefully a landscape is measured, by what an exact gradient of its network costs. */
import type { Config } from "../../models/experiment/config.ts";
import { exactCost } from "../../models/training/exact/exact_cost.ts";
import type { Device } from "../../models/runtime/device.ts";
import type { StartName } from "./minima.ts";

/** What decides how long it takes. */
export interface LandscapePlan {
  /** Where descents begin; the learned weights first. */
  readonly starts: readonly StartName[];
  /** How many times its steps the training goes on before the descent from the learned weights. */
  readonly trainings: number;
  /** At which share of its learning rate. */
  readonly rateShare: number;
  /** Force, in units of the pinning field's, at which a descent ends. */
  readonly forceLeft: number;
  /** Steps at which a descent is given up. */
  readonly mostSteps: number;
  /** Steps that a descent takes as a rule, for time plans. */
  readonly stepsAsARule: number;
  /** Damped Newton steps from the class centres that are compared with the minimum. */
  readonly newtonSteps: number;
  /** Products with the exact Hessian for the smallest eigenvalues, at the most. */
  readonly products: number;
}

/** Full care, less, and least: by the largest cost of an exact gradient that each is for, on a CPU. */
const plans: readonly { readonly most: number; readonly plan: LandscapePlan }[] = [
  {
    most: 3e11,
    plan: {
      starts: ["learned", "classCentres", "oneAmplitude", "perturbed1", "perturbed2"],
      trainings: 10,
      rateShare: 0.3,
      forceLeft: 1e-4,
      mostSteps: 300,
      stepsAsARule: 100,
      newtonSteps: 10,
      products: 60,
    },
  },
  {
    most: 3e12,
    plan: {
      starts: ["learned", "classCentres", "perturbed1"],
      trainings: 10,
      rateShare: 0.3,
      forceLeft: 1e-4,
      mostSteps: 300,
      stepsAsARule: 100,
      newtonSteps: 10,
      products: 40,
    },
  },
  {
    most: Infinity,
    plan: {
      starts: ["learned", "classCentres"],
      trainings: 1,
      rateShare: 0.3,
      forceLeft: 1e-2,
      mostSteps: 40,
      stepsAsARule: 40,
      newtonSteps: 3,
      products: 20,
    },
  },
];

/** How much more a GPU does in the same time. */
const gpuSpeed = 50;

/** The care that takes minutes to an hour. See {@linkcode analyseLandscape}. */
export function landscapePlan(config: Config, device: Device): LandscapePlan {
  const cost = exactCost(config, "gradient") / (device === "cuda" ? gpuSpeed : 1);
  return plans.find(({ most }) => cost <= most)!.plan;
}
