import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import type { BalancedSize } from "../../../models/data/balanced_supports.ts";
import type { Config } from "../../../models/experiment/config.ts";
import { gradient } from "../../../models/graph/gradients.ts";
import { loop, type TensorRecord } from "../../../models/graph/loop.ts";
import { randomNormal, seedSequence } from "../../../models/graph/random_ops.ts";
import { serialize } from "../../../models/graph/serialize.ts";
import type { ElementType } from "../../../models/graph/tensor.ts";
import { activations } from "../../../models/network/activations/activations.ts";
import { runOnce } from "../../../models/runtime/session.ts";
import { averagedObjectiveOf, objectiveOf } from "../../../models/training/objective.ts";
import { assertDerivatives, normals } from "../../finite_differences.ts";
import { fixedBalancedBatch } from "../data/balanced_batch.ts";
import { allSupports, experiment, features, fixed, hidden, supportTensor, weights } from "./averaged_objective.ts";

/** ONNX Runtime has no Erf in float64. */
const typeOf = (activation: string): ElementType => activation.startsWith("tanh") ? "float64" : "float32";

async function evaluate(outputs: TensorRecord): Promise<Record<string, number[]>> {
  const results = await runOnce(serialize({ name: "objective", inputs: {}, outputs }), {}, { threads: 1 });
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Array.from(data, Number)]));
}

/** The averaged objective over all supports, what it is made of, and its gradients. */
async function averaged(activation: string, task: { activeFeatures: number; mehlerOrder: number }) {
  const type = typeOf(activation);
  const parameters = { encoder: fixed(weights.encoder, type), decoder: fixed(weights.decoder, type) };
  // Many nodes: what is left is the error of the expansion.
  const config = experiment(activation, { ...task, nodes: 21 });
  const support = supportTensor(allSupports(task.activeFeatures));
  const objective = averagedObjectiveOf(config, parameters, { support });
  const [encoder, decoder] = gradient(objective.objective, Object.values(parameters));
  return await evaluate({ ...objective, encoder, decoder });
}

/** φ for what is integrated in JavaScript. */
const functions: Readonly<Record<string, (z: number) => number>> = {
  tanh: Math.tanh,
  "tanh-cubed": (z) => Math.tanh(z) ** 3,
};

/** λ·on + off + penalties with E φ_j φ_k by brute force over the plane, in double precision. */
function bruteForce(
  { loss, task: { noiseVariance } }: Config,
  activation: string,
  supports: readonly number[][],
): number {
  if (loss.name !== "rebalanced") throw new TypeError("only for the rebalanced loss");
  const [E, D] = [weights.encoder.data, weights.decoder.data];
  const neurons = Array.from({ length: hidden }, (_, j) => j);
  const rows = Array.from({ length: features }, (_, i) => i);
  const phi = functions[activation];
  const covariance = neurons.map((j) =>
    neurons.map((k) => noiseVariance * rows.reduce((sum, i) => sum + E[i * hidden + j] * E[i * hidden + k], 0))
  );
  const nodes = Array.from({ length: 29 }, (_, place) => (place - 14) / 2);
  const density = nodes.map((t) => Math.exp(-t * t / 2) / 2 / Math.sqrt(2 * Math.PI));
  let total = 0;
  for (const support of supports) {
    const s = neurons.map((j) => support.reduce((sum, i) => sum + E[i * hidden + j], 0));
    const m = neurons.map((j) =>
      nodes.reduce((sum, t, a) => sum + density[a] * phi(s[j] + Math.sqrt(covariance[j][j]) * t), 0)
    );
    // z_j and z_k from two independent normal variables.
    const second = neurons.map((j) =>
      neurons.map((k) => {
        const along = covariance[j][k] / Math.sqrt(covariance[j][j]);
        const across = Math.sqrt(Math.max(covariance[k][k] - along ** 2, 0));
        return nodes.reduce((sum, t, a) => {
          const first = phi(s[j] + Math.sqrt(covariance[j][j]) * t);
          return sum + density[a] * first *
              nodes.reduce((inner, u, b) => inner + density[b] * phi(s[k] + along * t + across * u), 0);
        }, 0);
      })
    );
    rows.forEach((i) => {
      const row = neurons.map((j) => D[i * hidden + j]);
      const y = row.reduce((sum, value, j) => sum + value * m[j], 0);
      const squared = row.reduce(
        (sum, one, j) => sum + row.reduce((inner, other, k) => inner + one * other * second[j][k], 0),
        0,
      );
      total += support.includes(i) ? loss.lambdaOn * (squared - 2 * y + 1) : squared;
    });
  }
  const squares = (values: Float64Array) => values.reduce((sum, value) => sum + value ** 2, 0);
  return total / supports.length + loss.encoderRidge * squares(E) + loss.decoderRidge * squares(D);
}

