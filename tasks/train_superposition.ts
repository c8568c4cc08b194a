/** `deno task train-superposition`: trains an experiment and its pair, measures both, draws the figures. */
import { join } from "node:path";
import { analyseRun } from "../analysis/analyse_run.ts";
import { promptSections } from "../analysis/sections.ts";
import type { LossData } from "../analysis/loss_section.ts";
import type { Clusters } from "../analysis/clusters.ts";
import type { SignStructure } from "../analysis/signs.ts";
import type { Analysis } from "../analysis/summary.ts";
import { drawRun } from "../figures/gallery.ts";
import type { Config } from "../models/config.ts";
import { UsageError } from "../models/errors.ts";
import { loadConfigFile, loadPreset, parseSettings, presetNames, type Settings } from "../models/presets.ts";
import { createRun, openRun, type Run } from "../models/run_directory.ts";
import { chooseDevice, type Device } from "../models/runtime/device.ts";
import { trainRun } from "../models/training_run.ts";
import { type Arguments, Interrupted, runCommand } from "./command.ts";
import { duration, showProgress } from "./progress.ts";
import { runPath, runsFolder } from "./runs.ts";

const sides = ["superposition", "no-superposition"] as const;

await runCommand({
  name: "train-superposition",
  summary: "Trains a sparse denoiser in ONNX Runtime, and the one that its preset names as its pair, measures the\n" +
    `weights of both and draws them. Leaves ${runsFolder}/<name>/ with weights, an inference model, a summary and figures.`,
  options: {
    preset: { value: "NAME", help: `one of ${presetNames().join(", ")} (default laptop)` },
    config: { value: "FILE", help: "an experiment in YAML, instead of a preset" },
    set: { value: "KEY=VALUE", repeat: true, help: "change a key, such as model.hidden=384; not in the pair" },
    device: { value: "NAME", help: "auto, cpu or cuda (default auto: cuda if it works, else cpu)" },
    seed: { value: "N", help: "seed of all random numbers, in the pair too" },
    steps: { value: "N", help: "training steps, in the pair too" },
    name: { value: "NAME", help: `name of the run directory in ${runsFolder}/ (default the experiment's name)` },
    only: { value: "SIDE", help: "superposition or no-superposition: train one of the two" },
    resume: { help: "go on with a run that was stopped" },
    overwrite: { help: "replace a run directory that exists" },
  },
  async run(given) {
    if (given.on("resume") && given.on("overwrite")) {
      throw new UsageError("--resume and --overwrite exclude each other.");
    }
    const device = await chooseDevice(given.text("device") ?? "auto", (choice) => console.error(choice));
    const configs = chosenSides(experiments(given), given.text("only"));
    const stop = new AbortController();
    Deno.addSignalListener("SIGINT", () => {
      console.error("\nStopping after the steps that are running …");
      stop.abort();
    });
    // Each run is opened before the first one trains, so that a directory in the way is known at once.
    const runs: Run[] = [];
    for (const config of configs) runs.push(await prepare(config, given));
    for (const run of runs) await trainAndAnalyse(run, device, stop.signal, given);
    for (const run of runs) await drawRun(run);
    for (const run of runs) console.log(await report(run));
  },
});

/** The experiment asked for, and its pair. */
function experiments(given: Arguments): Config[] {
  const file = given.text("config");
  if (file !== undefined && given.text("preset") !== undefined) {
    throw new UsageError("--config and --preset exclude each other.");
  }
  const shared: Record<string, unknown> = {};
  const seed = given.whole("seed", 0);
  const steps = given.whole("steps", 1);
  if (seed !== undefined) shared["training.seed"] = seed;
  if (steps !== undefined) shared["training.steps"] = steps;
  const name = given.text("name");
  const own: Settings = { ...shared, ...parseSettings(given.all("set")), ...(name !== undefined && { name }) };
  const config = file === undefined ? loadPreset(given.text("preset") ?? "laptop", own) : loadConfigFile(file, own);
  if (config.pair === undefined) return [config];
  const pairName = name === undefined ? config.pair : `${name}-${config.pair}`;
  return [{ ...config, pair: pairName }, loadPreset(config.pair, { ...shared, name: pairName })];
}

function chosenSides(configs: Config[], only: string | undefined): Config[] {
  if (only === undefined) return configs;
  if (!sides.some((side) => side === only)) {
    throw new UsageError(`--only must be ${sides.join(" or ")}, got "${only}".`);
  }
  const chosen = configs.filter(({ model }) => (model.hidden < model.features) === (only === "superposition"));
  if (chosen.length === 0) throw new UsageError(`--only ${only}: neither the experiment nor its pair is of that kind.`);
  return chosen;
}

async function prepare(config: Config, given: Arguments): Promise<Run> {
  const path = runPath(config.name);
  if (!given.on("resume")) return await createRun(path, config, { overwrite: given.on("overwrite") });
  const exists = await Deno.stat(path).then(() => true, () => false);
  if (!exists) return await createRun(path, config);
  const run = await openRun(path);
  const changed = firstDifference(await run.readConfig(), config);
  if (changed === undefined) return run;
  throw new UsageError(
    `${path} was begun with another ${changed}; --resume goes on as it was begun, so ask for the same experiment, ` +
      `or choose another --name.`,
  );
}

/** The key of the first setting in which two experiments differ. */
function firstDifference(a: object, b: object, path: readonly string[] = []): string | undefined {
  const [left, right] = [a, b] as Record<string, unknown>[];
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const [x, y] = [left[key], right[key]];
    if (typeof x === "object" && x !== null && typeof y === "object" && y !== null) {
      const found = firstDifference(x, y, [...path, key]);
      if (found !== undefined) return found;
    } else if (x !== y) {
      return [...path, key].join(".");
    }
  }
  return undefined;
}

async function trainAndAnalyse(run: Run, device: Device, signal: AbortSignal, given: Arguments): Promise<void> {
  const { name } = await run.readConfig();
  const display = showProgress(name);
  const finished = await trainRun(run, { device, signal, report: display.report }).finally(display.stop);
  if (!finished || signal.aborted) throw new Interrupted(`stopped; go on with \`${resumption(given)}\`.`);
  const started = performance.now();
  await analyseRun(run, { only: promptSections, device });
  console.error(`${name}: measured in ${duration((performance.now() - started) / 1000)}`);
}

function resumption(given: Arguments): string {
  const options = ["preset", "config", "set", "seed", "steps", "name", "only", "device"].flatMap((option) => {
    const values = option === "set" ? given.all(option) : [given.text(option) ?? []].flat();
    return values.map((value) => `--${option} ${value}`);
  });
  return ["deno task train-superposition", ...options, "--resume"].join(" ");
}

async function report(run: Run): Promise<string> {
  const analysis = await run.readAnalysis() as Analysis;
  const { heldOut, samples } = analysis.loss as LossData;
  const { centres } = analysis.clusters as Clusters;
  const signs = analysis.signs as SignStructure;
  return [
    `${run.path}`,
    `  held-out objective ${heldOut.objective.toFixed(3)} ± ${heldOut.standardError.toFixed(3)} (${samples} samples)`,
    `  ${centres.length} clusters (E, D): ` +
    centres.map(({ encoder, decoder }) => `(${encoder.toFixed(2)}, ${decoder.toFixed(2)})`).join(" "),
    `  ${signs.neuronsPerFeature.value.toFixed(2)} neurons per feature, ` +
    `${signs.featuresPerNeuron.value.toFixed(2)} features per neuron`,
    `  ${join(run.path, "summary.md")}, ${join(run.path, "figures", "headline.svg")}`,
  ].join("\n");
}
