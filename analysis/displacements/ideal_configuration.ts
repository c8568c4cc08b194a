/** The ideal configuration w*(S): what the weights would be if only S and the degrees of its features mattered. */
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { addScaled, matrices, type WeightVector, zeroVector } from "../derivatives/weight_vector.ts";

/** Where the weights of one class sit. The centre is the class of the zeros of S; its position is the origin. */
export interface CornerClass {
  /** How many neurons the feature of these pairs sits on. */
  readonly degree: number;
  /** Number of pairs. */
  readonly pairs: number;
  /** Mean of E·S. */
  readonly encoder: number;
  /** Mean of D·S. */
  readonly decoder: number;
}

/** w* and the numbers that it is made of. */
export interface IdealConfiguration extends WeightVector {
  readonly classes: readonly CornerClass[];
}

/**
 * The ideal configuration by cluster centres: zeros of S at (0, 0), where every odd network has them on average, and a
 * nonzero at its sign times the mean of its class, the class being the degree of its feature.
 *
 * Two numbers for each degree are all that is taken from the weights.
 *
 * @param weights where the means come from
 * @param signs S
 */
export function classCentres(weights: WeightVector, signs: SignMatrix): IdealConfiguration {
  const { hidden, entries, featureDegrees } = signs;
  const sums = new Map<number, { pairs: number; encoder: number; decoder: number }>();
  for (let pair = 0; pair < entries.length; pair++) {
    if (entries[pair] === 0) continue;
    const degree = featureDegrees[Math.floor(pair / hidden)];
    const sum = sums.get(degree) ?? { pairs: 0, encoder: 0, decoder: 0 };
    sum.pairs++;
    sum.encoder += entries[pair] * weights.encoder[pair];
    sum.decoder += entries[pair] * weights.decoder[pair];
    sums.set(degree, sum);
  }
  const classes = [...sums]
    .map(([degree, { pairs, encoder, decoder }]) => ({
      degree,
      pairs,
      encoder: encoder / pairs,
      decoder: decoder / pairs,
    }))
    .sort((a, b) => a.degree - b.degree);
  return { classes, ...atClassCentres(signs, classes) };
}

/** The classes that hold a tenth of the corner pairs or more, and their shares. */
export function commonClasses(classes: readonly CornerClass[]): (CornerClass & { readonly share: number })[] {
  const total = classes.reduce((sum, { pairs }) => sum + pairs, 0);
  return classes.filter(({ pairs }) => pairs >= total / 10).map((own) => ({ ...own, share: own.pairs / total }));
}

/**
 * How far every weight is from the centre of its class, the centres being those of the same weights: the amplitudes of a
 * class drift as long as a training lasts, and are no displacement of any weight against the others.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { randomStream } from "../../models/random.ts";
 * import { iidSigns } from "../random_graph/null_models.ts";
 * import { regions } from "./displacement_clusters.ts";
 * import { displacementsWithin } from "./ideal_configuration.ts";
 * import { displacementShapes } from "./residuals.ts";
 * const random = randomStream(1);
 * const signs = iidSigns({ features: 64, hidden: 32, edges: 200 }, random);
 * const around = (amplitude: number) =>
 *   Float32Array.from(signs.entries, (sign) => amplitude * sign + 0.1 * random.normal());
 * const weights = { features: 64, hidden: 32, encoder: around(1.5), decoder: around(0.2) };
 * const { encoder } = displacementsWithin(weights, signs); // from the mean of all zeros, and of all nonzeros of a degree
 * assertAlmostEquals(Math.hypot(...encoder) / Math.sqrt(encoder.length), 0.1, 0.01);
 * assertEquals(regions, ["centre", "corner"]);
 * console.log(displacementShapes(weights, signs)); // how Gaussian each part is
 * ```
 */
export function displacementsWithin(weights: WeightVector, signs: SignMatrix): WeightVector {
  return addScaled(weights, -1, classCentres(weights, signs));
}

/**
 * Puts every pair of an S on the centre of its class; a degree that no class has takes the nearest one that has.
 *
 * @param signs S, not necessarily the one that the classes were measured on
 * @param classes centres by degree, ascending
 */
export function atClassCentres(signs: SignMatrix, classes: readonly CornerClass[]): WeightVector {
  const { hidden, entries, featureDegrees } = signs;
  const result = zeroVector(entries.length);
  for (let pair = 0; pair < entries.length; pair++) {
    if (entries[pair] === 0) continue;
    const degree = featureDegrees[Math.floor(pair / hidden)];
    const centre = classes.reduce((a, b) => Math.abs(b.degree - degree) < Math.abs(a.degree - degree) ? b : a);
    for (const matrix of matrices) result[matrix][pair] = entries[pair] * centre[matrix];
  }
  return result;
}

/** c: the mean of |E| over the nonzeros of S; 0 if there are none. */
export function amplitudeOf({ encoder }: Pick<WeightVector, "encoder">, { entries, edges }: SignMatrix): number {
  const sum = entries.reduce((sum, sign, pair) => sum + sign * encoder[pair], 0);
  return edges === 0 ? 0 : sum / edges;
}

/** c·S: the encoder of `weights` rounded to one amplitude. */
export function roundedEncoder(weights: Pick<WeightVector, "encoder">, signs: SignMatrix): Float32Array {
  const amplitude = amplitudeOf(weights, signs);
  return Float32Array.from(signs.entries, (sign) => sign * amplitude);
}
