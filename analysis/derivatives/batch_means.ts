/** Means over the batches of a sample set, summed inside ONNX Runtime. */
import type { Config } from "../../models/experiment/config.ts";
import { add, multiply } from "../../models/graph/elementwise_ops.ts";
import { full, gather } from "../../models/graph/layout_ops.ts";
import { loop, type TensorRecord } from "../../models/graph/loop.ts";
import { type SeedSequence, seedSequence } from "../../models/graph/random_ops.ts";
import { serialize } from "../../models/graph/serialize.ts";
import { staticShape } from "../../models/graph/tensor_shape.ts";
import { input, type Tensor } from "../../models/graph/tensor.ts";
import { runOnce } from "../../models/runtime/session.ts";
import { batchesOf, drawSupports, type SampleSet } from "./sample_set.ts";

/** What is averaged. */
export interface BatchTerms<Name extends string> {
  /** Of the model. */
  readonly name: string;
  /** What the terms depend on beside the samples: weights, directions. */
  readonly inputs: TensorRecord;
  /** Shapes of the terms, float32 all. */
  readonly shapes: Readonly<Record<Name, readonly number[]>>;
  /** The terms of one batch, by its supports, int64 [n, k], and the seeds of its noise. */
  write(supports: Tensor, nextSeed: SeedSequence): Readonly<Record<Name, Tensor>>;
}

/** A mean over samples, as a function of what it depends on. */
export interface BatchMeans<Name extends string> {
  /** How many samples it runs over. */
  readonly samples: number;
  /** The means for given inputs; every call sees the same samples. */
  run(values: Readonly<Record<string, Float32Array>>): Promise<Record<Name, Float32Array>>;
}

/**
 * Sums over the batches of a sample set, divided by their number. A model is loaded anew for every call: ONNX Runtime's
 * random nodes go on where the last run of a session stopped, and loading takes milliseconds.
 */
export function batchMeans<Name extends string>(
  config: Config,
  { samples, seed, device }: SampleSet,
  terms: BatchTerms<Name>,
): BatchMeans<Name> {
  const batches = batchesOf(config, samples);
  const drawn = drawSupports(config, batches, seed);
  const model = meansModel(terms, input("supports", "int64", drawn.shape), seedSequence(seed, "derivatives"));
  return {
    samples: batches.samples,
    async run(values) {
      const given = mapValues(values, (data, name) => ({
        data,
        shape: staticShape("batchMeans", terms.inputs[name].shape),
      }));
      const means = await runOnce(model, { ...given, supports: drawn }, { device });
      return mapValues(terms.shapes, (_, name) => means[`mean.${name}`].data as Float32Array);
    },
  };
}

/** The model that goes through the batches, by their supports, int64 [batches, n, k]. */
function meansModel<Name extends string>(
  { name, inputs, shapes, write }: BatchTerms<Name>,
  supports: Tensor,
  nextSeed: SeedSequence,
): Uint8Array {
  const [batches] = staticShape("batchMeans", supports.shape);
  const zeros = mapValues(shapes, (shape) => full(0, "float32", shape));
  const { state } = loop(batches, zeros, (sums, iteration) => {
    const terms = write(gather(supports, iteration), nextSeed);
    return { next: mapValues(sums, (sum, name) => add(sum, terms[name])), record: {} };
  });
  // The names of weights are taken by inputs.
  const means = Object.entries<Tensor>(state).map(([name, sum]) => [`mean.${name}`, multiply(sum, 1 / batches)]);
  return serialize({ name, inputs: { ...inputs, supports }, outputs: Object.fromEntries(means) });
}

function mapValues<Name extends string, From, To>(
  record: Readonly<Record<Name, From>>,
  change: (value: From, name: Name) => To,
): Record<Name, To> {
  const entries = Object.entries(record) as [Name, From][];
  return Object.fromEntries(entries.map(([name, value]) => [name, change(value, name)])) as Record<Name, To>;
}
