/** The lower-left blob of a one-sided network and the cloud that its pairs are coupled to, in numbers. */
import { activations } from "../../models/network/activations/activations.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import { type RandomStream, randomStream } from "../../models/random.ts";
import { neighbourhood } from "../pinning_field/local_theory.ts";
import type { Subject } from "../report/section.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import type { Estimate } from "../signs/signs.ts";
import { agreementOf, correlationError } from "../statistics/agreement.ts";
import { compareWithNull, type ComparisonWithNull } from "../statistics/null_comparison.ts";
import { blobsOf } from "./blobs.ts";
import { type Coupling, couplingsOf } from "./couplings.ts";
import { type Kept, shuffledPairs } from "./pair_shuffles.ts";
import { strataOf, type Stratification } from "./strata.ts";
import { particleDensities, type ParticleDensity } from "./two_particles.ts";

/** How many pairs of the blob close a rectangle with three pairs of the cloud. */
export interface Rectangles {
  /** How many zeros of S do. */
  readonly zeros: number;
  /** Share of the pairs of the blob. */
  readonly ofBlob: number;
  /** Share of the other zeros of S. */
  readonly ofOthers: number;
  /** The share of the blob beside shuffles of it. */
  readonly nulls: Readonly<Record<Kept, ComparisonWithNull>>;
}

/** Key `coupledPairs` of `analysis.json`. */
export interface CoupledPairsData {
  /** How many pairs lie where. */
  readonly blobs: {
    readonly cloud: number;
    readonly lowerLeft: number;
    /** Whether the lower-left blob is a peak of the density of its own; else it is all that lies beyond three widths. */
    readonly peak: boolean;
    /** As far to the upper right of the centre's middle, without the cloud. */
    readonly upperRight: number;
    readonly centre: number;
  };
  /** What partners tell of which pairs are in the lower-left blob; empty where it has too few. */
  readonly couplings: readonly Coupling[];
  /** The rectangles; null where the blob has too few pairs. */
  readonly rectangles: Rectangles | null;
  /** Correlation of the weights at zeros of S with S Sᵀ S, the number of rectangles that they close; error over features. */
  readonly overlap: { readonly encoder: Estimate; readonly decoder: Estimate };
  /** Densities of pairs of the blob with a partner; empty where too few have one. */
  readonly densities: readonly ParticleDensity[];
  /** Strata of the two blobs. */
  readonly strata: { readonly lowerLeft: readonly Stratification[]; readonly cloud: readonly Stratification[] };
}

const draws = 200;

/** A blob of fewer pairs is none: as many as the density of the clusters is averaged over. */
const smallestBlob = 25;

/** Measures coupled pairs; null for an odd activation, whose blobs are mirror images, or where no cloud has frozen. */
export function measureCoupledPairs({ config, weights, signs }: Subject): CoupledPairsData | null {
  const { model, training } = config;
  const cloud = signs.entries.reduce((count, sign) => count + Number(sign > 0), 0);
  if (activations.get(model.activation).odd || cloud < smallestBlob) return null;
  return coupledPairs(weights, signs, (...labels) => randomStream(training.seed, "coupled pairs", ...labels));
}

/**
 * Measures how the lower-left blob hangs together with the cloud.
 *
 * @param signs S with at least one nonzero
 * @param randomOf a stream for each use
 */
export function coupledPairs(
  weights: Weights,
  signs: SignMatrix,
  randomOf: (...labels: string[]) => RandomStream,
): CoupledPairsData {
  const { entries } = signs;
  const { cloud, lowerLeft, peak, upperRight } = blobsOf(weights, signs);
  const { overlap } = neighbourhood(signs);
  const enough = lowerLeft.length >= smallestBlob;
  return {
    blobs: {
      cloud: cloud.length,
      lowerLeft: lowerLeft.length,
      peak,
      upperRight: upperRight.length,
      centre: entries.length - cloud.length - lowerLeft.length - upperRight.length,
    },
    couplings: enough ? couplingsOf(signs, overlap, lowerLeft, (kept) => randomOf("couplings", kept)) : [],
    rectangles: enough ? rectanglesOf(signs, overlap, lowerLeft, (kept) => randomOf("rectangles", kept)) : null,
    overlap: overlapCorrelations(weights, signs, overlap),
    densities: particleDensities(weights, signs, lowerLeft, (use) => randomOf("densities", use)),
    strata: {
      lowerLeft: enough ? strataOf(weights, signs, overlap, lowerLeft, randomOf("strata", "lower left")) : [],
      cloud: strataOf(weights, signs, overlap, cloud, randomOf("strata", "cloud")),
    },
  };
}

function rectanglesOf(
  signs: SignMatrix,
  walks: Float32Array,
  blob: Int32Array,
  randomOf: (kept: Kept) => RandomStream,
): Rectangles {
  const closing = (pairs: Int32Array) => pairs.reduce((sum, pair) => sum + Number(walks[pair] > 0), 0);
  const [zeros, all] = signs.entries.reduce(
    ([zeros, all], sign, pair) => sign > 0 ? [zeros, all] : [zeros + 1, all + Number(walks[pair] > 0)],
    [0, 0],
  );
  const inside = closing(blob);
  const beside = (kept: Kept) =>
    compareWithNull(
      inside / blob.length,
      Array.from(shuffledPairs(signs, blob, kept, draws, randomOf(kept)), (set) => closing(set) / blob.length),
    );
  return {
    zeros: all,
    ofBlob: inside / blob.length,
    ofOthers: (all - inside) / (zeros - blob.length),
    nulls: { rows: beside("rows"), columns: beside("columns"), both: beside("both") },
  };
}

function overlapCorrelations({ encoder, decoder }: Weights, { entries, hidden }: SignMatrix, walks: Float32Array) {
  const zeros = Array.from(entries.keys()).filter((pair) => entries[pair] <= 0);
  const at = (values: Float32Array) => Float32Array.from(zeros, (pair) => values[pair]);
  const features = zeros.map((pair) => Math.floor(pair / hidden));
  const correlation = (matrix: Float32Array): Estimate => {
    const { correlation: value } = agreementOf(at(walks), at(matrix));
    return { value, error: value === 0 ? 0 : correlationError(at(walks), at(matrix), features) };
  };
  return { encoder: correlation(encoder), decoder: correlation(decoder) };
}
