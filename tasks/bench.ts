/** `deno task bench`: the speed of training as ratios, all measured in one run on one machine. */
import { markdownTable } from "../analysis/report/markdown.ts";
import { percent, significant } from "../analysis/report/numbers.ts";
import type { Config } from "../models/experiment/config.ts";
import { hasGramForm, type LossForm } from "../models/training/objective.ts";
import { profileTraining } from "../models/training/placement.ts";
import { loadPreset } from "../models/experiment/presets.ts";
import { deviceRates, rooflineSeconds, stepWork } from "../models/training/roofline.ts";
import { train } from "../models/training/trainer.ts";
import { chooseDevice, type Device } from "../models/runtime/device.ts";
import { runCommand } from "./command/command.ts";
import { differenceFromPeer, missingTorch, torchSeconds } from "./bench/pytorch_peer.ts";

/** Steps in one measurement, and how many measurements the median is over. */
const steps = 20;
const repeats = 5;
/** Steps of the training by which settings are compared. */
const onceSteps = 200;

await runCommand({
  name: "bench",
  summary:
    "Times a training step in the dense form, in the Gram form where the loss has one, and in PyTorch where python3 has\n" +
    "it and its script trains the same, and holds it against the device's own rates. Speeds are samples a second relative\n" +
    "to the dense form; medians over repeats that take turns. On CUDA also what the provider's settings change, in speed\n" +
    "and in the objective.",
  options: {
    preset: { value: "NAME", repeat: true, help: "which sizes to time (default laptop and medium)" },
    device: { value: "NAME", help: "auto, cpu or cuda (default auto: cuda if it works, else cpu)" },
    once: { help: "print only milliseconds a step and the objective of one short training" },
  },
  async run(given) {
    const device = await chooseDevice(given.text("device") ?? "auto", (choice) => console.error(choice));
    const asked = given.all("preset");
    const presets = asked.length > 0 ? asked : ["laptop", "medium"];
    if (given.on("once")) {
      for (const preset of presets) console.log(await once(loadPreset(preset), device));
      return;
    }
    for (const preset of presets) {
      const config = loadPreset(preset);
      console.log(await compare(config, device));
      console.log(await roofline(config, device));
      if (device === "cuda") console.log(await compareSettings(config));
    }
    console.log(await javascriptShare(loadPreset("laptop"), device));
  },
});

/** A way to train: seconds a step. */
type Contender = () => Promise<number>;

async function compare(config: Config, device: Device): Promise<string> {
  const { name, model: { features, hidden }, training: { batch, supportsPerNoise } } = config;
  const contenders: [string, Contender][] = [
    ["dense form", () => secondsAStep(withForm(config, "dense"), device)],
  ];
  if (hasGramForm(config)) {
    contenders.push(["Gram form", () => secondsAStep(withForm(config, "gram"), device)]);
  }
  const obstacle = differenceFromPeer(config) ?? await missingTorch();
  if (obstacle === undefined) {
    contenders.push(["PyTorch, eager", () => torchSeconds(config, device, steps)]);
    contenders.push(["PyTorch, compiled", () => torchSeconds(config, device, steps, "compile")]);
  } else {
    console.error(`${name}: PyTorch is left out, as ${obstacle}.`);
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
  const sizes = `d = ${features}, h = ${hidden}, B = ${batch}, supportsPerNoise = ${supportsPerNoise}`;
  return `${name}: ${sizes} on ${device}\n\n` +
    markdownTable(["step", "ms", "samples / s", "relative to dense"], rows) + "\n";
}

/** A step against what its matrix products and memory traffic need at the device's own rates. */
async function roofline(config: Config, device: Device): Promise<string> {
  const scratch = await Deno.makeTempDir();
  try {
    const short = withSteps(config, steps);
    const work = stepWork(await profileTraining(short, device, scratch));
    const rates = await deviceRates(config.model, device);
    const seconds: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      // The difference of two lengths, as the rates are measured: without loading and copies.
      const [few, many] = [await secondsAStep(short, device), await secondsAStep(withSteps(short, 3 * steps), device)];
      seconds.push((3 * many - few) / 2);
    }
    const [bound, measured] = [rooflineSeconds(work, rates), median(seconds)];
    return `Roofline: ${significant(work.operations / 1e9)} GFLOP at ${
      significant(rates.operationsPerSecond / 1e9)
    } GFLOP/s and ${significant(work.bytes / 2 ** 20)} MiB of passes at ${
      significant(rates.bytesPerSecond / 2 ** 30)
    } GiB/s need ${significant(1000 * bound)} ms a step, ${percent(bound / measured)} of the ${
      significant(1000 * measured)
    } ms measured.\n`;
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

/**
 * Settings of the CUDA provider that can be reached from JavaScript. onnxruntime-node 1.30 hands no other option than
 * the device's number to the provider, so that its arena strategy and copy stream stay as they are; these are read from
 * the environment when the libraries are loaded, each therefore in a process of its own.
 */
const settings: readonly [string, Record<string, string>][] = [
  ["as they are (TF32 on)", {}],
  ["TF32 off", { NVIDIA_TF32_OVERRIDE: "0" }],
  ["tunable GEMM on", { ORT_CUDA_TUNABLE_OP_ENABLE: "1", ORT_CUDA_TUNABLE_OP_TUNING_ENABLE: "1" }],
];

async function compareSettings({ name }: Config): Promise<string> {
  const rows: string[][] = [];
  const inherited = Deno.env.toObject();
  for (const name of settings.flatMap(([, variables]) => Object.keys(variables))) delete inherited[name];
  for (const [label, variables] of settings) {
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--allow-all", import.meta.url, "--preset", name, "--device", "cuda", "--once"],
      env: { ...inherited, ...variables },
      clearEnv: true,
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    const [milliseconds, objective] = new TextDecoder().decode(stdout).trim().split(" ");
    rows.push([label, milliseconds, objective]);
  }
  return markdownTable(["provider settings", "ms a step", `objective after ${onceSteps} steps`], rows) + "\n";
}

/** One short training: milliseconds a step and the last objective, for `compareSettings` to read. */
async function once(config: Config, device: Device): Promise<string> {
  for await (const { seconds: { total }, scalars } of train(withSteps(config, onceSteps), { device })) {
    return `${significant(1000 * total / onceSteps, 4)} ${significant(scalars.objective.at(-1)!, 6)}`;
  }
  throw new Error("a training without a chunk");
}

function withForm({ loss, ...config }: Config, form: LossForm): Config {
  return withSteps({ ...config, loss: loss.name === "rebalanced" ? { ...loss, form } : loss }, steps);
}

/** As many steps in one chunk, so in one session. */
function withSteps(config: Config, count: number): Config {
  return { ...config, training: { ...config.training, steps: count, chunk: count } };
}

async function secondsAStep(config: Config, device: Device): Promise<number> {
  for await (const { seconds } of train(config, { device })) return seconds.total / config.training.steps;
  throw new Error("a training without a chunk");
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
