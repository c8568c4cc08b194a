/** The `weights.safetensors` of a run: the state of two bias-free `torch.nn.Linear`. */
import { FailureError, UsageError } from "../errors.ts";
import type { Weights } from "../network/weights.ts";
import { decodeSafetensors, encodeSafetensors, type SafeTensor } from "./files/safetensors.ts";
import { transpose } from "./files/transpose.ts";
import { runFiles, type RunFolder } from "./run_folder.ts";

/** The file in pieces: `encoder.weight` [h, d] and `decoder.weight` [d, h]. */
export function encodeWeights(weights: Weights): Uint8Array[] {
  const { features, hidden, decoder } = weights;
  const encoder = transpose(weights.encoder, features, hidden);
  return encodeSafetensors(
    {
      "encoder.weight": { dtype: "F32", shape: [hidden, features], data: encoder },
      "decoder.weight": { dtype: "F32", shape: [features, hidden], data: decoder },
    },
    { format: "pt" },
  );
}

/** Reads the weights of a run; see {@linkcode Run.readWeights}. */
export async function readWeights(folder: RunFolder): Promise<Weights> {
  const path = folder.file(runFiles.weights);
  if (!await folder.has(runFiles.weights)) {
    throw new UsageError(`${folder.path} has no ${runFiles.weights} yet.`, { kind: "run-unfinished" });
  }
  const fix = "delete it and go on with the training, which writes it again";
  const { tensors } = decodeSafetensors(await folder.readBytes(runFiles.weights), path, fix);
  const encoder: SafeTensor | undefined = tensors["encoder.weight"];
  const decoder: SafeTensor | undefined = tensors["decoder.weight"];
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
