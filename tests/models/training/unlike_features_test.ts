import { assert, assertAlmostEquals, assertLess } from "@std/assert";
import type { Batch } from "../../../models/data/batch.ts";
import { multiply, sqrt } from "../../../models/graph/elementwise_ops.ts";
import { gradient } from "../../../models/graph/gradients.ts";
import { loop, type TensorRecord } from "../../../models/graph/loop.ts";
import { randomNormal, seedSequence } from "../../../models/graph/random_ops.ts";
import { serialize } from "../../../models/graph/serialize.ts";
import type { ElementType } from "../../../models/graph/tensor.ts";
import { runOnce } from "../../../models/runtime/session.ts";
import { averagedObjectiveOf, objectiveOf } from "../../../models/training/objective.ts";
import { assertDerivatives, doubles, normals } from "../../finite_differences.ts";
import { fixedBalancedBatch } from "../data/balanced_batch.ts";
import { allSupports, experiment, features, fixed, hidden, supportTensor, weights } from "./averaged_objective.ts";

const supports = allSupports(2);
const samples = supports.length;
const lambda = 16;

/** What differs from feature to feature and from sample to sample, as plain numbers. */
const values = doubles([samples, 2], (entry) => 0.6 + (entry % 7) / 6);
const targets = doubles([samples, 2], (entry) => 1.5 - (entry % 5) / 4);
const importance = doubles([features], (feature) => 0.3 + (feature % 4));
const spreads = doubles([features], (feature) => 0.05 + 0.05 * (feature % 3));
const noise = doubles([samples, features], (place) => 0.1 * normals([samples * features], "noise").data[place]);

function unlike(type: ElementType): Batch {
  return {
    support: supportTensor(supports),
    values: fixed(values, type),
    targets: fixed(targets, type),
    weights: fixed(importance, type),
    noiseSpreads: fixed(spreads, type),
  };
}

const ofType = (type: ElementType) => ({
  encoder: fixed(weights.encoder, type),
  decoder: fixed(weights.decoder, type),
});

async function evaluate(outputs: TensorRecord): Promise<Record<string, number[]>> {
  const results = await runOnce(serialize({ name: "unlike", inputs: {}, outputs }), {}, { threads: 1 });
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Array.from(data, Number)]));
}

function withGradients(write: (parameters: TensorRecord) => TensorRecord, type: ElementType): TensorRecord {
  const parameters = ofType(type);
  const objective = write(parameters);
  const [encoder, decoder] = gradient(objective.objective, Object.values(parameters));
  return { ...objective, encoder, decoder };
}

const config = experiment("tanh-cubed", { mehlerOrder: 4, nodes: 21 });

Deno.test("objectiveOf() is λ Σ_on w (y − t)² + Σ_off w y² of values, targets and weights, in both forms", async () => {
  let [on, off] = [0, 0];
  supports.forEach((support, sample) => {
    const z = (j: number) =>
      Array.from({ length: features }, (_, i) => {
        const place = support.indexOf(i);
        const x = noise.data[sample * features + i] + (place === -1 ? 0 : values.data[2 * sample + place]);
        return x * weights.encoder.data[i * hidden + j];
      }).reduce((sum, term) => sum + term);
    const a = Array.from({ length: hidden }, (_, j) => Math.tanh(z(j)) ** 3);
    for (let i = 0; i < features; i++) {
      const y = a.reduce((sum, value, j) => sum + value * weights.decoder.data[i * hidden + j], 0);
      const place = support.indexOf(i);
      if (place === -1) off += importance.data[i] * y ** 2 / samples;
      else on += importance.data[i] * (y - targets.data[2 * sample + place]) ** 2 / samples;
    }
  });
  const batch = { ...unlike("float64"), noise: fixed(noise, "float64") };
  for (const form of ["dense", "gram"] as const) {
    const found = await evaluate(objectiveOf(config, form, ofType("float64"), batch));
    assertAlmostEquals(found.on[0], on, 1e-12 * on, form);
    assertAlmostEquals(found.off[0], off, 1e-12 * off, form);
    assertAlmostEquals(found.data[0], lambda * on + off, 1e-11 * on, form);
  }
});

Deno.test("objectiveOf() has x* itself for a target where none is given", async () => {
  const { targets: _, ...batch } = unlike("float64");
  const drawn = { ...batch, noise: fixed(noise, "float64") };
  const [found, expected] = await Promise.all(
    [drawn, { ...drawn, targets: fixed(values, "float64") }].map((batch) =>
      evaluate(objectiveOf(config, "gram", ofType("float64"), batch))
    ),
  );
  assertAlmostEquals(found.data[0], expected.data[0], 1e-13 * expected.data[0]);
});

