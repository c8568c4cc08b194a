/** The mean-field objective of a random encoder of given density and amplitude, with its optimal decoder. */
import { binomialDegrees, type DegreeDistribution, overEdges, regularDegrees } from "./degree_distribution.ts";
import { type NeuronEnsemble, neuronPower, neuronResponse } from "./neuron_response.ts";

/** What the theory is told: the task, the loss and the size; nothing measured. */
export interface MeanFieldProblem {
  /** d. */
  readonly features: number;
  /** h. */
  readonly hidden: number;
  /** k: features on in a sample. */
  readonly activeFeatures: number;
  /** σ². */
  readonly noiseVariance: number;
  /** λ. */
  readonly lambdaOn: number;
  /** ρ_D. */
  readonly decoderRidge: number;
  /** ρ_E. */
  readonly encoderRidge: number;
  /** φ; odd, since only then may every corner be taken as positive (flip a neuron's row of E and column of D). */
  readonly activation: (z: number) => number;
}

/**
 * Which random S the average is over. `iid`: each entry nonzero with probability p on its own, all degrees binomial.
 * `regular`: a uniformly random graph whose features, and whose neurons, have degrees as equal as their means allow.
 * In both the signs are independent and fair.
 */
export type MeanFieldEnsemble = "iid" | "regular";

/** What holds for the features of one degree. */
export interface DegreeClass {
  /** n: neurons of the feature. */
  readonly degree: number;
  /** Share of the features. */
  readonly share: number;
  /** q_n: mean of D·S over the feature's nonzeros; 0 for degree 0. */
  readonly corner: number;
  /** Mean of y_i when the feature is on. */
  readonly output: number;
}

/** The theory at one density and amplitude. */
export interface MeanFieldState {
  /** Expected objective, penalties included. */
  readonly objective: number;
  /** One entry a degree, ascending. */
  readonly byDegree: readonly DegreeClass[];
}

/**
 * The objective of c·S with the optimal decoder, averaged over S: the cavity equations of `docs/mean_field.md`, section 3.
 *
 * @param problem the task, the loss and the size
 * @param ensemble which random S
 * @param density p, 0 < p < 1
 * @param amplitude c > 0
 * @returns objective and decoder, by degree of the feature
 */
export function meanFieldAt(
  problem: MeanFieldProblem,
  ensemble: MeanFieldEnsemble,
  density: number,
  amplitude: number,
): MeanFieldState {
  const { features, hidden, activeFeatures, lambdaOn, encoderRidge } = problem;
  const degreesOf = (others: number) =>
    ensemble === "iid" ? binomialDegrees(others, density) : regularDegrees(density * others);
  const featureDegrees = degreesOf(hidden);
  const neuronDegrees = overEdges(degreesOf(features));
  const neurons = Array.from(neuronDegrees.values, (degree) => neuronTerms(problem, amplitude, degree));
  const screening = solveScreening(neurons, neuronDegrees, overEdges(featureDegrees));
  const corner = cornerMeans(neurons, neuronDegrees, screening);

  const pull = lambdaOn * activeFeatures / features;
  let objective = encoderRidge * amplitude ** 2 * density * features * hidden;
  const byDegree = Array.from(featureDegrees.values, (degree, a): DegreeClass => {
    const share = featureDegrees.probabilities[a];
    const crowding = 1 + degree * corner.shared;
    const gain = pull * degree * corner.signal / crowding;
    const gainVariance = pull ** 2 * degree * corner.signalVariance / crowding ** 4;
    const unexplained = 1 / (1 + gain) + gainVariance / (1 + gain) ** 3;
    objective += lambdaOn * activeFeatures * share * unexplained;
    return {
      degree,
      share,
      corner: degree === 0 ? 0 : pull * corner.weight / crowding / (1 + gain),
      output: 1 - unexplained,
    };
  });
  return { objective, byDegree };
}

