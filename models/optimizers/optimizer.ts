import type { OptionsSchema } from "../options_schema.ts";
import type { KeySequence } from "../graph/counted_random_ops.ts";
import type { TensorRecord } from "../graph/loop.ts";
import type { Tensor } from "../graph/tensor.ts";

/** What an optimiser is told of one parameter in one step. */
export interface Step<Options> {
  /** Its value before the step. */
  readonly parameter: Tensor;
  /** That of the objective, of the parameter's shape. */
  readonly gradient: Tensor;
  /** What it remembers of the parameter, by the names of `Optimizer.slots`. */
  readonly slots: TensorRecord;
  /** The numbers of `Optimizer.coefficients`, as scalars. */
  readonly coefficients: TensorRecord;
  /** What the experiment says. */
  readonly options: Options;
  /** Keys for random numbers of its own, the same ones in every step: it counts the steps to draw others. */
  readonly nextKey: KeySequence;
}

/** A parameter after a step, with its slots. */
export interface Update {
  /** Its value after the step. */
  readonly parameter: Tensor;
  /** What is remembered of it, by the same names. */
  readonly slots: TensorRecord;
}

/** An optimiser: what it remembers of each parameter, and how it moves one. */
export interface Optimizer<Options = object> {
  /** The keys that it adds to `optimizer` in an experiment. */
  readonly options: OptionsSchema<Options>;
  /** Names of the tensors kept for each parameter; each has its shape and starts at zero. */
  readonly slots: readonly string[];
  /**
   * The numbers of a step that do not depend on the weights. They are worked out here in double precision and reach the
   * graph as scalars.
   *
   * @param step counts from 1
   */
  coefficients(step: number, learningRate: number, options: Options): Record<string, number>;
  /** Writes the update of one parameter. */
  update(step: Step<Options>): Update;
}