/** Relative errors of the objective by order of Mehler's expansion, 1 to 4, at v from 0.06 to 0.3, as measured. */
const expansionErrors: Readonly<Record<string, Readonly<Record<number, readonly number[]>>>> = {
  tanh: { 1: [1.2e-3, 1.1e-4, 2.3e-6, 1.6e-6], 2: [4.1e-4, 9.2e-6, 5.9e-7, 5.2e-8] },
  "tanh-cubed": { 1: [1.5e-3, 1.6e-4, 5.9e-5, 1.5e-5], 2: [6.6e-4, 2.0e-5, 2.1e-5, 4.4e-6] },
};

for (const [activation, byCount] of Object.entries(expansionErrors)) {
  for (const [activeFeatures, errors] of Object.entries(byCount)) {
    Deno.test(`averagedObjectiveOf() with ${activation}, k = ${activeFeatures}, comes as close to brute force over the plane as stated, order by order`, async () => {
      const task = { activeFeatures: Number(activeFeatures) };
      const expected = bruteForce(experiment(activation, task), activation, allSupports(task.activeFeatures));
      for (const [place, bound] of errors.entries()) {
        const { objective: [found] } = await averaged(activation, { ...task, mehlerOrder: place + 1 });
        const error = Math.abs(found / expected - 1);
        assert(error <= 1.05 * bound, `order ${place + 1}: ${error} instead of ${bound}`);
      }
    });
  }
}

/** How far the parts of a gradient or an objective may be from the truth at orders 1 and 4, relative to the largest. */
const truncation = {
  1: { objective: 1.5e-3, encoder: 1.5e-2, decoder: 5e-3 },
  4: { objective: 2e-5, encoder: 1e-3, decoder: 1e-4 },
};

/** The objective and its gradients on drawn noise: means over about so many samples, with their standard errors. */
async function sampled(activation: string, activeFeatures: number, samples: number) {
  const parameters = { encoder: fixed(weights.encoder, "float32"), decoder: fixed(weights.decoder, "float32") };
  const config = experiment(activation, { activeFeatures });
  const supports = allSupports(activeFeatures);
  const repeats = Math.ceil(2000 / supports.length);
  const batch = repeats * supports.length;
  const steps = Math.ceil(samples / batch);
  const support = supportTensor(supports, repeats);
  const nextSeed = seedSequence(1, "averaged objective test");
  const { record } = loop(steps, {}, () => {
    const noise = randomNormal("float32", [batch, features], Math.sqrt(config.task.noiseVariance), nextSeed);
    const objective = objectiveOf(config, "gram", parameters, { support, noise });
    const [encoder, decoder] = gradient(objective.objective, Object.values(parameters));
    return { next: {}, record: { ...objective, encoder, decoder } };
  });
  const drawn = await evaluate(record);
  return Object.fromEntries(
    Object.entries(drawn).map(([name, values]) => {
      const entries = values.length / steps;
      const statistics = Array.from({ length: entries }, (_, entry) => {
        const series = Array.from({ length: steps }, (_, step) => values[step * entries + entry]);
        const mean = series.reduce((sum, value) => sum + value, 0) / steps;
        const variance = series.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (steps - 1);
        return { mean, standardError: Math.sqrt(variance / steps) };
      });
      return [name, statistics];
    }),
  );
}

for (const activation of activations.names()) {
  for (const activeFeatures of [1, 2, 3]) {
    const samples = activation === "tanh-cubed" && activeFeatures === 2 ? 1_000_000 : 200_000;
    Deno.test(`averagedObjectiveOf() with ${activation}, k = ${activeFeatures}, and its gradient are what ${samples} samples say`, async () => {
      const expected = await sampled(activation, activeFeatures, samples);
      for (const [mehlerOrder, errors] of Object.entries(truncation)) {
        const found = await averaged(activation, { activeFeatures, mehlerOrder: Number(mehlerOrder) });
        assertEquals(Object.keys(found).sort(), ["data", "decoder", "encoder", "objective", "off", "on"]);
        for (const [name, statistics] of Object.entries(expected)) {
          const scale = Math.max(...statistics.map(({ mean }) => Math.abs(mean)));
          const error = name === "encoder" || name === "decoder" ? errors[name] : errors.objective;
          assertEquals(found[name].length, statistics.length);
          statistics.forEach(({ mean, standardError }, entry) =>
            // 148 numbers in each of 12 cases: at four standard errors one in nine sets of all would fail.
            assertAlmostEquals(found[name][entry], mean, 4.5 * standardError + error * scale, `${name}[${entry}]`)
          );
        }
      }
    });
  }
}

Deno.test("averagedObjectiveOf() is data plus penalties, and data is λ·on + off", async () => {
  const { objective: [objective], data: [data], on: [on], off: [off] } = await averaged("tanh-cubed", {
    activeFeatures: 2,
    mehlerOrder: 1,
  });
  const squares = ({ data }: { data: Float64Array }) => data.reduce((sum, value) => sum + value ** 2, 0);
  assertAlmostEquals(data, 16 * on + off, 1e-12 * data);
  assertAlmostEquals(
    objective,
    data + 0.01 * squares(weights.encoder) + 0.02 * squares(weights.decoder),
    1e-12 * objective,
  );
});

