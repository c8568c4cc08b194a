/** The landscape of infinite data as a section. */
import type { Config } from "../../models/experiment/config.ts";
import { activations } from "../../models/network/activations/activations.ts";
import { exactCost } from "../../models/training/exact/exact_cost.ts";
import { exactObstacle } from "../../models/training/exact/exact_means.ts";
import { stepProductCost } from "../../models/training/objective.ts";
import type { Section, Subject } from "../report/section.ts";
import { analyseLandscape, type LandscapeData } from "./landscape.ts";
import { landscapePlan } from "./landscape_plan.ts";
import { landscapeSchema } from "./landscape_schema.ts";
import { landscapeText } from "./landscape_text.ts";
import { landscapeVerdicts } from "./landscape_verdicts.ts";
import { waypointsIn, waypointsInMemory } from "./waypoints.ts";

/** Minima of the exact objective, and the prediction of the displacements there; null where they are not known. */
export const landscapeSection: Section<LandscapeData | null> = {
  title: "Landscape",
  schema: landscapeSchema,
  analyse: measureLandscape,
  trainingSteps(config, device) {
    const { starts, stepsAsARule, trainings } = landscapePlan(config, device);
    const descents = starts.length * stepsAsARule * exactCost(config, "gradient") / stepProductCost(config);
    return Math.ceil(trainings * config.training.steps + descents);
  },
  summarise(data) {
    return data === null
      ? "The exact landscape is known of one or two features at a time, the rebalanced loss, odd and smooth activations, " +
        "and weights that have frozen."
      : landscapeText(data);
  },
  verdicts(data) {
    return data === null ? [] : landscapeVerdicts(data);
  },
};

async function measureLandscape(
  { config, weights, signs, device, folder, report = () => {} }: Subject,
): Promise<LandscapeData | null> {
  if (!isKnownFor(config) || signs.edges === 0) return null;
  return await analyseLandscape(weights, config, signs, {
    plan: landscapePlan(config, device),
    waypoints: folder === undefined ? waypointsInMemory() : waypointsIn(folder, config),
    seed: config.training.seed,
    device,
    report,
  });
}

function isKnownFor(config: Config): boolean {
  const { odd, smooth } = activations.get(config.model.activation);
  return exactObstacle(config) === undefined && odd && smooth;
}
