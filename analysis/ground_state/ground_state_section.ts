/** Whether other signs than the learned ones are better: searches and designs. */
import { amplitudeOf } from "../displacements/ideal_configuration.ts";
import type { Section } from "../report/section.ts";
import { analyseGroundState, type GroundState, groundStateDefaults, isSignEnergyKnown } from "./ground_state.ts";
import { groundStateSchema } from "./ground_state_schema.ts";
import { groundStateText } from "./ground_state_text.ts";
import { groundStateVerdicts } from "./ground_state_verdicts.ts";

/** Descents: of five sign matrices, of the three of them that are searched once more, and of the learned weights. */
const DESCENTS = 9;
/** A move of a search lasts about as long as this many training steps of the same network; measured at `laptop`. */
const STEPS_PER_MOVE = 1;

/** The learned S beside designs and searches; null where the energy of an S is not known or nothing has frozen. */
export const groundStateSection: Section<GroundState | null> = {
  title: "Ground state",
  schema: groundStateSchema,
  analyse({ config, weights, signs, device, report }) {
    if (!isSignEnergyKnown(config) || signs.edges === 0) return null;
    return analyseGroundState(config, { ...weights, signs, amplitude: amplitudeOf(weights, signs) }, {
      seed: config.training.seed,
      device,
      report,
    });
  },
  trainingSteps() {
    const { moves, steps } = groundStateDefaults;
    return DESCENTS * steps + 3 * moves * STEPS_PER_MOVE;
  },
  summarise(data) {
    return data === null
      ? "Known for the rebalanced loss on 2-hot samples and odd φ, once weights have frozen."
      : groundStateText(data);
  },
  verdicts(data) {
    return data === null ? [] : groundStateVerdicts(data);
  },
};
