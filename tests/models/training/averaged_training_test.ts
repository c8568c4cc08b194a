/** Training with the noise averaged over and balanced supports: nothing random and nothing scattered is left in a step. */
import { assert, assertEquals, assertLess, assertNotEquals } from "@std/assert";
import { fromBinary } from "@bufbuild/protobuf";
import { type GraphProto, ModelProtoSchema } from "onnx-buf";
import { type Config, parseConfig } from "../../../models/experiment/config.ts";
import { activations } from "../../../models/network/activations/activations.ts";
import { optimizers } from "../../../models/optimizers/optimizers.ts";
import { type ChunkResult, train, type TrainOptions } from "../../../models/training/trainer.ts";
import { chunkModel, nextChunk, stepInputs } from "../../../models/training/training_graph.ts";
import { hasCuda } from "./has_cuda.ts";

const [features, hidden] = [16, 8];

function experiment({ model = {}, task = {}, training = {}, ...sections }: {
  model?: Record<string, unknown>;
  task?: Record<string, unknown>;
  training?: Record<string, unknown>;
  optimizer?: Record<string, unknown>;
} = {}): Config {
  return parseConfig({
    name: "averaged",
    model: { features, hidden, ...model },
    task: { noise: "averaged", supports: "balanced", ...task },
    // Of ordinary size, so that a few steps change much.
    training: { steps: 7, batch: 8, chunk: 4, initialScale: 1, ...training },
    ...sections,
  }, "test");
}

/** Every operation inside the Loop of a chunk. */
function operationsOfStep(config: Config): Set<string> {
  const chunk = nextChunk(config, 0);
  const { graph } = fromBinary(ModelProtoSchema, chunkModel(config, chunk, stepInputs(config, chunk), [0, 1]));
  const bodies = (graph: GraphProto): GraphProto[] =>
    graph.node.flatMap(({ attribute }) => attribute.flatMap(({ g }) => g === undefined ? [] : [g, ...bodies(g)]));
  const inside = bodies(graph!);
  assertEquals(inside.length, 1);
  return new Set(inside[0].node.map(({ opType }) => opType));
}

/** What optimisers must be told. */
const needed: Readonly<Record<string, object>> = {
  langevin: { temperature: 1e-3 },
  "localized-langevin": { temperature: 1e-3, localization: 1 },
};

const isRandom = (operation: string) => operation.startsWith("Random");
const isScatter = (operation: string) => operation.startsWith("Scatter");

Deno.test("a step with averaged noise and balanced supports has no random operation and no scatter", () => {
  for (const activation of activations.names()) {
    for (const name of optimizers.names()) {
      for (const activeFeatures of [1, 2, 3]) {
        // Less than a pass; whole ones or not by k; several.
        for (const batch of [4, 16, 36]) {
          for (const mehlerOrder of [1, 3]) {
            const config = experiment({
              model: { activation },
              task: { activeFeatures, mehlerOrder },
              training: { batch },
              optimizer: { name, ...needed[name] },
            });
            const operations = [...operationsOfStep(config)];
            assertEquals(operations.filter((name) => isRandom(name) || isScatter(name)), []);
          }
        }
      }
    }
  }
});

Deno.test("a step has random operations where noise or supports are drawn, and a scatter where supports are", () => {
  const has = (task: Record<string, unknown>) => {
    const operations = [...operationsOfStep(experiment({ task }))];
    return { random: operations.some(isRandom), scatter: operations.some(isScatter) };
  };
  assertEquals(has({ supports: "independent" }), { random: true, scatter: true });
  assertEquals(has({ noise: "sampled", supports: "independent" }), { random: true, scatter: true });
  assertEquals(has({ noise: "sampled" }).random, true);
});

async function chunks(config: Config, options?: TrainOptions): Promise<ChunkResult[]> {
  return await Array.fromAsync(train(config, options));
}