Deno.test("objectiveOf() and its gradients agree in both forms on unlike features, also where samples share noise", async () => {
  for (const vectors of [samples, samples / 6]) {
    const drawn = fixed(doubles([vectors, features], (place) => noise.data[place]), "float64");
    const [dense, gram] = await Promise.all((["dense", "gram"] as const).map((form) =>
      evaluate(withGradients(
        (parameters) => objectiveOf(config, form, parameters, { ...unlike("float64"), noise: drawn }),
        "float64",
      ))
    ));
    for (const [name, entries] of Object.entries(dense)) {
      const scale = Math.max(...entries.map(Math.abs));
      assert(scale > 0.01, name);
      entries.forEach((value, entry) => assertAlmostEquals(gram[name][entry], value, 1e-11 * scale, name));
    }
  }
});

Deno.test("averagedObjectiveOf() on unlike features, and its gradients, are what 100000 samples say", async () => {
  const steps = 76;
  const repeats = 20;
  const repeated = (array: { data: Float64Array; shape: readonly number[] }) =>
    fixed(doubles([repeats * samples, 2], (entry) => array.data[entry % array.data.length]), "float32");
  const batch = {
    ...unlike("float32"),
    support: supportTensor(supports, repeats),
    values: repeated(values),
    targets: repeated(targets),
  };
  const nextSeed = seedSequence(1, "unlike features test");
  const { record } = loop(steps, {}, () => {
    const drawn = multiply(
      randomNormal("float32", [repeats * samples, features], 1, nextSeed),
      fixed(spreads, "float32"),
    );
    const sampled = (parameters: TensorRecord) => objectiveOf(config, "gram", parameters, { ...batch, noise: drawn });
    return { next: {}, record: withGradients(sampled, "float32") };
  });
  const sampled = await evaluate(record);
  const found = await evaluate(withGradients(
    (parameters) => averagedObjectiveOf(config, parameters, unlike("float64")),
    "float64",
  ));
  for (const [name, entries] of Object.entries(found)) {
    const scale = Math.max(...entries.map(Math.abs));
    entries.forEach((value, entry) => {
      const series = Array.from({ length: steps }, (_, step) => sampled[name][step * entries.length + entry]);
      const mean = series.reduce((sum, term) => sum + term) / steps;
      const error = Math.sqrt(series.reduce((sum, term) => sum + (term - mean) ** 2, 0) / (steps - 1) / steps);
      assertLess(error, 0.02 * scale, `${name}[${entry}] is not known well enough for a check`);
      assertAlmostEquals(value, mean, 4.5 * error + 1e-3 * scale, `${name}[${entry}]`);
    });
  }
});

Deno.test("averagedObjectiveOf() takes equal spreads for the noise variance of the task", async () => {
  const spread = doubles([features], () => Math.sqrt(config.task.noiseVariance));
  const [found, expected] = await Promise.all(
    [{ noiseSpreads: fixed(spread, "float64") }, {}].map((noise) =>
      evaluate(withGradients(
        (parameters) => averagedObjectiveOf(config, parameters, { support: supportTensor(supports), ...noise }),
        "float64",
      ))
    ),
  );
  for (const [name, entries] of Object.entries(expected)) {
    const scale = Math.max(...entries.map(Math.abs));
    entries.forEach((value, entry) => assertAlmostEquals(found[name][entry], value, 1e-12 * scale, name));
  }
});

const small = { features: 5, activeFeatures: 2, batch: 4 };

for (const form of ["dense", "gram", "averaged"] as const) {
  Deno.test(`The ${form} objective on unlike features has the derivatives of finite differences`, async () => {
    const settings = experiment("tanh-cubed", { mehlerOrder: 2, nodes: 41 });
    const positive = (shape: number[], label: string) =>
      doubles(shape, (place) => 0.3 + Math.abs(normals(shape, label).data[place]));
    const batch: Batch = {
      ...fixedBalancedBatch(small, "float64"),
      values: fixed(positive([4, 2], "values"), "float64"),
      targets: fixed(positive([4, 2], "targets"), "float64"),
      weights: fixed(positive([5], "weights"), "float64"),
      noiseSpreads: multiply(sqrt(fixed(positive([5], "variances"), "float64")), 0.2),
    };
    const noise = fixed(doubles([4, 5], (place) => 0.2 * normals([20], "small noise").data[place]), "float64");
    await assertDerivatives({
      inputs: { encoder: normals([5, 3], "encoder"), decoder: normals([5, 3], "decoder") },
      objective: (parameters) =>
        form === "averaged"
          ? averagedObjectiveOf(settings, parameters, batch).objective
          : objectiveOf(settings, form, parameters, { ...batch, noise }).objective,
    });
  });
}
