/**
 * Mean-field theory of the random encoder whose features are of several kinds: what a share of the neurons for each kind
 * costs. Derivation: `docs/mean_field.md`, section 8; with one kind it is the theory of sections 2 to 4.
 */
import { sum } from "d3-array";
import { normalRule } from "../numerics/quadrature.ts";

/** Features that are alike. */
export interface FeatureKind {
  /** How many they are. */
  readonly features: number;
  /** κ: chance of one of them to be on. */
  readonly chance: number;
  /** Weight of an error in its output. */
  readonly importance: number;
  /** x* where it is on. */
  readonly amplitude: number;
  /** σ² of the noise on it. */
  readonly noiseVariance: number;
}

/** What the theory is told. */
export interface TypedProblem {
  /** h. */
  readonly hidden: number;
  /** k: features on in a sample, of all kinds. */
  readonly activeFeatures: number;
  /** λ. */
  readonly lambdaOn: number;
  /** ρ_D. */
  readonly decoderRidge: number;
  /** ρ_E. */
  readonly encoderRidge: number;
  /** φ; odd. */
  readonly activation: (z: number) => number;
  /** Kinds of features. */
  readonly kinds: readonly FeatureKind[];
}

/** What is chosen for one kind. */
export interface KindChoice {
  /** n: neurons of a feature, not only whole numbers. */
  readonly degree: number;
  /** c: |E| on each of them. */
  readonly weight: number;
}

/** Offsets of a neuron's input with their chances. */
type Signal = readonly (readonly [offset: number, chance: number])[];

/** For the noise of a neuron: at spreads up to 1 the trapezoidal rule with a node every spread is exact to 5e-5. */
const { nodes, weights } = normalRule(1);
/** Chances below this are left out. */
const negligible = 1e-7;

/** The mean of φ(offset + noise)^power over signal and noise. */
function answer(
  activation: TypedProblem["activation"],
  base: number,
  spread: number,
  signal: Signal,
  power: 1 | 2,
): number {
  let total = 0;
  for (const [offset, chance] of signal) {
    for (let a = 0; a < nodes.length; a++) {
      const activity = activation(base + offset + spread * nodes[a]);
      total += chance * weights[a] * (power === 1 ? activity : activity * activity);
    }
  }
  return total;
}

/** What `draws` features that are on bring to a neuron: each is one of its own with the chance of its kind, with either sign. */
function signalOf(hits: readonly (readonly [size: number, chance: number])[], draws: number): Signal {
  let signal: Signal = [[0, 1]];
  const missed = 1 - sum(hits, ([, chance]) => chance);
  for (let draw = 0; draw < draws; draw++) {
    const next = new Map<number, number>();
    const add = (offset: number, chance: number) => {
      // Offsets that meet again, such as c − c, differ by rounding.
      const key = Math.round(offset * 1e9) / 1e9;
      if (chance > negligible) next.set(key, (next.get(key) ?? 0) + chance);
    };
    for (const [offset, chance] of signal) {
      add(offset, chance * missed);
      for (const [size, hit] of hits) {
        add(offset + size, chance * hit / 2);
        add(offset - size, chance * hit / 2);
      }
    }
    signal = [...next];
  }
  return signal;
}

/** Averages over a neuron by the number of features that are on: E a², and of each kind the part that its features share. */
interface Power {
  readonly power: number;
  readonly shared: readonly number[];
}

/**
 * The objective of a random encoder with given degrees and weights of each kind, with its optimal decoder.
 *
 * @param choices of each kind
 * @returns penalties included; infinite where the equations have no solution, as in a graph that is not sparse
 */