/** What must not depend on how the work was cut or when it was done. */
function lasting(results: readonly ChunkResult[]) {
  const joined = (pick: (result: ChunkResult) => Readonly<Record<string, Float32Array>>) =>
    Object.fromEntries(
      Object.keys(pick(results[0])).map((name) => [name, results.flatMap((result) => [...pick(result)[name]])]),
    );
  return {
    state: results.at(-1)!.state,
    scalars: joined(({ scalars }) => scalars),
    followed: joined(({ followed }) => followed),
  };
}

const follow = [0, 5];

for (const activation of activations.names()) {
  Deno.test(`train() on averages of ${activation} gives the same bits twice, after a stop, and whatever the chunk`, async () => {
    // Whole passes, and a part of one with sets across its end.
    for (const [activeFeatures, batch] of activation === "tanh-cubed" ? [[2, 8], [3, 9]] : [[3, 9]]) {
      const config = experiment({ model: { activation }, task: { activeFeatures }, training: { batch } });
      const all = await chunks(config, { follow });
      assertEquals(all.map(({ state }) => state.step), [4, 7]);
      assert(all.at(-1)!.state.tensors.encoder.data.every(Number.isFinite));
      assertNotEquals(all[0].state.tensors.encoder.data, all[1].state.tensors.encoder.data);
      assertEquals(lasting(await chunks(config, { follow })), lasting(all));
      const stopped = structuredClone(all[0].state);
      assertEquals(lasting(await chunks(config, { from: stopped, follow })), lasting(all.slice(1)));
      const cut = experiment({ model: { activation }, task: { activeFeatures }, training: { batch, chunk: 7 } });
      assertEquals(lasting(await chunks(cut, { follow })), lasting(all));
    }
  });
}

Deno.test("train() on drawn noise with balanced supports, or the reverse, gives the same bits twice and after a stop", async () => {
  for (const task of [{ noise: "sampled" }, { supports: "independent" }]) {
    const config = experiment({ task, training: { batch: 12 } });
    const all = await chunks(config, { follow });
    assertEquals(lasting(await chunks(config, { follow })), lasting(all));
    const stopped = structuredClone(all[0].state);
    assertEquals(lasting(await chunks(config, { from: stopped, follow })), lasting(all.slice(1)));
  }
});

Deno.test("train() on averages stands an experiment without noise, whatever the order of Mehler's expansion", async () => {
  for (const activation of activations.names()) {
    const objectives: Float32Array[] = [];
    for (const mehlerOrder of [1, 4]) {
      const task = { noiseVariance: 0, mehlerOrder };
      const [{ scalars, state }] = await chunks(experiment({ model: { activation }, task, training: { steps: 3 } }));
      assert(Object.values(state.tensors).every(({ data }) => data.every(Number.isFinite)), activation);
      objectives.push(scalars.objective);
    }
    // Without noise there is nothing to expand.
    objectives[1].forEach((value, step) => assertLess(Math.abs(value / objectives[0][step] - 1), 1e-5, activation));
  }
});

Deno.test("train() learns on averages: the objective falls far below that of doing nothing", async () => {
  const config = experiment({
    model: { hidden: 16 },
    task: { activeFeatures: 1 },
    optimizer: { learningRate: 0.05 },
    training: { steps: 150, batch: 16, chunk: 150, initialScale: 0.3 },
  });
  const [{ scalars }] = await chunks(config);
  // Returning zero costs λ k = 16.
  assert(scalars.data[0] > 15, `${scalars.data[0]}`);
  assertLess(scalars.data.at(-1)!, 2);
});

Deno.test({
  name: "train() on averages gives the same bits twice on a GPU",
  ignore: !hasCuda(),
  fn: async () => {
    for (const activeFeatures of [2, 3]) {
      const config = experiment({
        model: { features: 256, hidden: 128 },
        task: { activeFeatures },
        training: { steps: 100, batch: 128, chunk: 50 },
      });
      const [first, second] = [await chunks(config, { device: "cuda" }), await chunks(config, { device: "cuda" })];
      assertEquals(lasting(second), lasting(first));
    }
  },
});
