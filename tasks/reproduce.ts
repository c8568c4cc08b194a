/** `deno task reproduce`: the whole study in one command, as large as the device allows. */
import { analyseRun } from "../analysis/report/analyse_run.ts";
import { promptSections, type SectionKey, sectionKeys, sections } from "../analysis/report/sections.ts";
import { checkAnalysis, readAnalysis, readAnalysisFile } from "../analysis/report/analysis.ts";
import { verdictsOf, warningsOf } from "../analysis/report/summary.ts";
import { drawRun } from "../figures/page/gallery.ts";
import { writeRunsIndex } from "../figures/page/runs_index.ts";
import type { Config } from "../models/experiment/config.ts";
import { continueRun } from "../models/run/continue_run.ts";
import { UsageError } from "../models/errors.ts";
import { loadPreset } from "../models/experiment/presets.ts";
import { requireMemory } from "../models/run/require_memory.ts";
import type { Run } from "../models/run/run.ts";
import { runFiles } from "../models/run/run_folder.ts";
import type { Device } from "../models/runtime/device.ts";
import { train } from "../models/training/trainer.ts";
import { Interrupted, runCommand } from "./command/command.ts";
import { duration } from "./command/progress.ts";
import { chosenDevice, deviceAdvice, deviceOption } from "./command/device.ts";
import { runPath, runsFolder } from "./command/runs.ts";
import { interruption, trainAndMeasure } from "./command/training.ts";

/** An experiment of the study. */
interface Part {
  readonly preset: string;
  /** What is changed in the preset. @default nothing */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Which sections are measured. @default all */
  readonly sections?: readonly SectionKey[];
}

/**
 * A size for the trends with size, trained longer than the presets: displacements settle later than signs, and the noise of
 * small batches hides them.
 */
function size(features: number, hidden: number, steps: number, batch = 1024): Part {
  const small = features < 3072;
  const settings = {
    name: `size-${features}-${hidden}`,
    "model.features": features,
    "model.hidden": hidden,
    // The recipe keeps ρ_D·d: a decoder row has as many entries as there are neurons.
    "loss.decoderRidge": 0.01 * 3072 / features,
    "training.steps": steps,
    ...(small && { "training.batch": batch, "training.supportsPerNoise": 1 }),
  };
  return { preset: "superposition", settings, sections: [...promptSections, "residuals", "pinningField"] };
}

/** Three features a neuron and two, as large as two cores train in minutes; the smallest is slow to freeze. */
const smallSizes = [
  size(513, 171, 10000),
  size(512, 256, 2500),
  size(1152, 384, 5600, 4096),
  size(1152, 576, 5600),
];

/** The plans: on the CPU what an evening allows, on a GPU everything at full size. */
const plans: Readonly<Record<Device, readonly Part[]>> = {
  cpu: [
    { preset: "laptop-unsuperposed", sections: promptSections },
    { preset: "laptop" },
    { preset: "small-unfrustrated", sections: promptSections },
    { preset: "medium" },
    { preset: "gelu-softmax", sections: promptSections },
    { preset: "boundary", sections: promptSections },
    ...smallSizes,
  ],
  cuda: [
    { preset: "no-superposition", sections: promptSections },
    { preset: "superposition" },
    { preset: "small-unfrustrated", sections: promptSections },
    { preset: "laptop-unsuperposed", sections: promptSections },
    { preset: "laptop" },
    { preset: "medium" },
    { preset: "gelu-softmax", sections: promptSections },
    { preset: "boundary", sections: promptSections },
    ...smallSizes,
    size(3072, 1024, 6000),
    size(3072, 1536, 6000),
    size(6144, 2048, 6000),
    size(12288, 4096, 6000),
  ],
};

/** Steps that the time plan is made from. */
const probeSteps = 10;

/** An experiment with what is to be done for it. */
interface Work {
  readonly config: Config;
  /** Keys of the sections to measure. */
  readonly keys: readonly SectionKey[];
}

