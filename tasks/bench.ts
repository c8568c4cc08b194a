/** `deno task bench`: the speed of training as ratios, all measured in one run on one machine. */
import { markdownTable, percent, significant } from "../analysis/markdown.ts";
import type { Config } from "../models/config.ts";
import { loadPreset } from "../models/presets.ts";
import { train } from "../models/trainer.ts";
import { runCommand } from "./command.ts";
import { chooseDevice, type Device } from "../models/runtime/device.ts";

/** Steps in one measurement, and how many measurements the median is over. */
const steps = 20;
const repeats = 5;

await runCommand({
  name: "bench",
  summary: "Times a training step in the Gram form, in the dense form, and in PyTorch where python3 has it.\n" +
    "Speeds are samples a second relative to the dense form; medians over repeats that take turns.",
  options: {
    preset: { value: "NAME", repeat: true, help: "which sizes to time (default laptop and medium)" },
    device: { value: "NAME", help: "auto, cpu or cuda (default auto: cuda if it works, else cpu)" },
  },
  async run(given) {
    const device = await chooseDevice(given.text("device") ?? "auto", (choice) => console.error(choice));
    const presets = given.all("preset");
    for (const preset of presets.length > 0 ? presets : ["laptop", "medium"]) {
      console.log(await compare(loadPreset(preset), device));
    }
    console.log(await javascriptShare(loadPreset("laptop"), device));
  },
});

/** A way to train: seconds a step. */
type Contender = () => Promise<number>;

async function compare(config: Config, device: Device): Promise<string> {
  const { model: { features, hidden }, training: { batch } } = config;
  const contenders: [string, Contender][] = [
    ["dense form", () => secondsAStep(withForm(config, "dense"), device)],
    ["Gram form", () => secondsAStep(withForm(config, "gram"), device)],
  ];
  if (await hasTorch()) {
    contenders.push(["PyTorch, eager", () => torchSeconds(config, device)]);
    contenders.push(["PyTorch, compiled", () => torchSeconds(config, device, "compile")]);
  } else {
    console.error("python3 has no torch: PyTorch is left out.");
  }
  const seconds = contenders.map((): number[] => []);
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [place, [, measure]] of contenders.entries()) seconds[place].push(await measure());
  }
  const medians = seconds.map(median);
  const rows = contenders.map(([name], place) => [
    name,
    significant(1000 * medians[place]),
    significant(batch / medians[place]),
    significant(medians[0] / medians[place]),
  ]);
  return `${config.name}: d = ${features}, h = ${hidden}, B = ${batch} on ${device}\n\n` +
    markdownTable(["step", "ms", "samples / s", "relative to dense"], rows) + "\n";
}

function withForm(config: Config, form: "dense" | "gram"): Config {
  return {
    ...config,
    loss: { ...config.loss, form },
    training: { ...config.training, steps, chunk: steps },
  };
}

async function secondsAStep(config: Config, device: Device): Promise<number> {
  for await (const { seconds } of train(config, { device })) return seconds.total / config.training.steps;
  throw new Error("a training without a chunk");
}

async function torchSeconds({ model, training }: Config, device: Device, ...words: string[]): Promise<number> {
  const script = new URL("../tests/python/time_training_step.py", import.meta.url).pathname;
  const sizes = [model.features, model.hidden, training.batch, steps, 1].map(String);
  const { success, stdout, stderr } = await new Deno.Command("python3", {
    args: [script, ...sizes, device, ...words],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return Number(new TextDecoder().decode(stdout));
}

async function hasTorch(): Promise<boolean> {
  try {
    return (await new Deno.Command("python3", { args: ["-c", "import torch"], stderr: "null" }).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function javascriptShare(config: Config, device: Device): Promise<string> {
  const shares: number[] = [];
  for await (const { seconds: { total, javascript } } of train(config, { device })) shares.push(javascript / total);
  return `JavaScript's share of the wall time at ${config.name}: ${percent(median(shares))} (median over chunks)`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