export function typedObjective(problem: TypedProblem, choices: readonly KindChoice[]): number {
  const { hidden, activeFeatures: k, lambdaOn, decoderRidge, encoderRidge, activation, kinds } = problem;
  const onNeuron = kinds.map(({ features }, t) => features * choices[t].degree / hidden);
  const crowd = sum(onNeuron);
  // Of a neuron that is reached by one of its features, what is left for others.
  const others = Math.max(0, 1 - 1 / crowd);
  const size = kinds.map(({ amplitude }, t) => choices[t].weight * amplitude);
  const ownNoise = kinds.map(({ noiseVariance }, t) => choices[t].weight ** 2 * noiseVariance);
  const noise = (share: number) => share * sum(onNeuron, (count, t) => count * ownNoise[t]);
  const hitsOf = (share: number) => kinds.map(({ chance }, t) => [size[t], share * chance * onNeuron[t] / k] as const);
  const signals = [k, k - 1].map((draws) => ({
    all: signalOf(hitsOf(1), draws),
    others: signalOf(hitsOf(others), draws),
    fewer: signalOf(hitsOf(others), Math.max(0, draws - 1)),
  }));
  const [full, spread] = [Math.sqrt(noise(1)), Math.sqrt(noise(others))];
  // E over a feature's own noise ξ of ψ(base + c ξ)², by the three-point rule.
  const shared = (kind: number, base: number, signal: Signal) => {
    const step = Math.sqrt(3 * ownNoise[kind]);
    const at = (input: number) => answer(activation, input, spread, signal, 1) ** 2;
    return base === 0 ? at(step) / 3 : (at(base - step) + at(base + step)) / 6 + 2 / 3 * at(base);
  };
  const powers = signals.map(({ all, others, fewer }, besides): Power => ({
    power: answer(activation, 0, full, all, 2),
    shared: kinds.map(({ chance }, t) => {
      const on = k === besides ? 0 : chance * (k - besides) / k;
      return (1 - on) * shared(t, 0, others) + (on > 0 ? on * shared(t, size[t], fewer) : 0);
    }),
  }));

  let objective = encoderRidge * sum(kinds, ({ features }, t) => features * choices[t].degree * choices[t].weight ** 2);
  kinds.forEach(({ features, chance, importance, amplitude }, kind) => {
    const pull = lambdaOn * chance;
    const off = 1 - chance;
    const ridge = decoderRidge / importance;
    const diagonal = ridge + off * powers[0].power + pull * powers[1].power;
    const common = powers[0].shared.map((own, t) => off * own + pull * powers[1].shared[t]);
    const screening = screened(onNeuron, choices, diagonal, common, others);
    const left = (parts: readonly number[]) =>
      sum(onNeuron, (count, t) => others * count * parts[t] * (screening[t] - 1));

    const { others: whenOff, fewer: whenOn } = signals[0];
    const meanOn = answer(activation, size[kind], full, whenOn, 1);
    const varianceOn = answer(activation, size[kind], full, whenOn, 2) - meanOn ** 2;
    const ownShared = off * shared(kind, 0, whenOff) + pull * (shared(kind, size[kind], whenOn) - meanOn ** 2);
    const ownDiagonal = ridge + off * answer(activation, 0, full, whenOff, 2) + pull * varianceOn - ownShared +
      off * left(powers[0].shared);
    const { degree } = choices[kind];
    // In a graph that is not sparse the common modes may outgrow the diagonal that they are taken from.
    if (!(ownDiagonal > 0)) objective = Infinity;
    const gain = pull * degree * meanOn ** 2 / (ownDiagonal + degree * ownShared);
    objective += features * importance * amplitude ** 2 * pull / (1 + gain);
  });
  return objective;
}

/** What is left of each kind's common mode once a feature's other neurons have answered it: equations (2) and (3). */
function screened(
  onNeuron: readonly number[],
  choices: readonly KindChoice[],
  diagonal: number,
  common: readonly number[],
  others: number,
): number[] {
  const fixed = diagonal - sum(onNeuron, (count, t) => count * common[t]);
  let screening = common.map(() => 1);
  for (let iteration = 0; iteration < 500; iteration++) {
    const resolvent = 1 / (fixed + others * sum(onNeuron, (count, t) => count * common[t] * screening[t]));
    const next = common.map((own, t) => 1 / (1 + Math.max(0, choices[t].degree - 1) * own * resolvent));
    const change = Math.max(...next.map((value, t) => Math.abs(value - screening[t])));
    screening = next;
    if (change < 1e-11) break;
  }
  return screening;
}
