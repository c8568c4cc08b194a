import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import { CholeskyDecomposition, Matrix } from "ml-matrix";
import {
  binomialDegrees,
  type DegreeDistribution,
  hypergeometricHits,
  overEdges,
  regularDegrees,
} from "../../../analysis/mean_field/degree_distribution.ts";
import { meanField, meanFieldGivenDensity } from "../../../analysis/mean_field/mean_field.ts";
import { meanFieldAt, type MeanFieldProblem } from "../../../analysis/mean_field/mean_field_at.ts";
import { neuronPower, neuronResponse } from "../../../analysis/mean_field/neuron_response.ts";
import { UsageError } from "../../../models/errors.ts";
import { randomStream } from "../../../models/random.ts";

const tanhCubed = (z: number) => Math.tanh(z) ** 3;
const laptop: MeanFieldProblem = {
  features: 512,
  hidden: 256,
  activeFeatures: 2,
  noiseVariance: 0.005,
  lambdaOn: 16,
  decoderRidge: 0.03,
  encoderRidge: 0,
  activation: tanhCubed,
};

function moment({ values, probabilities }: DegreeDistribution, power: number): number {
  return probabilities.reduce((sum, probability, a) => sum + probability * values[a] ** power, 0);
}

Deno.test("degree distributions have the moments of their definitions", () => {
  const binomial = binomialDegrees(400, 0.02);
  assertAlmostEquals(moment(binomial, 1), 8, 1e-4);
  assertAlmostEquals(moment(binomial, 2) - moment(binomial, 1) ** 2, 8 * 0.98, 1e-3);
  assertAlmostEquals(moment(overEdges(binomial), 1), moment(binomial, 2) / moment(binomial, 1), 1e-9);
  assertAlmostEquals(moment(regularDegrees(3.3), 1), 3.3, 1e-12);
  assertAlmostEquals(moment(regularDegrees(4), 2), 16, 1e-12);
  assertEquals([...hypergeometricHits(4, 2, 2).probabilities].map((x) => Math.round(6 * x)), [1, 4, 1]);
  assertAlmostEquals(moment(hypergeometricHits(100, 30, 3), 1), 0.9, 1e-12);
});

Deno.test("neuronResponse() and neuronPower() agree with sampling one neuron", () => {
  const ensemble = { features: 12, activeFeatures: 3, noiseVariance: 0.02, amplitude: 1.3, activation: tanhCubed };
  const degree = 5;
  const random = randomStream(3, "one neuron");
  const sums = { count: 0, on: 0, on2: 0, off: 0, off2: 0, all2: 0 };
  const samples = 200_000;
  for (let sample = 0; sample < samples; sample++) {
    const active = new Set<number>();
    while (active.size < ensemble.activeFeatures) active.add(random.integer(ensemble.features));
    let z = 0;
    for (let feature = 0; feature < degree; feature++) {
      const sign = feature === 0 || random.uniform() < 0.5 ? 1 : -1;
      z += ensemble.amplitude * sign * (Number(active.has(feature)) + Math.sqrt(0.02) * random.normal());
    }
    const activity = tanhCubed(z);
    sums.all2 += activity ** 2;
    if (active.has(0)) {
      sums.count++;
      sums.on += activity;
      sums.on2 += activity ** 2;
    } else sums.off2 += activity ** 2;
  }
  const response = neuronResponse(ensemble, degree);
  const meanOn = sums.on / sums.count;
  assertAlmostEquals(response.meanOn, meanOn, 0.01);
  assertAlmostEquals(response.varianceOn, sums.on2 / sums.count - meanOn ** 2, 0.01);
  assertAlmostEquals(response.powerOff, sums.off2 / (samples - sums.count), 0.005);
  const { power, shared } = neuronPower(ensemble, degree, ensemble.activeFeatures);
  assertAlmostEquals(power, sums.all2 / samples, 0.005);
  assertLess(degree * shared, power);
});

/** A small problem that brute force can settle. */
const small: MeanFieldProblem = { ...laptop, features: 192, hidden: 64, decoderRidge: 0.15 };

/** S, feature by feature the neurons and signs, with independent entries or with equal degrees. */
function drawGraph(kind: "iid" | "regular", density: number, seed: number): { neuron: number; sign: number }[][] {
  const { features, hidden } = small;
  const random = randomStream(seed, kind, "graph");
  const sign = () => random.uniform() < 0.5 ? -1 : 1;
  if (kind === "iid") {
    return Array.from(
      { length: features },
      () =>
        Array.from({ length: hidden }, (_, neuron) => ({ neuron, sign: sign() })).filter(() =>
          random.uniform() < density
        ),
    );
  }
  const degree = Math.round(density * hidden);
  const load = new Int32Array(hidden);
  return Array.from({ length: features }, () => {
    const order = Array.from({ length: hidden }, (_, neuron) => ({ neuron, key: load[neuron] + random.uniform() }));
    const chosen = order.sort((one, other) => one.key - other.key).slice(0, degree);
    return chosen.map(({ neuron }) => {
      load[neuron]++;
      return { neuron, sign: sign() };
    });
  });
}

