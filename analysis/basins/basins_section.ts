/** Whether the learned signs are special, by descent: the longest of the sections. */
import { isKHot } from "../../models/experiment/requirements.ts";
import type { Config } from "../../models/experiment/config.ts";
import { stepProductCost } from "../../models/training/objective.ts";
import { analyseBasins, basinDefaults, type BasinOptions, type Basins } from "./basins.ts";
import { basinsText } from "./basins_text.ts";
import { basinsVerdicts } from "./basins_verdicts.ts";
import { basinsSchema } from "./basins_schema.ts";
import type { Section } from "../report/section.ts";

/** What S is worth, by descent; null for another loss or where nothing has frozen. */
export const basinsSection: Section<Basins | null> = {
  title: "Basins",
  schema: basinsSchema,
  analyse({ config, weights, signs, device, report }) {
    if (config.loss.name !== "rebalanced" || !isKHot(config) || signs.edges === 0) return null;
    return analyseBasins(weights, config, signs, {
      ...budget(config),
      seed: config.training.seed,
      device,
      onDescent: (_, done, total) => report?.(`descent ${done} of ${total}`),
    });
  },
  trainingSteps(config) {
    // A descent, and three evaluations and two optimal decoders beside it that take about as long.
    const { draws, densities, steps } = { ...basinDefaults, ...budget(config) };
    return 2 * steps * (2 + 4 * draws + densities.length);
  },
  summarise(data) {
    return data === null
      ? "Known for the rebalanced loss on k-hot samples, and for weights that have frozen."
      : basinsText(data);
  },
  verdicts(data) {
    return data === null ? [] : basinsVerdicts(data);
  },
};

/** Operations of a training step above which the ladder is cut short. */
const largeStep = 1e10;

/** The full ladder where a training step is cheap; where it is not, fewer draws, densities and steps. */
function budget(config: Config): BasinOptions {
  return stepProductCost(config) <= largeStep ? {} : { draws: 2, densities: [2], steps: 200 };
}
