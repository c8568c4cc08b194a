import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { activations } from "../../../models/network/activations/activations.ts";
import { type Config, parseConfig } from "../../../models/experiment/config.ts";
import { gradient } from "../../../models/graph/gradients.ts";
import { serialize } from "../../../models/graph/serialize.ts";
import { constant, type ElementType, type Tensor } from "../../../models/graph/tensor.ts";
import { type LossForm, lossForm, matrixProductCost, objectiveOf } from "../../../models/training/objective.ts";
import { randomStream } from "../../../models/random.ts";
import { runOnce } from "../../../models/runtime/session.ts";
import { type DoubleArray, doubles, normals } from "../../finite_differences.ts";

const [features, hidden, batch, activeFeatures] = [48, 16, 64, 3];

function experiment(overrides: { activation?: string; loss?: Record<string, unknown> } = {}): Config {
  return parseConfig({
    name: "objective",
    model: { features, hidden, activation: overrides.activation ?? "tanh-cubed" },
    task: { activeFeatures },
    loss: { encoderRidge: 0.01, ...overrides.loss },
    training: { steps: 1, batch },
  }, "test");
}

/** Distinct features for every sample. */
function supportIndices(): BigInt64Array {
  const { integer } = randomStream(5, "support");
  return BigInt64Array.from(
    Array.from({ length: batch }, () => {
      const set = new Set<number>();
      while (set.size < activeFeatures) set.add(integer(features));
      return [...set];
    }).flat(),
    BigInt,
  );
}

/** Weights like those of a trained network: most of them small, some near ±1.5. */
function clustered(label: string): DoubleArray {
  const { uniform, normal } = randomStream(6, label);
  return doubles([features, hidden], () => (uniform() < 0.2 ? 1.5 * Math.sign(normal()) : 0) + 0.1 * normal());
}

function ofType({ data, shape }: DoubleArray, type: ElementType): Tensor {
  return constant(type === "float64" ? data : Float32Array.from(data), shape);
}

/** All scalars of the objective, and its gradients, on one set of supports and noise. */
async function evaluate(config: Config, form: LossForm, vectors: number, type: ElementType) {
  const parameters = { encoder: ofType(clustered("encoder"), type), decoder: ofType(clustered("decoder"), type) };
  const noise = normals([vectors, features], "noise");
  const objective = objectiveOf(config, form, parameters, {
    support: constant(supportIndices(), [batch, activeFeatures]),
    noise: ofType(doubles(noise.shape, (place) => noise.data[place] * Math.sqrt(0.005)), type),
  });
  const [encoder, decoder] = gradient(objective.objective, [parameters.encoder, parameters.decoder]);
  const model = serialize({ name: "objective", inputs: {}, outputs: { ...objective, encoder, decoder } });
  const results = await runOnce(model, {}, { threads: 1 });
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Array.from(data, Number)]));
}

/** Largest difference of two arrays, relative to the largest entry. */
function relativeDifference(found: readonly number[], expected: readonly number[]): number {
  assertEquals(found.length, expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  assert(scale > 0);
  return Math.max(...found.map((value, place) => Math.abs(value - expected[place]))) / scale;
}

for (const activation of activations.names()) {
  for (const supportsPerNoise of [1, 4]) {
    Deno.test(`objectiveOf() agrees in both forms, with ${activation} and R = ${supportsPerNoise}`, async () => {
      // ONNX Runtime has no Erf in float64.
      const types = activation === "gelu" ? ["float32"] as const : ["float32", "float64"] as const;
      for (const type of types) {
        const config = experiment({ activation });
        const dense = await evaluate(config, "dense", batch / supportsPerNoise, type);
        const gram = await evaluate(config, "gram", batch / supportsPerNoise, type);
        assertEquals(Object.keys(gram).sort(), ["data", "decoder", "encoder", "objective", "off", "on"]);
        for (const [name, values] of Object.entries(gram)) {
          const difference = relativeDifference(values, dense[name]);
          assertLess(difference, type === "float32" ? 1e-5 : 1e-10, `${name} in ${type}`);
        }
      }
    });
  }
}

Deno.test("objectiveOf() is data plus penalties, and data is λ·on + off", async () => {
  const config = experiment({ loss: { lambdaOn: 5, decoderRidge: 0.2, encoderRidge: 0.1 } });
  const { objective: [objective], data: [data], on: [on], off: [off] } = await evaluate(
    config,
    "gram",
    batch,
    "float64",
  );
  const squares = (label: string) => clustered(label).data.reduce((sum, value) => sum + value * value, 0);
  assertAlmostEquals(data, 5 * on + off, 1e-12 * data);
  assertAlmostEquals(objective, data + 0.2 * squares("decoder") + 0.1 * squares("encoder"), 1e-12 * objective);
  const bare = await evaluate(experiment({ loss: { decoderRidge: 0, encoderRidge: 0 } }), "dense", batch, "float64");
  assertEquals(bare.objective, bare.data);
});

const sizes = {
  superposition: { features: 3072, hidden: 1024, batch: 2048, vectors: 512 },
  laptop: { features: 512, hidden: 256, batch: 512, vectors: 512 },
  unsuperposed: { features: 1024, hidden: 3072, batch: 512, vectors: 512 },
};

Deno.test("matrixProductCost() counts the operations of the formulas", () => {
  assertEquals(matrixProductCost("dense", { features: 3, hidden: 5, batch: 7, vectors: 7 }), 10 * 7 * 3 * 5);
  assertEquals(
    matrixProductCost("gram", { features: 3, hidden: 5, batch: 8, vectors: 2 }),
    4 * 2 * 3 * 5 + 4 * 3 * 5 * 5 + 4 * 8 * 5 * 5,
  );
});

Deno.test("lossForm() takes the cheaper form: Gram below h = d with a large batch, dense above or with a small one", () => {
  const formOf = ({ features, hidden, ...samples }: typeof sizes.laptop, loss = {}) =>
    lossForm(
      parseConfig({ name: "form", model: { features, hidden }, loss, training: { steps: 1 } }, "test"),
      samples,
    );
  assertEquals(formOf(sizes.superposition), "gram");
  assertEquals(formOf(sizes.laptop), "gram");
  assertEquals(formOf(sizes.unsuperposed), "dense");
  assertEquals(formOf({ ...sizes.unsuperposed, batch: 65536, vectors: 65536 }), "dense");
  assertEquals(formOf({ ...sizes.superposition, batch: 256, vectors: 256 }), "dense");
  // Sharing noise makes the Gram form cheaper still.
  const { superposition } = sizes;
  assertLess(
    matrixProductCost("gram", superposition),
    matrixProductCost("gram", { ...superposition, vectors: superposition.batch }),
  );
  // What is asked for goes before what is cheaper, and a loss without a Gram form has no choice.
  assertEquals(formOf(sizes.superposition, { form: "dense" }), "dense");
  assertEquals(formOf(sizes.unsuperposed, { form: "gram" }), "gram");
  assertEquals(formOf(sizes.superposition, { name: "softmax" }), "dense");
});