await runCommand({
  name: "reproduce",
  summary: "Trains and measures the whole study: on a CPU a reduced plan, on CUDA everything at full size.\n" +
    "Starts with a time plan. What is there already is kept; run it again to go on after a stop.",
  options: {
    device: deviceOption,
    only: {
      value: "NAME",
      repeat: true,
      help: "a run of the plan, or a preset for all runs made from it (default all)",
    },
    plan: { help: "print the time plan and stop" },
  },
  advice: { ...deviceAdvice, "run-differs": "move it away to reproduce it" },
  async run(given) {
    const device = chosenDevice(given);
    const signal = interruption();
    const only = given.all("only");
    const study = chosenWork(plans[device], only);
    for (const { config } of study) requireMemory(config, device);
    // Each run that is there is opened before the first step, so that one in the way is known at once.
    const remaining = await Promise.all(study.map(remainingWork));
    await printTimePlan(remaining, device);
    if (given.on("plan")) return;
    const again = ["deno task reproduce", `--device ${device}`, ...only.map((name) => `--only ${name}`)].join(" ");
    for (const { config, keys } of study) {
      const run = await continueRun(runPath(config.name), config);
      if (!await run.has(runFiles.weights)) {
        const finished = await trainAndMeasure(run, { device, signal, sections: promptSections });
        if (!finished) throw new Interrupted(`stopped; go on with \`${again}\`.`);
      }
      for (const key of await unmeasured(run, keys)) {
        console.error(`${config.name}: ${sections[key].title} …`);
        await analyseRun(run, { only: [key], device });
        await new Promise((resolve) => setTimeout(resolve));
        if (signal.aborted) throw new Interrupted(`stopped; go on with \`${again}\`.`);
      }
      await drawRun(run);
    }
    for (const { config } of study) {
      const run = await continueRun(runPath(config.name), config);
      const analysis = await readAnalysis(run);
      console.log(`${run.path}`);
      for (const warning of warningsOf(analysis, config)) console.log(`  Warning: ${warning}`);
      for (const { claim, verdict } of verdictsOf(analysis, config)) console.log(`  ${verdict}: ${claim}`);
    }
    await writeRunsIndex(runsFolder, console.error);
  },
});

/** The parts that were asked for, by the name of their run or by their preset; all if none was. */
function chosenWork(plan: readonly Part[], only: readonly string[]): Work[] {
  const parts = plan.map(({ preset, settings, sections: keys = sectionKeys }) => {
    const config = loadPreset(preset, settings);
    return { names: [config.name, preset], config, keys };
  });
  const choices = new Set(parts.flatMap(({ names }) => names));
  for (const name of only) {
    if (choices.has(name)) continue;
    throw new UsageError(`--only: the plan has no "${name}"; choose from ${[...choices].join(", ")}.`);
  }
  return parts.filter(({ names }) => only.length === 0 || names.some((name) => only.includes(name)));
}

/** What is left of a part where its run is there already: the steps to train and the sections to measure. */
async function remainingWork({ config, keys }: Work): Promise<Work & { steps: number }> {
  const path = runPath(config.name);
  const { steps } = config.training;
  if (!await Deno.stat(path).then(() => true, () => false)) return { config, keys, steps };
  const run = await continueRun(path, config);
  return { config, keys: await unmeasured(run, keys), steps: await run.has(runFiles.weights) ? 0 : steps };
}

/** The sections that `analysis.json` does not hold yet, or not in a form that can be read. */
async function unmeasured(run: Run, keys: readonly SectionKey[]): Promise<SectionKey[]> {
  if (!await run.has(runFiles.analysis)) return [...keys];
  const { analysis } = checkAnalysis(await readAnalysisFile(run));
  return keys.filter((key) => analysis[key] === undefined);
}

/** Times a few steps of every part, and says how long what is left to train and measure will take at that pace. */
async function printTimePlan(
  parts: readonly (Work & { steps: number })[],
  device: Device,
): Promise<void> {
  let total = 0;
  for (const { config, keys, steps } of parts) {
    const measuring = keys.reduce((sum, key) => sum + (sections[key].trainingSteps?.(config, device) ?? 0), 0);
    const pace = steps + measuring > 0 ? await secondsAStep(config, device) : 0;
    total += pace * (steps + measuring);
    const left = [
      ...(steps > 0 ? [`${String(steps).padStart(6)} steps, about ${duration(pace * steps)}`] : []),
      ...(measuring > 0 ? [`about ${duration(pace * measuring)} to measure`] : []),
    ];
    const short = keys.length > 0 ? "trained; seconds to measure" : "done";
    console.log(config.name.padEnd(22) + (left.join(", and ") || short));
  }
  console.log(`${"in all".padEnd(22)}${" ".repeat(14)}about ${duration(total)}`);
}

async function secondsAStep(config: Config, device: Device): Promise<number> {
  const probe = { ...config, training: { ...config.training, steps: probeSteps, chunk: probeSteps } };
  let seconds = 0;
  for await (const chunk of train(probe, { device })) seconds += chunk.seconds.total;
  return seconds / probeSteps;
}
