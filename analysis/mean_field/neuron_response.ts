/** What one neuron of a random graph answers on average: the single-site averages of the mean-field theory. */
import { hypergeometricHits } from "./degree_distribution.ts";
import { normalRule, threePointRule } from "../numerics/quadrature.ts";

/** The numbers that fix a neuron's input distribution, besides its degree. */
export interface NeuronEnsemble {
  /** d. */
  readonly features: number;
  /** k. */
  readonly activeFeatures: number;
  /** σ². */
  readonly noiseVariance: number;
  /** c: |E| of every nonzero entry. */
  readonly amplitude: number;
  /** φ; odd. */
  readonly activation: (z: number) => number;
}

/** Averages for a neuron and one of its features, i; signs are gauged so that E[j, i] = +c. */
export interface NeuronResponse {
  /** E a² given that i is off. */
  readonly powerOff: number;
  /** E_ξ ψ(ξ)²: the part of `powerOff` that all neurons of i share through i's own noise ξ. */
  readonly sharedOff: number;
  /** μ = E[a | i on]. */
  readonly meanOn: number;
  /** Var(a | i on). */
  readonly varianceOn: number;
  /** Var_ξ ψ(1 + ξ): the part of `varianceOn` shared through i's own noise. */
  readonly sharedOn: number;
}

/** Averages for a neuron, over features drawn without regard to any one. */
export interface NeuronPower {
  /** E a². */
  readonly power: number;
  /** The part of E[a_j a_l] that a feature in common to neurons j and l brings: E_x ψ(x)² over that feature's own input x. */
  readonly shared: number;
}

/** For a neuron's total noise. */
const total = normalRule(0.3);
/** For the noise of one feature within it, a few hundredths of an activation's width. */
const single = threePointRule;

/**
 * ψ(x) and its like: the mean of φ(z)^power when one feature brings `input` and the neuron's other features, each with
 * a random sign, bring signal and noise.
 */
function answer(
  ensemble: NeuronEnsemble,
  input: number,
  noisy: number,
  signal: readonly (readonly [number, number])[],
  power: 1 | 2,
): number {
  const { amplitude, activation, noiseVariance } = ensemble;
  const spread = amplitude * Math.sqrt(noiseVariance * noisy);
  let sum = 0;
  for (const [offset, probability] of signal) {
    const centre = amplitude * (input + offset);
    for (let a = 0; a < total.nodes.length; a++) {
      const activity = activation(centre + spread * total.nodes[a]);
      sum += probability * total.weights[a] * (power === 1 ? activity : activity * activity);
    }
  }
  return sum;
}

/** The distribution of Σ ±1 over those of `wired` features that are among `draws` on features out of `population`. */
function signalDistribution(population: number, wired: number, draws: number): [number, number][] {
  const chances = new Map<number, number>();
  const { values, probabilities } = hypergeometricHits(population, wired, draws);
  values.forEach((hits, a) => {
    let chance = probabilities[a] * 0.5 ** hits;
    for (let plus = 0; plus <= hits; plus++) {
      const offset = 2 * plus - hits;
      chances.set(offset, (chances.get(offset) ?? 0) + chance);
      chance *= (hits - plus) / (plus + 1);
    }
  });
  return [...chances].filter(([, chance]) => chance > 1e-12);
}

/** E_ξ f(base + ξ) over the noise ξ of one feature, in units of the feature's own size. */
function overOwnNoise(noiseVariance: number, base: number, f: (input: number) => number): number {
  let sum = 0;
  for (let a = 0; a < single.nodes.length; a++) {
    sum += single.weights[a] * f(base + Math.sqrt(noiseVariance) * single.nodes[a]);
  }
  return sum;
}

/**
 * The answers of a neuron of the given degree to one of its features.
 *
 * @param ensemble the input distribution
 * @param degree m ≥ 1: how many features the neuron is wired to, i among them
 * @returns the averages; see `docs/mean_field.md`, section 2
 */
export function neuronResponse(ensemble: NeuronEnsemble, degree: number): NeuronResponse {
  const { features, activeFeatures, noiseVariance } = ensemble;
  const others = degree - 1;
  const whenOff = signalDistribution(features - 1, others, activeFeatures);
  const whenOn = signalDistribution(features - 1, others, activeFeatures - 1);
  const own = (base: number, signal: [number, number][]) =>
    overOwnNoise(noiseVariance, base, (input) => answer(ensemble, input, others, signal, 1) ** 2);
  const meanOn = answer(ensemble, 1, degree, whenOn, 1);
  return {
    powerOff: answer(ensemble, 0, degree, whenOff, 2),
    sharedOff: own(0, whenOff),
    meanOn,
    varianceOn: answer(ensemble, 1, degree, whenOn, 2) - meanOn ** 2,
    sharedOn: own(1, whenOn) - meanOn ** 2,
  };
}

/**
 * The mean power of a neuron and the part of it that it shares through each of its features.
 *
 * @param ensemble the input distribution
 * @param degree m ≥ 1: how many features the neuron is wired to
 * @param draws how many features are on, drawn from all d
 * @returns the averages; see `docs/mean_field.md`, section 2
 */
export function neuronPower(ensemble: NeuronEnsemble, degree: number, draws: number): NeuronPower {
  const { features, noiseVariance } = ensemble;
  const chance = draws / features;
  const own = (base: number, drawsElsewhere: number) => {
    const signal = signalDistribution(features - 1, degree - 1, drawsElsewhere);
    return overOwnNoise(noiseVariance, base, (input) => answer(ensemble, input, degree - 1, signal, 1) ** 2);
  };
  const shared = (1 - chance) * own(0, draws) + (draws > 0 ? chance * own(1, draws - 1) : 0);
  return { power: answer(ensemble, 0, degree, signalDistribution(features, degree, draws), 2), shared };
}
