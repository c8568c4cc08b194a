/** `deno task doctor`: what this machine can run, and why not where it cannot. */
import { listSupportedBackends } from "onnxruntime-node";
import { markdownTable } from "../analysis/report/markdown.ts";
import { significant } from "../analysis/report/number_text.ts";
import manifest from "../deno.json" with { type: "json" };
import { FailureError } from "../models/errors.ts";
import { type Placement, profileTraining } from "../models/training/placement.ts";
import { loadPreset } from "../models/experiment/presets.ts";
import { prepareCuda } from "../models/runtime/cuda/prepare.ts";
import type { Driver } from "../models/runtime/cuda/driver.ts";
import type { Device } from "../models/runtime/device.ts";
import { currentVersions } from "../models/run/versions.ts";
import { runCommand } from "./command/command.ts";

/** Nodes listed when some ran elsewhere than they should. */
const listed = 5;

await runCommand({
  name: "doctor",
  summary: "Shows on one screen what this machine can run: versions, devices, and ten steps of training on each.",
  options: {
    preset: { value: "NAME", help: "whose sizes the ten steps have (default laptop)" },
  },
  async run(given) {
    const preset = loadPreset(given.text("preset") ?? "laptop", { "training.steps": 10 });
    const versions = currentVersions();
    const bundled = listSupportedBackends().filter(({ bundled }) => bundled).map(({ name }) => name);
    const cuda = tryCuda();
    const facts = [
      ["Pinfield", versions.pinfield],
      ["Deno", versions.deno],
      ["ONNX Runtime", `${versions.onnxruntime}, comes with ${bundled.join(", ")}`],
      ["@std packages", "links" in manifest ? "the stand-ins in std/" : "JSR"],
      ["CPU threads", String(navigator.hardwareConcurrency)],
      ["CUDA", cuda instanceof Error ? `no: ${cuda.message}` : describe(cuda)],
    ];
    for (const [name, value] of facts) console.log(`${name.padEnd(14)}${value}`);
    const devices: Device[] = cuda instanceof Error ? ["cpu"] : ["cpu", "cuda"];
    const { features, hidden } = preset.model;
    console.log(`\nTen steps of ${preset.name} (d = ${features}, h = ${hidden}, B = ${preset.training.batch}):\n`);
    await Deno.mkdir(".cache", { recursive: true });
    const rows: string[][] = [];
    for (const device of devices) {
      const placement = await profileTraining(preset, device, ".cache");
      rows.push([
        device,
        significant(preset.training.batch / placement.secondsAStep),
        `${placement.body.length - placement.misplaced.length} of ${placement.body.length}`,
      ]);
      if (placement.misplaced.length > 0) console.log(complaint(device, placement));
    }
    console.log(markdownTable(["device", "samples / s", "nodes of the Loop's body on it"], rows));
  },
});

function tryCuda(): Driver | FailureError {
  try {
    return prepareCuda();
  } catch (error) {
    if (error instanceof FailureError) return error;
    throw error;
  }
}

function describe({ cuda, gpus }: Driver): string {
  return `driver for CUDA ${cuda}; ${gpus.map(({ name }) => name).join(", ")}`;
}

function complaint(device: Device, { misplaced }: Placement): string {
  const slowest = misplaced.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, listed);
  const names = slowest.map(({ name, operator, provider }) => `${name} (${operator}) on ${provider}`);
  return `${misplaced.length} nodes of the Loop's body did not run on ${device}: ${names.join(", ")}`;
}
