/**
 * First and second derivatives of the objective, averaged over fresh samples of the task: what a theory of the
 * minimum near given weights is made of. All sums run inside ONNX Runtime.
 */
import type { Config } from "../models/config.ts";
import { type Batch } from "../models/data.ts";
import { concatenate, gather, reshape } from "../models/graph/layout.ts";
import { add, multiply, negate } from "../models/graph/elementwise.ts";
import { gradient, hessianVectorProduct } from "../models/graph/gradients.ts";
import { loop } from "../models/graph/loop.ts";
import { randomNormal } from "../models/graph/random.ts";
import { serialize } from "../models/graph/serialize.ts";
import { input, type Tensor } from "../models/graph/tensor.ts";
import { lossForm, objectiveOf } from "../models/objective.ts";
import { randomStream } from "../models/random.ts";
import { runOnce } from "../models/runtime/session.ts";
import { seedSequence } from "../models/training_graph.ts";

/** A value for every weight, feature-major [d, h] both: a gradient, a displacement, a direction. */
export interface WeightVector {
  readonly encoder: Float32Array;
  readonly decoder: Float32Array;
}

/** Which samples the averages run over. */
export interface SampleSet {
  /** Least number of samples; rounded up to whole batches. */
  readonly samples: number;
  /** The same seed gives the same samples for the same number. */
  readonly seed: number;
}

/** Derivatives on one fixed set of samples. */
export interface SampledDerivatives {
  /** Samples in the set. */
  readonly samples: number;
  /** The mean objective and its gradient. */
  gradient(weights: WeightVector): Promise<{ objective: number; gradient: WeightVector }>;
  /** The Hessian of the mean objective times a direction. */
  hessianProduct(weights: WeightVector, direction: WeightVector): Promise<WeightVector>;
}

/** Samples of one iteration: enough that the Gram matrix, formed anew each time, costs little beside them. */
const batchSize = 4096;

/**
 * The objective's derivatives on a fixed set of samples: every call sees the same ones (common random numbers), so that
 * what an iterative solver multiplies by is one symmetric matrix.
 *
 * ONNX Runtime's random nodes go on where the last run of a session stopped; the models are therefore loaded anew for
 * each call, which takes milliseconds.
 */
export function sampledDerivatives(config: Config, { samples, seed }: SampleSet): SampledDerivatives {
  const { model: { features, hidden } } = config;
  const shape = [features, hidden];
  const batches = Math.ceil(samples / batchSize);
  const matrix = (name: string) => input(name, "float32", shape);
  const form = lossForm(config, { batch: batchSize, vectors: batchSize });

  /** Sums over the batches of what `write` makes of the objective on one of them, divided by their number. */
  function averaged(name: string, inputs: Record<string, Tensor>, write: (objective: Tensor) => Tensor[]): Uint8Array {
    const nextSeed = seedSequence(seed, "derivatives");
    const supports = input("supports", "int64", [batches, batchSize / 2, config.task.support]);
    const parameters = { encoder: inputs.encoder, decoder: inputs.decoder };
    const zero = input("zero", "float32", []);
    const start = { encoder: zeros(inputs.encoder, zero), decoder: zeros(inputs.decoder, zero), objective: zero };
    const { state } = loop(batches, start, (sum, iteration) => {
      const { objective } = objectiveOf(
        config,
        form,
        parameters,
        antitheticBatch(config, gather(supports, iteration), nextSeed),
      );
      const [encoder, decoder] = write(objective);
      return {
        next: {
          encoder: add(sum.encoder, encoder),
          decoder: add(sum.decoder, decoder),
          objective: add(sum.objective, objective),
        },
        record: {},
      };
    });
    const outputs = Object.fromEntries(
      Object.entries(state).map(([key, value]) => [`mean.${key}`, multiply(value, 1 / batches)]),
    );
    return serialize({ name, inputs: { ...inputs, supports, zero }, outputs });
  }

  const parameters = { encoder: matrix("encoder"), decoder: matrix("decoder") };
  const both = [parameters.encoder, parameters.decoder];
  const direction = { encoder: matrix("direction.encoder"), decoder: matrix("direction.decoder") };
  const gradientModel = averaged("gradient", parameters, (objective) => gradient(objective, both));
  const productModel = averaged(
    "hessian-product",
    { ...parameters, "direction.encoder": direction.encoder, "direction.decoder": direction.decoder },
    (objective) => hessianVectorProduct(objective, both, [direction.encoder, direction.decoder]),
  );
  const zero = { data: Float32Array.of(0), shape: [] };
  const supports = {
    data: balancedSupports(features, config.task.support, batches * batchSize / 2, seed),
    shape: [batches, batchSize / 2, config.task.support],
  };
  const inputsOf = (weights: WeightVector) => ({
    encoder: { data: weights.encoder, shape },
    decoder: { data: weights.decoder, shape },
    zero,
    supports,
  });
  return {
    samples: batches * batchSize,
    async gradient(weights) {
      const outputs = await runOnce(gradientModel, inputsOf(weights));
      const array = (name: string) => outputs[`mean.${name}`].data as Float32Array;
      return {
        objective: array("objective")[0],
        gradient: { encoder: array("encoder"), decoder: array("decoder") },
      };
    },
    async hessianProduct(weights, along) {
      const outputs = await runOnce(productModel, {
        ...inputsOf(weights),
        "direction.encoder": { data: along.encoder, shape },
        "direction.decoder": { data: along.decoder, shape },
      });
      const array = (name: string) => outputs[`mean.${name}`].data as Float32Array;
      return { encoder: array("encoder"), decoder: array("decoder") };
    },
  };
}

function zeros(like: Tensor, zero: Tensor): Tensor {
  return multiply(like, zero);
}

/** Noise vectors in pairs ±ξ: every moment of odd order in ξ, most of the sampling error of a gradient, cancels. */
function antitheticBatch(
  { model: { features }, task: { support, noiseVariance } }: Config,
  supports: Tensor,
  nextSeed: () => number,
): Batch {
  const noise = randomNormal("float32", [batchSize / 2, features], Math.sqrt(noiseVariance), nextSeed);
  return {
    support: reshape(concatenate([supports, supports], 0), [batchSize, support]),
    noise: concatenate([noise, negate(noise)], 0),
  };
}

function balancedSupports(features: number, support: number, count: number, seed: number): BigInt64Array {
  const { integer } = randomStream(seed, "supports");
  const result = new BigInt64Array(count * support);
  const label = Array.from({ length: features }, (_, i) => i);
  const shuffle = (x: number[]) => {
    for (let i = x.length - 1; i > 0; i--) {
      const j = integer(i + 1);
      const t = x[i];
      x[i] = x[j];
      x[j] = t;
    }
  };
  let shifts: number[] = [];
  for (let place = 0; place < count;) {
    if (shifts.length === 0) {
      shuffle(label);
      shifts = Array.from({ length: features >> 1 }, (_, i) => i + 1);
      shuffle(shifts);
    }
    const s = [0, shifts.pop()!];
    for (let i = 0; i < features && place < count; i++, place++) {
      s.forEach((shift, m) => result[place * support + m] = BigInt(label[(i + shift) % features]));
    }
  }
  return result;
}
