/** The training step in PyTorch that `deno task bench` holds ours against: `tests/python/time_training_step.py`. */
import { fileURLToPath } from "node:url";
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";

/** What the script has fixed; its sizes are given to it, and other numbers do not change the time of a step. */
const peer: readonly [key: string, fixed: string | number, given: (config: Config) => string | number][] = [
  ["model.activation", "tanh-cubed", ({ model }) => model.activation],
  ["task.activeFeatures", 2, ({ task }) => task.activeFeatures],
  ["loss.name", "rebalanced", ({ loss }) => loss.name],
  ["loss.lambdaOn", 16, ({ loss }) => loss.name === "rebalanced" ? loss.lambdaOn : "none"],
  ["optimizer.name", "adam", ({ optimizer }) => optimizer.name],
  ["training.supportsPerNoise", 1, ({ training }) => training.supportsPerNoise],
];

/** Why PyTorch's step is no peer of an experiment's; undefined where it is one. */
export function differenceFromPeer(config: Config): string | undefined {
  const differing = peer.find(([, fixed, given]) => given(config) !== fixed);
  if (differing === undefined) return undefined;
  const [key, fixed, given] = differing;
  return `its step is written for ${key} = ${fixed}, not ${given(config)}`;
}

/** Why PyTorch cannot be run here; undefined where it can. */
export async function missingTorch(): Promise<string | undefined> {
  try {
    const { success } = await new Deno.Command("python3", { args: ["-c", "import torch"], stderr: "null" }).output();
    return success ? undefined : "python3 has no torch";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "there is no python3";
    throw error;
  }
}

/** Seconds that PyTorch takes for a training step. */
export async function torchSeconds(
  { model, training }: Config,
  device: Device,
  steps: number,
  ...words: string[]
): Promise<number> {
  const script = fileURLToPath(new URL("./time_training_step.py", import.meta.url));
  const sizes = [model.features, model.hidden, training.batch, steps, 1].map(String);
  const { success, stdout, stderr } = await new Deno.Command("python3", {
    args: [script, ...sizes, device, ...words],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return Number(new TextDecoder().decode(stdout));
}
