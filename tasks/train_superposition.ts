/** `deno task train-superposition`: trains an experiment and its pair, measures both, draws the figures. */
import { promptSections, sectionsOf } from "../analysis/report/sections.ts";
import { type Side, sideOf } from "../analysis/report/analysis_provenance.ts";
import { drawRun } from "../figures/page/gallery.ts";
import { writeRunsIndex } from "../figures/page/runs_index.ts";
import type { Config } from "../models/experiment/config.ts";
import { UsageError } from "../models/errors.ts";
import { loadConfigFile, loadPreset, presetNames, type Settings } from "../models/experiment/presets.ts";
import { continueRun } from "../models/run/continue_run.ts";
import { createRun } from "../models/run/create_run.ts";
import { requireMemory } from "../models/run/require_memory.ts";
import type { Run } from "../models/run/run.ts";
import { type Arguments, Interrupted, runCommand } from "./command/command.ts";
import { findings } from "./command/printed_findings.ts";
import { interruption, trainAndMeasure } from "./command/train_command.ts";
import { chosenDevice, deviceAdvice, deviceOption } from "./command/device.ts";
import { parseSettings } from "./command/setting_flags.ts";
import { runPath, runsFolder } from "./command/named_runs.ts";

const sides: readonly Side[] = ["superposition", "no-superposition"];

await runCommand({
  name: "train-superposition",
  summary: "Trains a sparse denoiser in ONNX Runtime, and the one that its preset names as its pair, measures the\n" +
    `weights of both and draws them. Leaves ${runsFolder}/<name>/ with weights, an inference model, a summary and figures.`,
  options: {
    preset: { value: "NAME", help: `one of ${presetNames().join(", ")} (default laptop)` },
    config: { value: "FILE", help: "an experiment in YAML, instead of a preset" },
    set: { value: "KEY=VALUE", repeat: true, help: "change a key, such as model.hidden=384; not in the pair" },
    device: deviceOption,
    seed: { value: "N", help: "seed of all random numbers, in the pair too" },
    steps: { value: "N", help: "training steps, in the pair too" },
    name: { value: "NAME", help: `name of the run directory in ${runsFolder}/ (default the experiment's name)` },
    only: { value: "SIDE", help: "superposition or no-superposition: train one of the two" },
    resume: { help: "go on with a run that was stopped" },
    overwrite: { help: "replace a run directory that exists" },
  },
  advice: {
    ...deviceAdvice,
    "run-exists": "go on with it by --resume, choose another --name, or replace it by --overwrite",
    "run-differs": "ask for the same experiment to go on with it, choose another --name, or replace it by --overwrite",
    "diverged": "start again with a lower one, such as --set optimizer.learningRate=0.005 --overwrite",
    "disk-full": "free some space and go on with --resume",
  },
  async run(given) {
    if (given.on("resume") && given.on("overwrite")) {
      throw new UsageError("--resume and --overwrite exclude each other.");
    }
    const device = chosenDevice(given);
    const configs = experiments(given);
    for (const config of configs) requireMemory(config, device);
    const signal = interruption();
    // Each run is opened before the first one trains, so that a directory in the way is known at once.
    const runs: Run[] = [];
    for (const [place, config] of configs.entries()) runs.push(await prepare(config, place > 0, given));
    for (const run of runs) {
      const finished = await trainAndMeasure(run, {
        device,
        signal,
        sections: sectionsOf(await run.readConfig(), promptSections),
      });
      if (!finished) throw new Interrupted(`stopped; go on with \`${resumption(given)}\`.`);
    }
    for (const run of runs) await drawRun(run);
    for (const run of runs) console.log(await findings(run));
    await writeRunsIndex(runsFolder, console.error);
  },
});

/** The experiment asked for and its pair, or the one of the two that is on the side asked for. */
function experiments(given: Arguments): Config[] {
  const only = chosenSide(given);
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
  const { pair } = config;
  const pairName = pair !== undefined && name !== undefined ? `${name}-${pair}` : pair;
  const first = { ...config, pair: pairName };
  // The config.yaml of a run names a run as its pair, which need not be a preset: it is read only to be trained.
  if (sideOf(config) === only) return [first];
  const second = pair === undefined ? [] : [pairOf(config, pair, { ...shared, name: pairName })];
  if (only === undefined) return [first, ...second];
  if (second.some((config) => sideOf(config) === only)) return second;
  throw new UsageError(`--only ${only}: neither the experiment nor its pair is of that kind.`);
}

function pairOf(config: Config, preset: string, settings: Settings): Config {
  const presets: readonly string[] = presetNames();
  if (presets.includes(preset)) return loadPreset(preset, settings);
  throw new UsageError(`the pair ${preset} is no preset; train without it by --only ${sideOf(config)}.`);
}

/** The side that `--only` names. */
function chosenSide(given: Arguments): Side | undefined {
  const only = given.text("only");
  if (only === undefined) return undefined;
  const side = sides.find((side) => side === only);
  if (side === undefined) throw new UsageError(`--only must be ${sides.join(" or ")}, got "${only}".`);
  return side;
}

/** The directory of a run. A pair that is there already, trained as asked, serves as it is. */
async function prepare(config: Config, isPair: boolean, given: Arguments): Promise<Run> {
  const path = runPath(config.name);
  if (given.on("resume") || (isPair && !given.on("overwrite"))) return await continueRun(path, config);
  return await createRun(path, config, { overwrite: given.on("overwrite") });
}

function resumption(given: Arguments): string {
  const options = ["preset", "config", "set", "seed", "steps", "name", "only", "device"].flatMap((option) => {
    const values = option === "set" ? given.all(option) : [given.text(option) ?? []].flat();
    return values.map((value) => `--${option} ${value}`);
  });
  return ["deno task train-superposition", ...options, "--resume"].join(" ");
}
