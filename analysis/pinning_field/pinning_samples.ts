/** The gradients and decoders that the analysis of a pinning field asks for, each purpose with samples of its own. */
import type { Config } from "../../models/experiment/config.ts";
import { hashSeed } from "../../models/random.ts";
import type { Device } from "../../models/runtime/device.ts";
import { optimalDecoder } from "../decoder/optimal_decoder.ts";
import { type SampledGradient, sampledGradient } from "../derivatives/sampled_gradient.ts";
import type { WeightVector } from "../derivatives/weight_vector.ts";

/** How many samples, and which. */
export interface PinningSampling {
  /** Samples behind the gradient of a Newton step. */
  readonly samples: number;
  /** Samples behind the decoder of an encoder. */
  readonly hessianSamples: number;
  readonly seed: number;
  readonly device: Device;
}

/** Measurements on fresh samples. */
export interface PinningSamples {
  /** A part of the field at the ideal configuration. */
  fieldPart(at: WeightVector, samples: number, part: number): Promise<SampledGradient>;
  /** At a candidate for the ideal configuration, on the same samples for all. */
  atCandidate(at: WeightVector): Promise<SampledGradient>;
  /** Where a Newton step begins. */
  atStep(at: WeightVector, step: number): Promise<SampledGradient>;
  /** Two independent halves at weights whose residual force is asked for, on the same samples for all. */
  halvesAt(at: WeightVector): Promise<readonly [SampledGradient, SampledGradient]>;
  /** The decoder that is optimal for an encoder. */
  bestDecoder(encoder: Float32Array): Promise<Float32Array>;
}

/** Share of a step's samples that suffices for gradients that are compared with others on the same samples. */
export const comparedShare = 1 / 4;

/** What the seeds of the purposes are made from: no two share their samples. */
const labels = { halves: [3, 4], candidates: 5, steps: 10, fieldParts: 100 } as const;

/** The measurements for networks of one experiment. */
export function pinningSamples(
  config: Config,
  { samples, hessianSamples, seed, device }: PinningSampling,
): PinningSamples {
  const { features, hidden } = config.model;
  const gradientAt = (at: WeightVector, label: number, count: number) =>
    sampledGradient(config, at, { samples: count, seed: hashSeed(seed, "pinning", "gradient", label), device });
  const [one, other] = labels.halves;
  return {
    fieldPart: (at, count, part) => gradientAt(at, labels.fieldParts + part, count),
    atCandidate: (at) => gradientAt(at, labels.candidates, comparedShare * samples),
    atStep: (at, step) => gradientAt(at, labels.steps + step, samples),
    async halvesAt(at) {
      return [
        await gradientAt(at, one, comparedShare * samples),
        await gradientAt(at, other, comparedShare * samples),
      ];
    },
    async bestDecoder(encoder) {
      const options = { samples: hessianSamples, seed, device };
      return (await optimalDecoder({ features, hidden, encoder }, config, options)).decoder;
    },
  };
}
