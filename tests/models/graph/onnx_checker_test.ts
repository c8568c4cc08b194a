/** Python's reference checker accepts the models that the project builds. */
import { assertEquals, assertGreater, assertRejects } from "@std/assert";
import { exactGradient } from "../../../analysis/derivatives/exact_gradient.ts";
import { exactHessian } from "../../../analysis/derivatives/exact_hessian.ts";
import { activations } from "../../../models/network/activations/activations.ts";
import { type Config, parseConfig } from "../../../models/experiment/config.ts";
import { heldOutLoss } from "../../../models/training/evaluation.ts";
import { exactObstacle } from "../../../models/training/exact/exact_means.ts";
import { inferenceModel } from "../../../models/network/inference.ts";
import { losses } from "../../../models/losses/losses.ts";
import { optimizers } from "../../../models/optimizers/optimizers.ts";
import { chunkModel, nextChunk, stepInputs } from "../../../models/training/training_graph.ts";
import { initialState, parameterValues, weightsOf } from "../../../models/training/training_state.ts";
import { checkModels, modelsRun } from "../../onnx_checker.ts";
import { skipWithoutPython } from "../../python/run_python.ts";

const ignore = skipWithoutPython("onnx");

/** What optimisers need beside their name. */
const optimizerOptions: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  langevin: { temperature: 1e-3 },
  "localized-langevin": { temperature: 1e-3, localization: 1 },
};

/** Every combination of what changes the graph, as complete experiments of small size, by name. */
function experiments(): [name: string, config: Config][] {
  return losses.names().flatMap((loss) =>
    (losses.get(loss).gram === undefined ? ["dense"] : ["dense", "gram"]).flatMap((form) =>
      activations.names().flatMap((activation) =>
        optimizers.names().flatMap((optimizer) =>
          [1, 2, 3].flatMap((activeFeatures) =>
            [1, 4].map((supportsPerNoise): [string, Config] => {
              const name = [loss, form, activation, optimizer, `k${activeFeatures}`, `r${supportsPerNoise}`].join("-");
              return [
                name,
                parseConfig({
                  name,
                  model: { features: 6, hidden: 4, activation },
                  task: { activeFeatures },
                  loss: loss === "softmax" ? { name: loss } : { name: loss, form },
                  optimizer: { name: optimizer, ...optimizerOptions[optimizer] },
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

/** The same with the noise averaged over: by activation, k, whole and part passes, and order of Mehler's expansion. */
function averagedExperiments(): [name: string, config: Config][] {
  return activations.names().flatMap((activation) =>
    [1, 2, 3].flatMap((activeFeatures) =>
      (["balanced", "independent"] as const).flatMap((supports) =>
        [6, 8].flatMap((batch) =>
          [1, 3].map((mehlerOrder): [string, Config] => {
            const name = ["averaged", activation, `k${activeFeatures}`, supports, `b${batch}`, `m${mehlerOrder}`].join(
              "-",
            );
            return [
              name,
              parseConfig({
                name,
                model: { features: 6, hidden: 4, activation },
                task: { activeFeatures, noise: "averaged", supports, mehlerOrder },
                training: { steps: 2, batch },
              }, "test"),
            ];
          })
        )
      )
    )
  );
}

/** Samples of the other sources. */
function otherSources(): [name: string, config: Config][] {
  const types = [{ share: 0.5, importance: 2, noiseVariance: 0.01 }, { share: 0.5, amplitude: 1.5 }];
  const tasks = [
    { name: "finite", samples: 20 },
    { name: "typed", types },
    { name: "typed", types, noise: "averaged", supports: "balanced" },
    { name: "independent", activeFeatures: 1.5 },
  ];
  return tasks.map((task, index): [string, Config] => {
    const name = `source-${index}-${task.name}`;
    const model = { name: task.name === "independent" ? "toy-model" : "denoiser", features: 6, hidden: 4 };
    return [name, parseConfig({ name, model, task, training: { steps: 2, batch: 6 } }, "test")];
  });
}

/** The model of the first chunk. */
function chunkModelOf(config: Config, followed: readonly number[]): Uint8Array {
  const chunk = nextChunk(config, 0);
  return chunkModel(config, chunk, stepInputs(config, chunk), followed);
}

Deno.test({
  name: "onnx.checker accepts the training chunk of every experiment",
  ignore,
  fn: async () => {
    const all = [...experiments(), ...averagedExperiments(), ...otherSources()];
    const models = all.map(([name, config]): [string, Uint8Array] => [
      name,
      chunkModelOf(config, [0, 3]),
    ]);
    models.push(["no-pairs", chunkModelOf(all[0][1], [])]);
    assertGreater(models.length, 100);
    assertEquals(await checkModels(models), models.length);
  },
});

Deno.test({
  name: "onnx.checker accepts the denoiser, the evaluation and the exact derivatives of every loss and activation",
  ignore,
  fn: async () => {
    const models: [string, Uint8Array][] = [];
    for (const [name, config] of experiments()) {
      if (!name.includes("-adam-") || !name.endsWith("-k2-r1")) continue;
      const state = initialState(config);
      const weights = weightsOf(config, state);
      models.push([`${name}-denoiser`, inferenceModel(config, parameterValues(config, state))]);
      const run = await modelsRun(() => heldOutLoss(config, weights, { samples: 1 }));
      assertEquals(run.length, 1);
      models.push([`${name}-held-out`, run[0]]);
      if (exactObstacle(config) !== undefined) continue;
      const { encoder, decoder } = weights;
      const exact = await modelsRun(async () => {
        await exactGradient(config, { encoder, decoder });
        await exactHessian(config, weights).product({ encoder, decoder });
      });
      assertEquals(exact.length, 2);
      exact.forEach((model, index) => models.push([`${name}-exact-${index}`, model]));
    }
    assertEquals(await checkModels(models), models.length);
  },
});

Deno.test({
  name: "check_onnx.py rejects a model that is wrong",
  ignore,
  fn: async () => {
    const [[name, config]] = experiments();
    const model = chunkModelOf(config, []);
    // The first mention of a sum is no longer what the others refer to.
    model[new TextDecoder("latin1").decode(model).indexOf("ReduceSum")] = "X".charCodeAt(0);
    await assertRejects(() => checkModels([[name, model]]), Error, `${name}.onnx: `);
  },
});
