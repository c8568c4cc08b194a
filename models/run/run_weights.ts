/** The `weights.safetensors` of a run; of the denoiser, the state of two bias-free `torch.nn.Linear`. */
import { FailureError, UsageError } from "../errors.ts";
import { denoiser } from "../network/denoiser.ts";
import type { ParameterSpec } from "../network/network.ts";
import type { Weights } from "../network/network_weights.ts";
import { decodeSafetensors, encodeSafetensors, type SafeTensor } from "./safetensors/safetensors.ts";
import { transpose } from "./safetensors/transpose.ts";
import { runFiles, type RunFolder } from "./run_folder.ts";

/** The parameters of a network, by what they are and by their values, as the file in pieces. */
export function encodeParameters(
  specs: Readonly<Record<string, ParameterSpec>>,
  values: Readonly<Record<string, { readonly data: Float32Array }>>,
): Uint8Array[] {
  const tensors = Object.entries(specs).map(([name, spec]): [string, SafeTensor] => {
    const { shape: [rows, columns], storedAs = name, storedTransposed = false } = spec;
    const { data } = values[name];
    const stored = storedTransposed ? transpose(data, rows, columns) : data;
    return [storedAs, { dtype: "F32", shape: storedShape(spec), data: stored }];
  });
  return encodeSafetensors(Object.fromEntries(tensors), { format: "pt" });
}

/** The extents of a parameter in the file. */
function storedShape({ shape: [rows, columns], storedTransposed = false, bias = false }: ParameterSpec): number[] {
  if (bias) return [columns];
  return storedTransposed ? [columns, rows] : [rows, columns];
}

/** The weights of a denoiser as the file in pieces: `encoder.weight` [h, d] and `decoder.weight` [d, h]. */
export function encodeWeights({ features, hidden, encoder, decoder }: Weights): Uint8Array[] {
  const specs = denoiser.parameters({ features, hidden, activation: "tanh-cubed" });
  return encodeParameters(specs, { encoder: { data: encoder }, decoder: { data: decoder } });
}

/**
 * Reads the parameters of a run's network as the training state holds them.
 *
 * @throws {UsageError} when the run has none yet, or they are not of these shapes
 */
export async function readParameters(
  folder: RunFolder,
  specs: Readonly<Record<string, ParameterSpec>>,
): Promise<Record<string, Float32Array>> {
  const { tensors, path } = await readWeightsFile(folder);
  const parameters = Object.entries(specs).map(([name, spec]) => {
    const { shape: [rows, columns], storedAs = name, storedTransposed = false } = spec;
    const shape = storedShape(spec);
    const tensor: SafeTensor | undefined = tensors[storedAs];
    if (tensor?.dtype !== "F32" || String(tensor.shape) !== String(shape)) {
      const found = tensor === undefined ? "none" : `${tensor.dtype} [${tensor.shape}]`;
      throw new UsageError(`${path} should hold ${storedAs} as F32 [${shape}], and holds ${found}.`);
    }
    return [name, storedTransposed ? transpose(tensor.data, columns, rows) : tensor.data];
  });
  return Object.fromEntries(parameters);
}

const fix = "delete it and go on with the training, which writes it again";

async function readWeightsFile(folder: RunFolder) {
  const path = folder.file(runFiles.weights);
  if (!await folder.has(runFiles.weights)) {
    throw new UsageError(`${folder.path} has no ${runFiles.weights} yet.`, { kind: "run-unfinished" });
  }
  return { path, tensors: decodeSafetensors(await folder.readBytes(runFiles.weights), path, fix).tensors };
}

/** Reads the weights of a run; see {@linkcode Run.readWeights}. */
export async function readWeights(folder: RunFolder): Promise<Weights> {
  const { tensors, path } = await readWeightsFile(folder);
  const encoder: SafeTensor | undefined = tensors["encoder.weight"];
  const decoder: SafeTensor | undefined = tensors["decoder.weight"];
  if (encoder === undefined && decoder === undefined) {
    throw new UsageError(`${path} holds ${Object.keys(tensors).join(", ")}: no encoder and decoder to measure.`);
  }
  if (encoder?.dtype !== "F32" || decoder?.dtype !== "F32") {
    throw new FailureError(`${path} lacks a float32 encoder.weight or decoder.weight; ${fix}.`);
  }
  const [features, hidden] = decoder.shape;
  if (String(decoder.shape) !== `${features},${hidden}` || String(encoder.shape) !== `${hidden},${features}`) {
    throw new FailureError(
      `${path}: encoder.weight [${encoder.shape}] and decoder.weight [${decoder.shape}] are not each other's ` +
        `transposed shape; ${fix}.`,
    );
  }
  return { features, hidden, encoder: transpose(encoder.data, hidden, features), decoder: decoder.data };
}
