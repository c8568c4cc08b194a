import { z } from "zod";
import { add, multiply, subtract } from "../graph/elementwise_ops.ts";
import { langevin, type LangevinOptions } from "./langevin.ts";
import type { Optimizer } from "./optimizer.ts";

/** The options of Langevin steps around a point. */
export interface LocalizedLangevinOptions extends LangevinOptions {
  /** Stiffness of the spring that pulls each weight back to where it began, in units of the objective. */
  readonly localization: number;
}

/**
 * Langevin steps on L + localization · ‖θ − θ₀‖² / 2, with θ₀ where the training began. They explore the surroundings of θ₀
 * even where L is flat. What is recorded as the objective is L.
 */
export const localizedLangevin: Optimizer<LocalizedLangevinOptions> = {
  options: z.strictObject({ ...langevin.options.shape, localization: z.number().nonnegative() }),
  // θ − θ₀: it starts at zero, as every slot does, so that θ₀ itself need not be kept.
  slots: ["displacement"],
  coefficients: langevin.coefficients,
  update(step) {
    const { parameter, slots: { displacement }, options: { localization } } = step;
    const gradient = add(step.gradient, multiply(displacement, localization));
    const { parameter: moved } = langevin.update({ ...step, parameter: displacement, gradient });
    return { parameter: add(parameter, subtract(moved, displacement)), slots: { displacement: moved } };
  },
};
