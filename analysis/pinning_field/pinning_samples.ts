/**
 * The gradients and decoders that the analysis of a pinning field asks for: exact where that is known and affordable, else each purpose
 * with samples of its own.
 */
import type { Config } from "../../models/experiment/config.ts";
import { hashSeed } from "../../models/random.ts";
import type { Device } from "../../models/runtime/device.ts";
import { supportCount } from "../../models/training/exact/exact_supports.ts";
import { optimalDecoder } from "../decoder/optimal_decoder.ts";
import { exactGradient } from "../derivatives/exact_gradient.ts";
import { type SampledGradient, sampledGradient } from "../derivatives/sampled_gradient.ts";
import type { WeightVector } from "../derivatives/weight_vector.ts";

/** Which gradients are over all supports with the noise in closed form: all but those of candidates, that of the field alone, or none. */
export type ExactUse = "everywhere" | "field" | "nowhere";

/** A gradient, however it was come by. */
export type Slope = Pick<SampledGradient, "objective" | "gradient">;

/** How many samples, and which. */
export interface PinningSampling {
  /** Which gradients need none. */
  readonly exactGradients: ExactUse;
  /** Samples behind the gradient of a Newton step. */
  readonly samples: number;
  /** Samples behind the decoder of an encoder. */
  readonly hessianSamples: number;
  readonly seed: number;
  readonly device: Device;
}

/** Measurements on fresh samples. */
export interface PinningSamples {
  /** A part of the field at the ideal configuration; where it is exact, the whole of it each time. */
  fieldPart(at: WeightVector, samples: number, part: number): Promise<SampledGradient>;
  /** At a candidate for the ideal configuration, on the same samples for all. */
  atCandidate(at: WeightVector): Promise<SampledGradient>;
  /** Where a Newton step begins. */
  atStep(at: WeightVector, step: number): Promise<Slope>;
  /** Two independent halves at weights whose residual force is asked for, on the same samples for all; twice the same where it is exact. */
  halvesAt(at: WeightVector): Promise<readonly [Slope, Slope]>;
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
  { exactGradients, samples, hessianSamples, seed, device }: PinningSampling,
): PinningSamples {
  const { features, hidden } = config.model;
  const gradientAt = (at: WeightVector, label: number, count: number) =>
    sampledGradient(config, at, { samples: count, seed: hashSeed(seed, "pinning", "gradient", label), device });
  const exactAt = (at: WeightVector) => exactGradient(config, at, { device });
  const [one, other] = labels.halves;
  let field: Promise<Slope> | undefined;
  return {
    async fieldPart(at, count, part) {
      if (exactGradients === "nowhere") return await gradientAt(at, labels.fieldParts + part, count);
      field ??= exactAt(at);
      // What the noise exerts is told from the rest by samples.
      const { fromNoise } = await gradientAt(at, labels.fieldParts + part, Math.min(count, comparedShare * samples));
      return { ...await field, fromNoise, samples: supportCount(config) / 2 };
    },
    atCandidate: (at) => gradientAt(at, labels.candidates, comparedShare * samples),
    atStep: (at, step) => exactGradients === "everywhere" ? exactAt(at) : gradientAt(at, labels.steps + step, samples),
    async halvesAt(at) {
      if (exactGradients === "everywhere") {
        const both = await exactAt(at);
        return [both, both];
      }
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