Deno.test("averagedObjectiveOf() without noise is objectiveOf() on noise that is zero", async () => {
  for (const activation of activations.names()) {
    const type = typeOf(activation);
    const parameters = { encoder: fixed(weights.encoder, type), decoder: fixed(weights.decoder, type) };
    const config = experiment(activation, { activeFeatures: 2, noiseVariance: 0 });
    const supports = allSupports(2);
    const support = supportTensor(supports);
    const shape = [supports.length, features];
    const noise = fixed({ data: new Float64Array(supports.length * features), shape }, type);
    const forms = [
      averagedObjectiveOf(config, parameters, { support }),
      objectiveOf(config, "dense", parameters, { support, noise }),
    ];
    const [found, expected] = await Promise.all(forms.map((objective) => {
      const [encoder, decoder] = gradient(objective.objective, Object.values(parameters));
      return evaluate({ ...objective, encoder, decoder });
    }));
    for (const [name, values] of Object.entries(expected)) {
      const scale = Math.max(...values.map(Math.abs));
      values.forEach((value, entry) =>
        assertAlmostEquals(
          found[name][entry],
          value,
          (type === "float64" ? 1e-12 : 1e-5) * scale,
          `${name} of ${activation}`,
        )
      );
    }
  }
});

/** Whole passes, and a part of one with a set across its end. */
const sizes: BalancedSize[] = [
  { features: 6, activeFeatures: 2, batch: 3 },
  { features: 5, activeFeatures: 3, batch: 4 },
];

for (const activation of activations.names()) {
  for (const mehlerOrder of [1, 2]) {
    Deno.test(`averagedObjectiveOf() with ${activation} and order ${mehlerOrder} has the derivatives of finite differences`, async () => {
      const type = typeOf(activation);
      for (const size of sizes) {
        const { features, activeFeatures } = size;
        const shape = [features, 3];
        // Where the differences are those of float32 their steps are wide, and so must be what they go over.
        const noiseVariance = type === "float64" ? 0.03 : 0.2;
        const config = experiment(activation, { activeFeatures, noiseVariance, mehlerOrder, nodes: 41 });
        await assertDerivatives({
          inputs: { encoder: normals(shape, "encoder"), decoder: normals(shape, "decoder") },
          precision: type === "float64" ? "double" : "single",
          objective: (parameters) => averagedObjectiveOf(config, parameters, fixedBalancedBatch(size, type)).objective,
        });
      }
    });
  }
}

Deno.test("averagedObjectiveOf() is the same on a balanced batch as on the same supports gone through plainly", async () => {
  for (const [activeFeatures, batch] of [[2, 12], [2, 7], [3, 5], [1, 30]]) {
    const parameters = { encoder: fixed(weights.encoder, "float64"), decoder: fixed(weights.decoder, "float64") };
    const config = experiment("tanh-cubed", { activeFeatures, mehlerOrder: 2 });
    const balanced = fixedBalancedBatch({ features, activeFeatures, batch }, "float64");
    const [found, expected] = await Promise.all([balanced, { support: balanced.support }].map((drawn) => {
      const objective = averagedObjectiveOf(config, parameters, drawn);
      const [encoder, decoder] = gradient(objective.objective, Object.values(parameters));
      return evaluate({ ...objective, encoder, decoder });
    }));
    for (const [name, values] of Object.entries(expected)) {
      const scale = Math.max(...values.map(Math.abs));
      assertLess(0, scale);
      values.forEach((value, entry) => assertAlmostEquals(found[name][entry], value, 1e-12 * scale, name));
    }
  }
});

Deno.test("objectiveOf() on drawn noise is the same on a balanced batch as on the same supports gone through plainly", async () => {
  const parameters = { encoder: fixed(weights.encoder, "float64"), decoder: fixed(weights.decoder, "float64") };
  const config = experiment("tanh-cubed", { activeFeatures: 2 });
  const balanced = fixedBalancedBatch({ features, activeFeatures: 2, batch: 8 }, "float64");
  // A noise vector each, and one for two: in the second case supports are summed over.
  for (const vectors of [8, 4]) {
    for (const form of ["dense", "gram"] as const) {
      const noise = fixed(normals([vectors, features], "noise"), "float64");
      const [found, expected] = await Promise.all([balanced, { support: balanced.support }].map((drawn) => {
        const objective = objectiveOf(config, form, parameters, { ...drawn, noise });
        const [encoder, decoder] = gradient(objective.objective, Object.values(parameters));
        return evaluate({ ...objective, encoder, decoder });
      }));
      for (const [name, values] of Object.entries(expected)) {
        const scale = Math.max(...values.map(Math.abs));
        assertLess(0, scale);
        values.forEach((value, entry) => assertAlmostEquals(found[name][entry], value, 1e-12 * scale, name));
      }
    }
  }
});
