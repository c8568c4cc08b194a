/** The objective in plain JavaScript, in double precision, by going through everything: to check against. */
import type { Config } from "../../../models/experiment/config.ts";

/** Weights as plain numbers, feature-major [d, h]. */
export interface PlainWeights {
  readonly encoder: ArrayLike<number>;
  readonly decoder: ArrayLike<number>;
}

/** Nodes of either of two noise variables, over ±6 standard deviations. */
const nodes = Array.from({ length: 49 }, (_, a) => {
  const t = -6 + a / 4;
  return { t, weight: Math.exp(-t * t / 2) / 4 / Math.sqrt(2 * Math.PI) };
});

const activations: Readonly<Record<string, (z: number) => number>> = {
  "tanh-cubed": (z) => Math.tanh(z) ** 3,
  relu: (z) => Math.max(z, 0),
};

/** All sets of k features. */
function supportsOf(features: number, activeFeatures: number, first = 0): number[][] {
  if (activeFeatures === 0) return [[]];
  return Array.from({ length: features - first }, (_, place) => first + place).flatMap((i) =>
    supportsOf(features, activeFeatures - 1, i + 1).map((others) => [i, ...others])
  );
}

/** The rebalanced objective of a tanh³ or ReLU network over all supports, the noise averaged neuron pair by neuron pair. */
export function bruteForceObjective(
  { model: { features, hidden, activation }, task: { activeFeatures, noiseVariance }, loss }: Config,
  { encoder, decoder }: PlainWeights,
): number {
  if (loss.name !== "rebalanced") throw new Error("The brute force knows the rebalanced loss only.");
  const phi = activations[activation];
  const range = (count: number) => Array.from({ length: count }, (_, index) => index);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const e = (i: number, j: number) => encoder[i * hidden + j];
  const d = (i: number, j: number) => decoder[i * hidden + j];
  const covariance = (j: number, k: number) => noiseVariance * sum(range(features).map((i) => e(i, j) * e(i, k)));
  const supports = supportsOf(features, activeFeatures);
  const costs = supports.map((support) => {
    const s = range(hidden).map((j) => sum(support.map((i) => e(i, j))));
    const mean = range(hidden).map((j) => {
      const spread = Math.sqrt(covariance(j, j));
      return sum(nodes.map(({ t, weight }) => weight * phi(s[j] + spread * t)));
    });
    const second = range(hidden).map((j) =>
      range(hidden).map((k) => {
        const [first, cross] = [Math.sqrt(covariance(j, j)), covariance(j, k) / Math.sqrt(covariance(j, j))];
        const rest = j === k ? 0 : Math.sqrt(covariance(k, k) - cross ** 2);
        return sum(nodes.map(({ t, weight }) =>
          weight * phi(s[j] + first * t) *
          sum(nodes.map(({ t: u, weight }) => weight * phi(s[k] + cross * t + rest * u)))
        ));
      })
    );
    return sum(
      range(features).map((i) => {
        const y = sum(mean.map((value, j) => d(i, j) * value));
        const squared = sum(second.flatMap((row, j) => row.map((value, k) => d(i, j) * d(i, k) * value)));
        return support.includes(i) ? loss.lambdaOn * (squared - 2 * y + 1) : squared;
      }),
    );
  });
  const norm = (values: ArrayLike<number>) => sum(Array.from(values, (value) => value ** 2));
  return sum(costs) / supports.length + loss.decoderRidge * norm(decoder) + loss.encoderRidge * norm(encoder);
}
