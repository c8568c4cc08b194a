import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { cheapestShares, givenShares } from "../../../analysis/feature_types/shares.ts";
import {
  type KindChoice,
  typedObjective,
  type TypedProblem,
} from "../../../analysis/feature_types/typed_mean_field.ts";
import { meanFieldAt } from "../../../analysis/mean_field/mean_field_at.ts";
import { randomStream } from "../../../models/random.ts";

const activation = (z: number) => Math.tanh(z) ** 3;
const base = { activeFeatures: 2, lambdaOn: 16, decoderRidge: 0.03, encoderRidge: 0, activation };
const plain = (features: number, all: number) => ({
  features,
  chance: 2 / all,
  importance: 1,
  amplitude: 1,
  noiseVariance: 0.005,
});

Deno.test("typedObjective() of one kind is meanFieldAt() of a regular graph, and does not mind how alike features are divided", () => {
  for (const [features, hidden, degree, weight] of [[512, 256, 8, 1.65], [512, 256, 4, 1.9], [3072, 1024, 3, 1.56]]) {
    const expected = meanFieldAt(
      { ...base, features, hidden, noiseVariance: 0.005, encoderRidge: 1e-4 },
      "regular",
      degree / hidden,
      weight,
    ).objective;
    const problem = { ...base, encoderRidge: 1e-4, hidden };
    const choice = { degree, weight };
    const one = typedObjective({ ...problem, kinds: [plain(features, features)] }, [choice]);
    // The theory of one kind knows that features are drawn without replacement.
    assertAlmostEquals(one / expected, 1, 4e-3);
    const parts = [plain(features / 4, features), plain(3 * features / 4, features)];
    assertAlmostEquals(typedObjective({ ...problem, kinds: parts }, [choice, choice]), one, 1e-6 * one);
  }
});

/** Two kinds that differ in everything. */
const [features, hidden] = [128, 48];
const mixed: TypedProblem = {
  ...base,
  hidden,
  decoderRidge: 0.15,
  kinds: [
    { features: 64, chance: 2.6 / features, importance: 3, amplitude: 1.4, noiseVariance: 0.01 },
    { features: 64, chance: 1.4 / features, importance: 1, amplitude: 1, noiseVariance: 0.003 },
  ],
};
const choices: KindChoice[] = [{ degree: 5, weight: 1.2 }, { degree: 3, weight: 1.7 }];

/** The least objective of a drawn graph: its optimal decoder by the normal equations, from samples. */
function bruteForce(seed: number, samplesEach: number): number {
  const random = randomStream(seed, "typed brute force");
  const kindOf = (feature: number) => feature < 64 ? 0 : 1;
  const load = new Int32Array(hidden);
  const graph = Array.from({ length: features }, (_, feature) => {
    const order = Array.from({ length: hidden }, (_, neuron) => ({ neuron, key: load[neuron] + random.uniform() }))
      .sort((one, other) => one.key - other.key).slice(0, choices[kindOf(feature)].degree);
    return order.map(({ neuron }) => {
      load[neuron]++;
      return { neuron, weight: choices[kindOf(feature)].weight * (random.uniform() < 0.5 ? -1 : 1) };
    });
  });
  const everywhere = new Float64Array(hidden * hidden);
  const given = graph.map((_, feature) => {
    const { chance } = mixed.kinds[kindOf(feature)];
    const second = new Float64Array(hidden * hidden);
    const mean = new Float64Array(hidden);
    const z = new Float64Array(hidden);
    for (let sample = 0; sample < samplesEach; sample++) {
      let other = feature;
      while (other === feature) other = 64 * Number(random.uniform() * 4 > 2.6) + random.integer(64);
      z.fill(0);
      graph.forEach((edges, i) => {
        const { amplitude, noiseVariance } = mixed.kinds[kindOf(i)];
        const x = (i === feature || i === other ? amplitude : 0) + Math.sqrt(noiseVariance) * random.normal();
        for (const { neuron, weight } of edges) z[neuron] += weight * x;
      });
      for (let j = 0; j < hidden; j++) {
        z[j] = activation(z[j]);
        mean[j] += z[j] / samplesEach;
        for (let l = 0; l <= j; l++) second[j * hidden + l] += z[j] * z[l] / samplesEach;
      }
    }
    second.forEach((value, entry) => everywhere[entry] += value * chance / 2);
    return { second, mean };
  });
  return given.reduce((objective, { second, mean }, feature) => {
    const { chance, importance, amplitude } = mixed.kinds[kindOf(feature)];
    const system = Matrix.eye(hidden, hidden, mixed.decoderRidge / importance);
    for (let j = 0; j < hidden; j++) {
      for (let l = 0; l <= j; l++) {
        const value = everywhere[j * hidden + l] + (mixed.lambdaOn - 1) * chance * second[j * hidden + l];
        system.set(j, l, system.get(j, l) + value);
        system.set(l, j, system.get(j, l));
      }
    }
    const pull = mixed.lambdaOn * chance;
    const row = new CholeskyDecomposition(system).solve(Matrix.columnVector(mean.map((value) => pull * value)))
      .to1DArray();
    const explained = mean.reduce((sum, value, j) => sum + value * row[j], 0);
    return objective + importance * amplitude ** 2 * pull * (1 - explained);
  }, 0);
}

