/** `deno task reproduce`: the whole study in one command, as large as the device allows. */
import { analyseRun } from "../analysis/analyse_run.ts";
import { promptSections, sections } from "../analysis/sections.ts";
import { verdictsOf } from "../analysis/summary.ts";
import { drawRun } from "../figures/gallery.ts";
import { writeRunsIndex } from "../figures/runs_index.ts";
import type { Config } from "../models/config.ts";
import { continueRun } from "../models/continue_run.ts";
import { loadPreset } from "../models/presets.ts";
import { chooseDevice, type Device } from "../models/runtime/device.ts";
import { train } from "../models/trainer.ts";
import { Interrupted, runCommand } from "./command.ts";
import { duration } from "./progress.ts";
import { runPath, runsFolder } from "./runs.ts";
import { interruption, trainAndMeasure } from "./training.ts";

/** An experiment of the study. */
interface Part {
  readonly preset: string;
  /** What is changed in the preset. @default nothing */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Which sections are measured. @default all */
  readonly sections?: readonly string[];
}

/** A size for the trends with size, trained longer than the presets: displacements settle later than signs. */
function size(features: number, hidden: number, steps: number): Part {
  const small = features < 3072;
  const settings = {
    name: `size-${features}-${hidden}`,
    "model.features": features,
    "model.hidden": hidden,
    // The recipe keeps ρ_D·d: a decoder row has as many entries as there are neurons.
    "loss.decoderRidge": 0.01 * 3072 / features,
    "training.steps": steps,
    ...(small && { "training.batch": 1024, "training.supportsPerNoise": 1 }),
  };
  return { preset: "superposition", settings, sections: [...promptSections, "residuals", "pinningField"] };
}

/** Three features a neuron and two, as large as two cores train in minutes. */
const smallSizes = [size(513, 171, 2500), size(512, 256, 2500), size(1152, 384, 5600), size(1152, 576, 5600)];

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

await runCommand({
  name: "reproduce",
  summary: "Trains and measures the whole study: on a CPU a reduced plan, on CUDA everything at full size.\n" +
    "Starts with a time plan. What is there already is kept; run it again to go on after a stop.",
  options: {
    device: { value: "NAME", help: "auto, cpu or cuda (default auto: cuda if it works, else cpu)" },
    only: { value: "PRESET", repeat: true, help: "leave out the other parts of the plan" },
    plan: { help: "print the time plan and stop" },
  },
  async run(given) {
    const device = chooseDevice(given.text("device") ?? "auto", (choice) => console.error(choice));
    const signal = interruption();
    const only = given.all("only");
    const parts = plans[device]
      .filter(({ preset }) => only.length === 0 || only.includes(preset))
      .map(({ preset, settings, sections: keys = Object.keys(sections) }) => ({
        config: loadPreset(preset, settings),
        keys,
      }));
    await printTimePlan(parts, device);
    if (given.on("plan")) return;
    for (const { config, keys } of parts) {
      const run = await continueRun(runPath(config.name), config);
      if (!await run.has("weights.safetensors")) {
        const finished = await trainAndMeasure(run, { device, signal, sections: promptSections });
        if (!finished) throw new Interrupted(`stopped; go on with \`deno task reproduce --device ${device}\`.`);
      }
      const measured = await run.has("analysis.json") ? await run.readAnalysis() as Record<string, unknown> : {};
      for (const key of keys.filter((key) => measured[key] === undefined)) {
        console.error(`${config.name}: ${sections[key].title} …`);
        await analyseRun(run, { only: [key], device });
        await new Promise((resolve) => setTimeout(resolve));
        if (signal.aborted) throw new Interrupted(`stopped; go on with \`deno task reproduce --device ${device}\`.`);
      }
      await drawRun(run);
    }
    await writeRunsIndex(runsFolder, console.error);
    for (const { config } of parts) {
      const run = await continueRun(runPath(config.name), config);
      const analysis = await run.readAnalysis() as Record<string, unknown>;
      console.log(`${run.path}`);
      for (const { claim, verdict } of verdictsOf(analysis, config)) console.log(`  ${verdict}: ${claim}`);
    }
  },
});

/** Times a few steps of every part, and says how long training and measuring will take at that pace. */
async function printTimePlan(
  parts: readonly { config: Config; keys: readonly string[] }[],
  device: Device,
): Promise<void> {
  let total = 0;
  for (const { config, keys } of parts) {
    const { steps } = config.training;
    const probe = { ...config, training: { ...config.training, steps: probeSteps, chunk: probeSteps } };
    let pace = 0;
    for await (const chunk of train(probe, { device })) pace += chunk.seconds.total / probeSteps;
    const measuring = pace * keys.reduce((sum, key) => sum + sections[key].trainingSteps(config, device), 0);
    total += pace * steps + measuring;
    console.log(
      `${config.name.padEnd(22)}${String(steps).padStart(6)} steps, about ${duration(pace * steps)}` +
        (measuring > 0 ? `, and about ${duration(measuring)} to measure` : ""),
    );
  }
  console.log(`${"in all".padEnd(22)}${" ".repeat(14)}about ${duration(total)}`);
}
