/** The whole bench: its parts one after the other, as results and as Markdown. */
import type { Device } from "../../models/runtime/device.ts";
import { contenders } from "./contenders.ts";
import { compareSettings } from "./cuda_settings.ts";
import { describeMachine, type Machine, machineLine } from "./bench_machine.ts";
import { openMeasurements } from "./bench_measurements.ts";
import { experiment, type Size, sizes } from "./bench_recipes.ts";
import { measureRoofline, rooflineLine } from "./bench_roofline.ts";
import { scalingTable, type StepRow, stepScaling, stepTable, stepTimes } from "./step_times.ts";
import { type QualityRow, qualityTable, timeToQuality } from "./time_to_quality.ts";

/** What can be measured; the quickest first. */
export const parts = ["steps", "scaling", "quality"] as const;

/** What `bench` is asked. */
export interface BenchOptions {
  readonly presets: readonly string[];
  readonly parts: readonly string[];
  /** Most recipes that each method is given. */
  readonly recipes: number;
  readonly seeds: number;
  readonly repeats: number;
  readonly device: Device;
  /** The folder of measurements. */
  readonly measurements: string;
  readonly again: boolean;
}

/** What was measured; `bench.json` holds it. */
export interface BenchResults {
  readonly machine: Machine;
  readonly seeds: number;
  readonly repeats: number;
  readonly steps: Record<string, readonly StepRow[]>;
  readonly scaling: readonly StepRow[];
  readonly quality: Record<string, { readonly goal: Size["goal"]; readonly rows: readonly QualityRow[] }>;
}

/** Measures and writes down; lines of progress go to `report`. */
export async function bench(
  { presets, parts, recipes, seeds, repeats, device, measurements, again }: BenchOptions,
  report: (line: string) => void,
): Promise<{ results: BenchResults; markdown: string }> {
  const machine = await describeMachine(device);
  const torch = "torch" in machine.versions;
  if (!torch) report("PyTorch is left out, as python3 has no torch.");
  const options = { device, seeds, repeats, torch, report, remember: openMeasurements(measurements, machine, again) };
  const chosen = sizes.filter(({ preset }) => presets.includes(preset)).map((size): Size => ({
    ...size,
    sampled: size.sampled.slice(0, recipes),
    averaged: size.averaged.slice(0, recipes),
  }));
  const results: BenchResults = { machine, seeds, repeats, steps: {}, scaling: [], quality: {} };
  const sections = [`## Bench\n\n${machineLine(machine)}\n`];

  if (parts.includes("steps")) {
    for (const size of chosen) {
      const rows = results.steps[size.preset] = await stepTimes(size, options);
      sections.push(stepTable(`${size.preset}: a step, medians over ${repeats} processes`, rows));
      for (const row of rows.filter(({ runtime }) => runtime === "pinfield")) {
        const roofline = await options.remember("roofline", row.config, () => measureRoofline(row.config, device));
        sections.push(rooflineLine(row.contender, roofline, row.secondsAStep));
      }
      if (device === "cuda") {
        sections.push(await compareSettings(experiment(size, contenders[0].method, size[contenders[0].method][0])));
      }
    }
  }
  if (parts.includes("scaling")) {
    const scaling = await stepScaling(chosen[0], options);
    Object.assign(results, { scaling });
    sections.push(scalingTable(scaling));
  }
  if (parts.includes("quality")) {
    for (const size of chosen) {
      const rows = await timeToQuality(size, options);
      results.quality[size.preset] = { goal: size.goal, rows };
      sections.push(qualityTable(size, rows));
    }
  }
  return { results, markdown: sections.join("\n") };
}
