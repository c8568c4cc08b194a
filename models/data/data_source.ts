import type { TensorRecord } from "../graph/loop.ts";
import type { SeedSequence } from "../graph/random_ops.ts";
import type { OptionsSchema } from "../options_schema.ts";
import type { ConstantData } from "../graph/tensor.ts";
import type { Batch, SampledBatch } from "./batch.ts";

/** How many samples a step has, of how many features. */
export interface BatchSize {
  /** d. */
  readonly features: number;
  /** B. */
  readonly batch: number;
  /** R: samples that share one noise vector, where noise is drawn. */
  readonly supportsPerNoise: number;
  /** m: the width of the network's output. @default d */
  readonly outputs?: number;
}

/** Which steps are asked for: those with the numbers `first` … `first + count − 1`, counted from 0. */
export interface StepRange {
  /** Number of the first, from 0. */
  readonly first: number;
  /** How many. */
  readonly count: number;
}

/** An array with a row for each of some steps. */
export interface StepArray {
  /** Row after row. */
  readonly data: ConstantData;
  /** The extents of one step's row; the array has one axis more, in front. */
  readonly shape: readonly number[];
}

/** Where samples come from. */
export interface DataSource<Options = object> {
  /** The keys that it adds to `task` in an experiment. */
  readonly options: OptionsSchema<Options>;
  /** What y should be: x*, or functions of it, which each batch says as `wanted`. @default "input" */
  readonly wants?: "input" | "functions";
  /** What is wrong with options that are sound by themselves, for a batch of this size; undefined if nothing. */
  obstacle?(size: BatchSize, options: Options): { readonly key: string; readonly message: string } | undefined;
  /** The task, with its name, that draws samples which training has not seen. @default its own */
  fresh?(options: Options): { readonly name: string };
  /** What it hands to the graph for some steps, by name. The seed and a step's number fix its row. */
  inputs(size: BatchSize, options: Options, steps: StepRange, seed: number): Record<string, StepArray>;
  /**
   * Writes the samples of a step.
   *
   * @param inputs this step's rows of the inputs
   * @param nextSeed seeds for random nodes
   */
  draw(size: BatchSize, options: Options, inputs: TensorRecord, nextSeed: SeedSequence): Batch | SampledBatch;
}