/** What the equations need to know of a neuron of one degree; the names in brackets are those of `docs/mean_field.md`. */
interface NeuronTerms {
  /** Features of the neuron besides the one by which it was reached: m − 1. */
  readonly others: number;
  /** Diagonal of the ridge problem's matrix for a neuron away from the feature at hand [W]. */
  readonly diagonal: number;
  /** What each of its features adds to that matrix as a common mode [T]. */
  readonly shared: number;
  /** The same diagonal at a neuron of the feature at hand, without what other features share [w]. */
  readonly ownDiagonal: number;
  /** What other features share at such a neuron [T′]. */
  readonly ownOthersShared: number;
  /** The common mode of the feature at hand [τ]. */
  readonly ownShared: number;
  /** Mean activation when the feature is on [μ]. */
  readonly meanOn: number;
}

function neuronTerms(problem: MeanFieldProblem, amplitude: number, degree: number): NeuronTerms {
  const { features, activeFeatures, lambdaOn, decoderRidge, noiseVariance, activation } = problem;
  const ensemble: NeuronEnsemble = { features, activeFeatures, noiseVariance, amplitude, activation };
  const off = 1 - activeFeatures / features;
  const on = lambdaOn * activeFeatures / features;
  const others = degree - 1;
  const typical = neuronPower(ensemble, degree, activeFeatures);
  const besidesOne = neuronPower(ensemble, degree, activeFeatures - 1);
  const response = neuronResponse(ensemble, degree);
  const ownShared = off * response.sharedOff + on * response.sharedOn;
  const ownOthersShared = off * typical.shared;
  return {
    others,
    diagonal: decoderRidge + off * typical.power + on * besidesOne.power,
    shared: off * typical.shared + on * besidesOne.shared,
    ownDiagonal: decoderRidge + off * response.powerOff + on * response.varianceOn - ownShared -
      others * ownOthersShared,
    ownOthersShared,
    ownShared,
    meanOn: response.meanOn,
  };
}

/** Σ over the distribution of f(value, index). */
function average(distribution: DegreeDistribution, f: (value: number, index: number) => number): number {
  let sum = 0;
  distribution.values.forEach((value, index) => sum += distribution.probabilities[index] * f(value, index));
  return sum;
}

/**
 * The fraction of a feature's common mode that is left once its other neurons have answered it [s]: the fixed point of
 * s = E 1 / (1 + (n − 1) Γ(s)). Γ falls with s, so the right side rises with it and iteration from 1 descends to the
 * largest fixed point without overshooting.
 */
function solveScreening(
  neurons: readonly NeuronTerms[],
  neuronDegrees: DegreeDistribution,
  featureDegreesOverEdges: DegreeDistribution,
): number {
  let screening = 1;
  for (let iteration = 0; iteration < 1000; iteration++) {
    const answered = average(neuronDegrees, (degree, a) => {
      const { others, diagonal, shared } = neurons[a];
      return shared / (diagonal - degree * shared + others * shared * screening);
    });
    const next = average(featureDegreesOverEdges, (degree) => 1 / (1 + (degree - 1) * answered));
    if (Math.abs(next - screening) < 1e-12) return next;
    screening = next;
  }
  return screening;
}

/** Averages over a neuron of the feature at hand, per neuron of it. */
function cornerMeans(neurons: readonly NeuronTerms[], neuronDegrees: DegreeDistribution, screening: number) {
  const susceptibility = neurons.map(({ ownDiagonal, others, ownOthersShared }) =>
    1 / (ownDiagonal + others * ownOthersShared * screening)
  );
  const signal = average(neuronDegrees, (_, a) => neurons[a].meanOn ** 2 * susceptibility[a]);
  const signalSquared = average(neuronDegrees, (_, a) => (neurons[a].meanOn ** 2 * susceptibility[a]) ** 2);
  return {
    signal,
    signalVariance: signalSquared - signal ** 2,
    shared: average(neuronDegrees, (_, a) => neurons[a].ownShared * susceptibility[a]),
    weight: average(neuronDegrees, (_, a) => neurons[a].meanOn * susceptibility[a]),
  };
}