/** The least objective of c·S from samples (biased low by a little, as any fit), and mean D·S over the nonzeros. */
function bruteForce(graph: { neuron: number; sign: number }[][], amplitude: number, samplesEach: number) {
  const { features, hidden, lambdaOn, decoderRidge, noiseVariance } = small;
  const random = randomStream(5, "brute force");
  const rate = small.activeFeatures / features;
  const spread = Math.sqrt(noiseVariance);
  const everywhere = new Float64Array(hidden * hidden);
  const given: { second: Float64Array; mean: Float64Array }[] = [];
  const z = new Float64Array(hidden);
  for (let feature = 0; feature < features; feature++) {
    const second = new Float64Array(hidden * hidden);
    const mean = new Float64Array(hidden);
    for (let sample = 0; sample < samplesEach; sample++) {
      const other = (feature + 1 + random.integer(features - 1)) % features;
      z.fill(0);
      for (let i = 0; i < features; i++) {
        const x = amplitude * (Number(i === feature || i === other) + spread * random.normal());
        for (const { neuron, sign } of graph[i]) z[neuron] += sign * x;
      }
      for (let j = 0; j < hidden; j++) z[j] = tanhCubed(z[j]);
      for (let j = 0; j < hidden; j++) {
        const weighted = z[j] / samplesEach;
        mean[j] += weighted;
        for (let l = 0; l <= j; l++) second[j * hidden + l] += weighted * z[l];
      }
    }
    second.forEach((value, a) => everywhere[a] += value / features);
    given.push({ second, mean });
  }
  let objective = 0;
  let corners = 0;
  let count = 0;
  given.forEach(({ second, mean }, feature) => {
    const system = Matrix.eye(hidden, hidden, decoderRidge);
    for (let j = 0; j < hidden; j++) {
      for (let l = 0; l <= j; l++) {
        const value = everywhere[j * hidden + l] + (lambdaOn - 1) * rate * second[j * hidden + l];
        system.set(j, l, system.get(j, l) + value);
        system.set(l, j, system.get(j, l));
      }
    }
    const right = Matrix.columnVector(mean.map((value) => lambdaOn * rate * value));
    const decoder = new CholeskyDecomposition(system).solve(right).to1DArray();
    objective += lambdaOn * rate * (1 - mean.reduce((sum, value, j) => sum + value * decoder[j], 0));
    for (const { neuron, sign } of graph[feature]) {
      corners += sign * decoder[neuron];
      count++;
    }
  });
  return { objective, corner: corners / count };
}

Deno.test("meanFieldAt() agrees with the exact optimal decoder of drawn graphs", () => {
  const density = 4 / small.hidden;
  for (const kind of ["regular", "iid"] as const) {
    const drawn = [1, 2].map((seed) => bruteForce(drawGraph(kind, density, seed), 1.6, 400));
    const objective = (drawn[0].objective + drawn[1].objective) / 2;
    const corner = (drawn[0].corner + drawn[1].corner) / 2;
    const theory = meanFieldAt(small, kind, density, 1.6);
    const edges = theory.byDegree.reduce((sum, { share, degree }) => sum + share * degree, 0);
    const theoryCorner = theory.byDegree.reduce((sum, { share, degree, corner }) => sum + share * degree * corner, 0) /
      edges;
    assertAlmostEquals(theory.objective / objective, 1, 0.03, `${kind}: ${theory.objective} against ${objective}`);
    assertAlmostEquals(theoryCorner / corner, 1, 0.03, `${kind}: corner ${theoryCorner} against ${corner}`);
  }
});

Deno.test("meanFieldAt() is the null model's objective when nothing can be seen", () => {
  const { objective } = meanFieldAt(laptop, "iid", 0.02, 1e-3);
  assertAlmostEquals(objective, laptop.lambdaOn * laptop.activeFeatures, 1e-6);
});

Deno.test("meanField() finds a sparse minimum, and below it in objective a dense phase", () => {
  const { sparse, scan } = meanField(laptop, "regular");
  assert(sparse !== null);
  for (const factor of [0.75, 1.4]) {
    const beside = meanFieldGivenDensity(laptop, "regular", factor * sparse.density);
    assertGreater(beside.objective, sparse.objective);
  }
  const { objective } = meanFieldAt(laptop, "regular", sparse.density, 1.1 * sparse.amplitude);
  assertGreater(objective, sparse.objective);
  assertLess(scan.at(-1)!.objective, sparse.objective);
  assertEquals(scan.every((point, a) => a === 0 || point.density > scan[a - 1].density), true);
});

Deno.test("meanFieldGivenDensity() splits the objective into parts that the decoder's corners bear out", () => {
  const { parts, objective, byDegree, amplitude } = meanFieldGivenDensity(laptop, "regular", 8 / 256);
  const { on, off, decoderPenalty } = parts;
  assertAlmostEquals(laptop.lambdaOn * on + off + decoderPenalty, objective, 1e-9);
  const corners = byDegree.reduce((sum, { share, degree, corner }) => sum + share * degree * corner ** 2, 0);
  const fromCorners = laptop.decoderRidge * laptop.features * corners;
  assertGreater(decoderPenalty, fromCorners);
  assertLess(decoderPenalty, 1.2 * fromCorners);
  const ridged = meanFieldGivenDensity({ ...laptop, encoderRidge: 1e-4 }, "regular", 8 / 256);
  assertLess(ridged.amplitude, amplitude);
  assertAlmostEquals(ridged.parts.encoderPenalty, 1e-4 * ridged.amplitude ** 2 * 8 * 512, 1e-9);
});

Deno.test("the mean-field theory refuses what it does not hold for", () => {
  assertThrows(() => meanField({ ...laptop, activation: (z) => Math.max(z, 0) }, "iid"), UsageError, "odd");
  assertThrows(() => meanFieldGivenDensity(laptop, "iid", 0), UsageError, "between 0 and 1");
});
