/** Python's reference checker of ONNX models, and a way to get hold of the models that a function runs. */
import { join } from "node:path";
import * as ort from "onnxruntime-node";
import { runPython } from "./python/run_python.ts";

/** The models that ONNX Runtime is given while `work` runs. */
export async function modelsRun(work: () => Promise<unknown>): Promise<Uint8Array[]> {
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

/**
 * Has Python's onnx check models.
 *
 * @returns how many it has accepted
 * @throws {Error} naming the first that it rejects, and why
 */
export async function checkModels(models: Iterable<[name: string, model: Uint8Array]>): Promise<number> {
  const folder = await Deno.makeTempDir();
  try {
    const paths: string[] = [];
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
