/** The moments of the activations of c·S over all pairs of features and all noise, kept up to date while S changes. */
import { LARGEST_SUM, type NeuronMoments, neuronMoments } from "./neuron_moments.ts";

/** What S is asked to do. Two features are on in a sample. */
export interface SignProblem {
  /** d. */
  readonly features: number;
  /** h. */
  readonly hidden: number;
  /** σ². */
  readonly noiseVariance: number;
  /** λ. */
  readonly lambdaOn: number;
  /** ρ_D. */
  readonly decoderRidge: number;
  /** ρ_E. */
  readonly encoderRidge: number;
  /** φ. */
  readonly activation: (z: number) => number;
  /** Last order of Mehler's expansion of the covariance of two neurons. */
  readonly mehlerOrder: number;
}

/** Index of the pair of signs (α, β) that a feature has on two neurons. */
export function signPair(first: number, second: number): number {
  return 3 * (first + 1) + second + 1;
}

/** How many such pairs there are. */
export const SIGN_PAIRS = 9;

/**
 * For a feature with signs α and β on neurons j and l, the quadratic form of its row of the decoder has the entry
 * E[a_j a_l] + (λ − 1) κ E[a_j a_l | on] + ρ_D δ_jl, and the linear form E[a_j | on]. Both depend on the feature through
 * its signs only: a partner feature i' adds S_ji' to the sum of a neuron, so that the averages over partners need but
 * the number of features that have each pair of signs on (j, l).
 */
export interface SecondMoments {
  /** S feature-major; −1, 0, 1. */
  readonly entries: Int8Array;
  /** How many features each neuron serves. */
  readonly degrees: Int32Array;
  /** The quadratic form for each {@linkcode signPair}, [h, h]; [j, l] of (α, β) is [l, j] of (β, α). */
  readonly forms: readonly Float64Array[];
  /** The linear form for the signs −1, 0, 1, a value a neuron. */
  readonly means: readonly Float64Array[];
  /** Changes entries of a neuron and all that depends on them: its rows and columns of `forms`, its `means`. */
  change(neuron: number, changes: readonly { readonly feature: number; readonly sign: number }[]): void;
}

/**
 * Counts and averages for an S.
 *
 * @param entries S feature-major; copied
 * @param amplitude c
 */
