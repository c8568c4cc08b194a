/** Python's reference checker accepts the models that the project builds. */
import { join } from "node:path";
import * as ort from "onnxruntime-node";
import { assertEquals, assertGreater, assertRejects } from "@std/assert";
import { optimalDecoder } from "../../../analysis/optimal_decoder.ts";
import { sampledDerivatives } from "../../../analysis/sampled_derivatives.ts";
import { activations } from "../../../models/activations.ts";
import { type Config, parseConfig } from "../../../models/config.ts";
import { heldOutLoss } from "../../../models/evaluation.ts";
import { inferenceModel } from "../../../models/inference.ts";
import { losses } from "../../../models/losses.ts";
import { optimizers } from "../../../models/optimizers.ts";
import { initialState, weightsOf } from "../../../models/trainer.ts";
import { chunkModel } from "../../../models/training_graph.ts";
import { runPython, skipWithoutPython } from "../../python/skip_without.ts";

const ignore = skipWithoutPython("onnx");

/** Every combination of what changes the graph, as complete experiments of small size, by name. */
function experiments(): [name: string, config: Config][] {
  return Object.entries(losses).flatMap(([loss, { gram }]) =>
    (gram === undefined ? ["dense"] : ["dense", "gram"]).flatMap((form) =>
      Object.keys(activations).flatMap((activation) =>
        Object.keys(optimizers).flatMap((optimizer) =>
          [1, 2, 3].flatMap((support) =>
            [1, 4].map((supportsPerNoise): [string, Config] => {
              const name = [loss, form, activation, optimizer, `k${support}`, `r${supportsPerNoise}`].join("-");
              return [
                name,
                parseConfig({
                  name,
                  model: { features: 6, hidden: 4, activation },
                  task: { support },
                  loss: { name: loss, form },
                  optimizer: { name: optimizer },
                  training: { steps: 2, batch: 8, supportsPerNoise },
                }, "test"),
              ];
            })
          )
        )
      )
    )
  );
}

/** The models that ONNX Runtime is given while `work` runs. */
async function modelsRun(work: () => Promise<unknown>): Promise<Uint8Array[]> {
  const models: Uint8Array[] = [];
  const { create } = ort.InferenceSession;
  ort.InferenceSession.create = ((model: Uint8Array, options: ort.InferenceSession.SessionOptions) => {
    models.push(model);
    return create(model, options);
  }) as typeof create;
  try {
    await work();
  } finally {
    ort.InferenceSession.create = create;
  }
  return models;
}

/** How many models the checker has accepted. */
async function check(models: Iterable<[name: string, model: Uint8Array]>): Promise<number> {
  const folder = await Deno.makeTempDir();
  try {
    const paths = [];
    for (const [name, model] of models) {
      const path = join(folder, `${name}.onnx`);
      await Deno.writeFile(path, model);
      paths.push(path);
    }
    return Number(await runPython("check_onnx.py", ...paths));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test({
  name: "onnx.checker accepts the training chunk of every experiment",
  ignore,
  fn: async () => {
    const all = experiments();
    const models = all.map(([name, config]): [string, Uint8Array] => [
      name,
      chunkModel(config, { index: 0, steps: 2 }, [0, 3]),
    ]);
    models.push(["no-pairs", chunkModel(all[0][1], { index: 1, steps: 1 }, [])]);
    assertGreater(models.length, 100);
    assertEquals(await check(models), models.length);
  },
});

Deno.test({
  name: "onnx.checker accepts the denoiser and the models of evaluation and analysis",
  ignore,
  fn: async () => {
    const models: [string, Uint8Array][] = [];
    for (const [name, config] of experiments()) {
      if (!name.includes("-adam-") || !name.endsWith("-k2-r1")) continue;
      const weights = weightsOf(config, initialState(config));
      models.push([`${name}-denoiser`, inferenceModel(config, weights)]);
      const run = await modelsRun(async () => {
        await heldOutLoss(config, weights, { samples: 1 });
        if (config.model.activation !== "tanh-cubed") return;
        const derivatives = sampledDerivatives(config, { samples: 1, seed: 0 });
        await derivatives.gradient(weights);
        await derivatives.hessianProduct(weights, weights);
        if (config.loss.name === "rebalanced") {
          await optimalDecoder(weights, config, { samples: 1, samplesPerFeature: 2 });
        }
      });
      assertGreater(run.length, 0);
      run.forEach((model, place) => models.push([`${name}-${place}`, model]));
    }
    assertEquals(await check(models), models.length);
  },
});

Deno.test({
  name: "check_onnx.py rejects a model that is wrong",
  ignore,
  fn: async () => {
    const [[name, config]] = experiments();
    const model = chunkModel(config, { index: 0, steps: 2 }, []);
    // The first mention of a sum is no longer what the others refer to.
    model[new TextDecoder("latin1").decode(model).indexOf("ReduceSum")] = "X".charCodeAt(0);
    await assertRejects(() => check([[name, model]]), Error, `${name}.onnx: `);
  },
});