Deno.test("typedObjective() agrees with the exact optimal decoder of a drawn graph of two kinds", () => {
  const expected = bruteForce(1, 300);
  assertAlmostEquals(typedObjective(mixed, choices) / expected, 1, 0.03);
});

Deno.test("typedObjective() costs λ Σ w κ a² where nothing can be seen, and is infinite where the equations have no solution", () => {
  const blind = typedObjective(mixed, choices.map(({ degree }) => ({ degree, weight: 1e-3 })));
  assertAlmostEquals(blind, 16 * (3 * 1.3 * 1.96 + 0.7), 1e-5);
  const dense = { ...base, hidden: 128, kinds: [{ ...plain(128, 256) }, { ...plain(128, 256), importance: 0.1 }] };
  assertEquals(typedObjective(dense, [{ degree: 90, weight: 8 }, { degree: 90, weight: 8 }]), Infinity);
});

Deno.test("cheapestShares() gives alike features the same, and kinds that differ so that a neuron more is worth as much", () => {
  const alike = { ...base, hidden: 128, kinds: [plain(64, 256), plain(192, 256)] };
  const same = cheapestShares(alike, 5);
  for (const { degree, weight } of same.kinds) {
    assertAlmostEquals(degree, 5, 0.02);
    assertAlmostEquals(weight / same.kinds[0].weight, 1, 0.01);
  }
  const unlike = { ...alike, kinds: [{ ...plain(64, 256), importance: 4 }, plain(192, 256)] };
  const { kinds, objective } = cheapestShares(unlike, 5);
  assertAlmostEquals(0.25 * kinds[0].degree + 0.75 * kinds[1].degree, 5, 1e-9);
  assertLess(1.5 * kinds[1].degree, kinds[0].degree);
  assertLess(objective, 0.99 * givenShares(unlike, [5, 5]).objective);
  assertAlmostEquals(givenShares(unlike, kinds.map(({ degree }) => degree)).objective / objective, 1, 1e-5);
  const slopes = unlike.kinds.map(({ features }, moved) => {
    const at = (by: number) =>
      typedObjective(
        unlike,
        kinds.map(({ degree, weight }, kind) => ({ degree: degree + (kind === moved ? by : 0), weight })),
      );
    return (at(0.01) - at(-0.01)) / (0.02 * features);
  });
  assertAlmostEquals(slopes[0], slopes[1], 0.02 * Math.abs(slopes[0]) + 1e-5);
  assertEquals(slopes.length, 2);
});
