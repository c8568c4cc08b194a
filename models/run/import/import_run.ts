/** A run of weights that were trained elsewhere, so that they can be measured and drawn as those that were trained here. */
import { basename, resolve } from "node:path";
import { UsageError } from "../../errors.ts";
import type { Config } from "../../experiment/config.ts";
import { loadConfigFile, loadPreset, type Settings } from "../../experiment/presets.ts";
import { inferenceModel } from "../../network/inference.ts";
import { hasWeightPairs } from "../../training/training_state.ts";
import { createRun, type CreateRunOptions } from "../create_run.ts";
import type { Run } from "../run.ts";
import { runFiles } from "../run_folder.ts";
import { readStateDict } from "./state_dict.ts";
import { findMatrices, type MatrixNames, type Sizes, sizesOf, weightsFrom } from "./weight_matrices.ts";

/** Options of `importRun`. */
export interface ImportRunOptions extends Partial<MatrixNames>, Pick<CreateRunOptions, "overwrite"> {
  /**
   * An experiment in YAML: activation, task and loss of the weights, and how analyses train on from them. What it does not
   * say of sizes and steps is filled in. @default those of the preset `laptop`, with the sizes of the weights
   */
  config?: string;
  /** Changes to the experiment, such as `{ "model.activation": "relu" }`. @default none */
  settings?: Settings;
  /**
   * Whether the encoder is stored as [d, h] and the decoder as [h, d], as where x @ W is written, where neither the
   * experiment says the sizes nor the shapes differ. @default false: as the weights of PyTorch's Linear layers
   */
  transposed?: boolean;
}

/**
 * Makes a run of a safetensors file: `encoder.weight` and `decoder.weight`, `fc1.weight` and `fc2.weight` or other names,
 * of float16, bfloat16, float32 or float64. The run has no history: no metrics, no checkpoints and no movie.
 *
 * @param path the directory of the run
 * @param file the weights, a PyTorch state dict for instance
 * @throws {UsageError} when the path is taken, or the file does not hold the two matrices of a denoiser without biases
 * @throws {FailureError} when the file is damaged or the disk refuses
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseConfig } from "../../experiment/config.ts";
 * import { train } from "../../training/trainer.ts";
 * import { weightsOf } from "../../training/training_state.ts";
 * import { createRun } from "../create_run.ts";
 * import { importRun } from "./import_run.ts";
 * const folder = await Deno.makeTempDir();
 * const config = parseConfig({ name: "tiny", model: { features: 16, hidden: 8 }, training: { steps: 4, batch: 32 } }, "example");
 * const theirs = await createRun(`${folder}/theirs`, config);
 * for await (const { state } of train(config)) await theirs.writeWeights(weightsOf(config, state));
 * const ours = await importRun(`${folder}/ours`, `${folder}/theirs/weights.safetensors`);
 * assertEquals(await ours.readWeights(), await theirs.readWeights());
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function importRun(path: string, file: string, options: ImportRunOptions = {}): Promise<Run> {
  const { config: configFile, settings = {}, transposed = false, overwrite } = options;
  const matrices = findMatrices(await readStateDict(file), file, options);
  const config = experimentFor(sizesOf(matrices, transposed), configFile, {
    ...settings,
    name: basename(resolve(path)),
  });
  if (!hasWeightPairs(config)) {
    throw new UsageError(
      `A ${config.model.name} is not made of an encoder and a decoder, which is all that is imported.`,
    );
  }
  const { features, hidden, encoder, decoder } = weightsFrom(matrices, config.model, file, transposed);
  const imported = { file, encoder: matrices.encoder.name, decoder: matrices.decoder.name, transposed };
  const run = await createRun(path, { ...config, imported }, { overwrite });
  const shape = [features, hidden];
  const model = inferenceModel(config, { encoder: { data: encoder, shape }, decoder: { data: decoder, shape } });
  await run.write(runFiles.denoiser, model);
  await run.writeWeights({ features, hidden, encoder, decoder });
  return run;
}

/** The experiment of weights: a file's, or the one that the presets have in common. */
function experimentFor({ features, hidden }: Sizes, file: string | undefined, settings: Settings): Config {
  const sizes = { "model.features": features, "model.hidden": hidden };
  const { training: { steps } } = loadPreset("laptop");
  if (file !== undefined) return loadConfigFile(file, settings, { ...sizes, "training.steps": steps });
  return loadPreset("laptop", {
    ...sizes,
    // A pass over the features, as in the presets.
    "training.batch": Math.ceil(features / 2),
    description: "Weights that were trained elsewhere.",
    pair: undefined,
    ...settings,
  });
}
