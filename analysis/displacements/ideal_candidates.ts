/** Candidates for the ideal configuration, and a shuffled S as control: which of them predicts the displacements? */
import type { Weights } from "../../models/network/network_weights.ts";
import { type RandomStream, randomStream } from "../../models/random.ts";
import { type Agreement, agreementOf } from "../statistics/agreement.ts";
import { clusterKinds } from "./cluster_names.ts";
import { type ByCluster, byCluster, foldedValues, pairsByRegion } from "./displacement_clusters.ts";
import { atClassCentres, type CornerClass, displacementsWithin, roundedEncoder } from "./ideal_configuration.ts";
import { fixedDegreeSigns } from "../random_graph/null_models.ts";
import type { SampledGradient } from "../derivatives/sampled_gradient.ts";
import { type SignMatrix, signMatrix } from "../signs/sign_matrix.ts";
import { scaled, type WeightVector } from "../derivatives/weight_vector.ts";

/** An encoder that is made of S, with the decoder that is optimal for it. */
export interface IdealCandidate {
  /** How the encoder is made. */
  readonly name: "class centres" | "one amplitude" | "shuffled S";
  /** The mean over samples. */
  readonly objective: number;
  /**
   * With the learned displacements. Encoder: of the force on it, −∂L/∂E; decoder: of its displacements from the centres of
   * its classes. No displacement of the encoder enters.
   */
  readonly agreement: ByCluster<Agreement>;
}

/** What the candidates are made from and measured with. */
export interface CandidateSubject {
  /** The learned weights. */
  readonly weights: Weights;
  /** S. */
  readonly signs: SignMatrix;
  /** The centres of its classes. */
  readonly classes: readonly CornerClass[];
  /** The encoder at the class centres and the decoder that is optimal for it. */
  readonly ideal: WeightVector;
  /** Displacements of the learned weights within their classes. */
  readonly learned: WeightVector;
  /** The decoder that is optimal for an encoder. */
  readonly bestDecoder: (encoder: Float32Array) => Promise<Float32Array>;
  /** The gradient at given weights, on the same samples for all. */
  readonly gradientAt: (weights: WeightVector) => Promise<SampledGradient>;
  readonly seed: number;
}

/**
 * Measures what each candidate predicts without any displacement of the encoder.
 *
 * The control is an S with the same degrees whose edges are swapped and whose signs are drawn at random: it must predict
 * nothing. Its zeros are compared with the same pairs of S, where both have one, its nonzeros with those of the same feature.
 */
export async function idealCandidates(subject: CandidateSubject): Promise<readonly IdealCandidate[]> {
  const { weights, signs, classes, ideal, learned, bestDecoder, gradientAt, seed } = subject;
  const shuffled = shuffledSigns(signs, randomStream(seed, "pinning-control"));
  const withBestDecoder = async (encoder: Float32Array) => ({ encoder, decoder: await bestDecoder(encoder) });
  const candidates = [
    ["class centres", signs, ideal],
    ["one amplitude", signs, await withBestDecoder(roundedEncoder(weights, signs))],
    ["shuffled S", shuffled, await withBestDecoder(atClassCentres(shuffled, classes).encoder)],
  ] as const;
  const found: IdealCandidate[] = [];
  for (const [name, matrix, at] of candidates) {
    const { objective, gradient } = await gradientAt(at);
    const predicted = {
      encoder: displacementsWithin(scaled(-1, gradient), matrix).encoder,
      decoder: displacementsWithin(at, matrix).decoder,
    };
    found.push({ name, objective, agreement: agreementAcross(predicted, matrix, learned, signs) });
  }
  return found;
}

/** Which of the two candidates made from S predicts more. */
export interface BetterCandidate {
  /** Null where not all clusters agree. */
  readonly name: "class centres" | "one amplitude" | null;
  /** The largest difference of their correlations in any cluster. */
  readonly difference: number;
}

/** Compares the class centres with one amplitude. */
export function betterCandidate(candidates: readonly IdealCandidate[]): BetterCandidate {
  const [classes, rounded] = (["class centres", "one amplitude"] as const).map((wanted) =>
    candidates.find(({ name }) => name === wanted)!.agreement
  );
  const gains = clusterKinds.map(([matrix, region]) =>
    classes[matrix][region].correlation - rounded[matrix][region].correlation
  );
  const name = gains.every((gain) => gain > 0)
    ? "class centres"
    : gains.every((gain) => gain < 0)
    ? "one amplitude"
    : null;
  return { name, difference: Math.max(...gains.map(Math.abs)) };
}

/** The same degrees and nothing else: the swaps alone would leave every neuron its signs, whose bias is a part of the field. */
function shuffledSigns(matrix: SignMatrix, random: RandomStream): SignMatrix {
  const swapped = fixedDegreeSigns(matrix, random);
  const entries = swapped.entries.map((sign) => random.uniform() < 0.5 ? -sign : sign);
  return signMatrix(swapped.features, swapped.hidden, entries);
}

/** Agreement of vectors that belong to two matrices of the same degrees. */
function agreementAcross(
  predicted: WeightVector,
  from: SignMatrix,
  learned: WeightVector,
  signs: SignMatrix,
): ByCluster<Agreement> {
  const { centre } = pairsByRegion(signs);
  const shared = centre.filter((pair) => from.entries[pair] === 0);
  // Nonzeros are listed feature by feature, as many for each in both: the order pairs them within a feature.
  const [predictedValues, learnedValues] = [foldedValues(predicted, from), foldedValues(learned, signs)];
  return byCluster((matrix, region) => {
    if (region === "corner") return agreementOf(predictedValues[matrix].corner, learnedValues[matrix].corner);
    const valuesOf = (vector: WeightVector) => Float32Array.from(shared, (pair) => vector[matrix][pair]);
    return agreementOf(valuesOf(predicted), valuesOf(learned));
  });
}
