/** How neurons are shared out among kinds of features: where a neuron more is worth as much for every kind. */
import { sum } from "d3-array";
import { quasiNewton } from "../numerics/quasi_newton.ts";
import { type KindChoice, typedObjective, type TypedProblem } from "./typed_mean_field.ts";

/** What the theory predicts. */
export interface Shares {
  /** Neurons of a feature and |E| on them, for each kind. */
  readonly kinds: readonly KindChoice[];
  /** The objective, penalties included. */
  readonly objective: number;
}

/** Where the search over ln c begins, and the gain at which it ends, relative to the objective. */
const [firstWeight, smallGain] = [1.6, 1e-7];

/**
 * The cheapest way to share out a given number of neurons: the objective of the mean-field theory, least over the degrees
 * and the encoder weights of all kinds. At the minimum a neuron more brings as much to a feature of any kind.
 *
 * @param neuronsPerFeature mean degree over all features, kept
 */
export function cheapestShares(problem: TypedProblem, neuronsPerFeature: number): Shares {
  const { kinds } = problem;
  const choicesAt = (point: Float64Array) => {
    const relative = point.subarray(0, kinds.length).map(Math.exp);
    const degrees = scaledTo(neuronsPerFeature, relative, problem);
    return kinds.map((_, kind) => ({ degree: degrees[kind], weight: Math.exp(point[kinds.length + kind]) }));
  };
  const start = kinds.flatMap(() => 0).concat(kinds.map(({ amplitude }) => Math.log(firstWeight / amplitude)));
  const scale = zeroObjective(problem);
  // Shares in proportion have the same degrees: held near the start, no direction is without slope.
  const f = (point: Float64Array) =>
    typedObjective(problem, choicesAt(point)) / scale + 1e-6 * sum(point.subarray(0, kinds.length)) ** 2;
  const { point, value } = quasiNewton(f, start, smallGain);
  return { kinds: choicesAt(point), objective: value * scale };
}

/** The objective of the theory with given degrees of the kinds, least over the encoder weights. */
export function givenShares(problem: TypedProblem, degrees: readonly number[]): Shares {
  const { kinds } = problem;
  const scale = zeroObjective(problem);
  const choicesAt = (point: Float64Array) =>
    kinds.map((_, kind) => ({ degree: degrees[kind], weight: Math.exp(point[kind]) }));
  const start = kinds.map(({ amplitude }) => Math.log(firstWeight / amplitude));
  const { point, value } = quasiNewton((at) => typedObjective(problem, choicesAt(at)) / scale, start, smallGain);
  return { kinds: choicesAt(point), objective: value * scale };
}

/** What a network that returns zero costs: λ Σ w κ a². */
function zeroObjective({ lambdaOn, kinds }: TypedProblem): number {
  return lambdaOn *
    sum(kinds, ({ features, chance, importance, amplitude }) => features * importance * chance * amplitude ** 2);
}

function scaledTo(mean: number, relative: Float64Array, { kinds }: TypedProblem): Float64Array {
  const features = sum(kinds, ({ features }) => features);
  const total = sum(kinds, ({ features }, kind) => features * relative[kind]);
  return relative.map((value) => value * mean * features / total);
}