export function secondMoments(problem: SignProblem, entries: Int8Array, amplitude: number): SecondMoments {
  const { features, hidden, lambdaOn, decoderRidge, noiseVariance, activation, mehlerOrder } = problem;
  const own = entries.slice();
  const degrees = new Int32Array(hidden);
  const rate = 2 / features;
  const onWeight = (lambdaOn - 1) * rate;
  const table = () => Array.from({ length: SIGN_PAIRS }, () => new Float64Array(hidden * hidden));
  // counts[signPair(α, β)][j, l]: features with S_ji = α and S_li = β.
  const counts = table();
  const forms = table();
  const means = Array.from({ length: 3 }, () => new Float64Array(hidden));
  const momentsOf: NeuronMoments[] = [];
  const neuron = (index: number) =>
    momentsOf[degrees[index]] ??= neuronMoments(
      activation,
      amplitude,
      noiseVariance * amplitude ** 2 * degrees[index],
      mehlerOrder,
    );

  for (let feature = 0; feature < features; feature++) {
    const row = own.subarray(feature * hidden, (feature + 1) * hidden);
    for (let j = 0; j < hidden; j++) {
      degrees[j] += Math.abs(row[j]);
      for (let l = 0; l < hidden; l++) counts[signPair(row[j], row[l])][j * hidden + l]++;
    }
  }
  for (let j = 0; j < hidden; j++) {
    refreshMean(j);
    for (let l = 0; l <= j; l++) refresh(j, l);
  }

  /** Features with a sign on a neuron. */
  function signCount(j: number, sign: number): number {
    return counts[signPair(sign, sign)][j * hidden + j];
  }

  function refreshMean(j: number): void {
    const { hermite: [mean] } = neuron(j);
    for (let sign = -1; sign <= 1; sign++) {
      let sum = -mean[2 * sign + LARGEST_SUM];
      for (let partner = -1; partner <= 1; partner++) {
        sum += signCount(j, partner) * mean[sign + partner + LARGEST_SUM];
      }
      means[sign + 1][j] = sum / (features - 1);
    }
  }

  /** Writes entry (j, l) and its mirror image in all forms. */
  function refresh(j: number, l: number): void {
    const covarianceOf = j === l ? ownCovariance(j) : pairCovariance(j, l);
    const [at, mirrored] = [j * hidden + l, l * hidden + j];
    let average = 0;
    for (let alpha = -1; alpha <= 1; alpha++) {
      for (let beta = -1; beta <= 1; beta++) {
        let sum = -covarianceOf(2 * alpha, 2 * beta);
        for (let gamma = -1; gamma <= 1; gamma++) {
          for (let delta = -1; delta <= 1; delta++) {
            const count = counts[signPair(gamma, delta)][at];
            if (count !== 0) sum += count * covarianceOf(alpha + gamma, beta + delta);
          }
        }
        const whenOn = sum / (features - 1);
        average += counts[signPair(alpha, beta)][at] * whenOn / features;
        forms[signPair(alpha, beta)][at] = whenOn;
      }
    }
    const ridge = j === l ? decoderRidge : 0;
    for (let pair = 0; pair < SIGN_PAIRS; pair++) forms[pair][at] = average + onWeight * forms[pair][at] + ridge;
    for (let alpha = -1; alpha <= 1; alpha++) {
      for (let beta = -1; beta <= 1; beta++) forms[signPair(beta, alpha)][mirrored] = forms[signPair(alpha, beta)][at];
    }
  }

  function ownCovariance(j: number): (sum: number, other: number) => number {
    const { second } = neuron(j);
    // A feature has one sign on one neuron: where the two differ there is nothing to count.
    return (sum, other) => sum === other ? second[sum + LARGEST_SUM] : 0;
  }

  function pairCovariance(j: number, l: number): (sum: number, other: number) => number {
    const at = j * hidden + l;
    const alike = counts[signPair(1, 1)][at] + counts[signPair(-1, -1)][at];
    const opposed = counts[signPair(1, -1)][at] + counts[signPair(-1, 1)][at];
    const correlation = alike === opposed ? 0 : (alike - opposed) / Math.sqrt(degrees[j] * degrees[l]);
    const [first, second] = [neuron(j).hermite, neuron(l).hermite];
    const order = correlation === 0 ? 0 : mehlerOrder;
    return (sum, other) => {
      let value = first[0][sum + LARGEST_SUM] * second[0][other + LARGEST_SUM];
      for (let n = 1, power = correlation; n <= order; n++, power *= correlation) {
        value += power * first[n][sum + LARGEST_SUM] * second[n][other + LARGEST_SUM];
      }
      return value;
    };
  }

  return {
    entries: own,
    degrees,
    forms,
    means,
    change(j, changes) {
      for (const { feature, sign } of changes) {
        const row = own.subarray(feature * hidden, (feature + 1) * hidden);
        count(row, j, -1);
        degrees[j] += Math.abs(sign) - Math.abs(row[j]);
        row[j] = sign;
        count(row, j, 1);
      }
      refreshMean(j);
      for (let l = 0; l < hidden; l++) refresh(j, l);
    },
  };

  /** Adds a feature to the counts of the pairs that hold neuron j, or takes it out. */
  function count(row: Int8Array, j: number, direction: number): void {
    for (let l = 0; l < hidden; l++) {
      counts[signPair(row[j], row[l])][j * hidden + l] += direction;
      if (l !== j) counts[signPair(row[l], row[j])][l * hidden + j] += direction;
    }
  }
}
