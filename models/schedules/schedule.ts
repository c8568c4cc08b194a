import type { OptionsSchema } from "../options_schema.ts";

/** How the learning rate moves over a training. */
export interface Schedule<Options = object> {
  /** The keys that it adds to `schedule` in an experiment. */
  readonly options: OptionsSchema<Options>;
  /**
   * The learning rate of a step.
   *
   * @param step counts from 1 to `steps`
   * @param peak the largest learning rate, `optimizer.learningRate`
   */
  rate(step: number, steps: number, peak: number, options: Options): number;
}
