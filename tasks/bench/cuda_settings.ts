/** What settings of the CUDA provider change, in speed and in the objective. */
import { markdownTable } from "../../analysis/report/markdown.ts";
import { significant } from "../../analysis/report/number_text.ts";
import type { Config } from "../../models/experiment/config.ts";
import { contenders, oneChunk } from "./contenders.ts";
import { runJob } from "./bench_job.ts";
import { measureQuality } from "./bench_quality.ts";

/** Steps of the training by which settings are compared. */
const steps = 200;

/**
 * Settings that can be reached from JavaScript. onnxruntime-node hands no option but the device's number to the provider, so
 * that its arena strategy and copy stream stay as they are; these are read from the environment when the libraries are
 * loaded, each therefore in a process of its own. An empty value removes what the user's environment has.
 */
const settings: readonly [string, Record<string, string>][] = [
  ["as they are (TF32 on)", {}],
  ["TF32 off", { NVIDIA_TF32_OVERRIDE: "0" }],
  ["tunable GEMM on", { ORT_CUDA_TUNABLE_OP_ENABLE: "1", ORT_CUDA_TUNABLE_OP_TUNING_ENABLE: "1" }],
];

/** Trains a short schedule with each setting. */
export async function compareSettings(config: Config): Promise<string> {
  const none = Object.fromEntries(
    settings.flatMap(([, variables]) => Object.keys(variables).map((name) => [name, ""])),
  );
  const short = oneChunk({ ...config, training: { ...config.training, steps } });
  const rows: string[][] = [];
  for (const [label, variables] of settings) {
    const outcome = await runJob(contenders[0], short, { device: "cuda", variables: { ...none, ...variables } });
    const { objective } = await measureQuality(short, outcome.weights);
    rows.push([label, significant(1000 * outcome.seconds[0] / steps, 4), significant(objective, 6)]);
  }
  return markdownTable(["provider settings", "ms a step", `objective after ${steps} steps`], rows) + "\n";
}
