/** The time of a step, its memory and its start-up, at the presets and as d and h double. */
import { markdownTable } from "../../analysis/report/markdown.ts";
import { significant } from "../../analysis/report/number_text.ts";
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import { type Contender, contenders, measureStep, recipesOf, type StepTime } from "./contenders.ts";
import { productOperations } from "./step_cost.ts";
import type { Remember } from "./bench_measurements.ts";
import { experiment, type Size } from "./bench_recipes.ts";

/** A row: a contender on an experiment. */
export interface StepRow extends StepTime {
  readonly contender: string;
  readonly runtime: Contender["runtime"];
  readonly config: Config;
  /** Of the matrix products of a step, by formula. */
  readonly operations: number;
}

/** Options of both measurements. */
export interface StepOptions {
  readonly device: Device;
  readonly repeats: number;
  readonly torch: boolean;
  readonly remember: Remember;
  readonly report: (line: string) => void;
}

/** Every contender at one size, each with the first recipe of its method; Pinfield's sampled noise in both forms of the loss. */
export async function stepTimes(size: Size, options: StepOptions): Promise<StepRow[]> {
  const rows: StepRow[] = [];
  for (const contender of contenders) {
    const config = experiment(size, contender.method, recipesOf(contender, size)[0]);
    if (contender.runtime === "pinfield" && contender.method === "sampled") {
      rows.push(...await bothForms(contender, config, options));
    } else {
      rows.push(...await measured(contender, config, options));
    }
  }
  return rows;
}

async function bothForms(contender: Contender, config: Config, options: StepOptions): Promise<StepRow[]> {
  const { loss, ...rest } = config;
  if (loss.name !== "rebalanced") return await measured(contender, config, options);
  const rows: StepRow[] = [];
  for (const form of ["dense", "gram"] as const) {
    const named = { ...contender, name: `${contender.name}, ${form === "gram" ? "Gram" : "dense"} form` };
    rows.push(...await measured(named, { ...rest, loss: { ...loss, form } }, options));
  }
  return rows;
}

/** The smallest size of the series, and how many there are, each with twice the features, neurons and samples of the last. */
const smallest = { features: 256, hidden: 128, batch: 256 };
const doublings = 4;

/** A step as d, h and B double. */
export async function stepScaling(size: Size, options: StepOptions): Promise<StepRow[]> {
  const rows: StepRow[] = [];
  for (const contender of contenders.filter(({ runtime }) => runtime !== "pytorch")) {
    for (let factor = 1; factor < 2 ** doublings; factor *= 2) {
      const { model, training, ...rest } = experiment(size, contender.method, recipesOf(contender, size)[0]);
      const [features, hidden] = [factor * smallest.features, factor * smallest.hidden];
      const batch = factor * smallest.batch / (contender.method === "averaged" ? 2 : 1);
      const config = { ...rest, model: { ...model, features, hidden }, training: { ...training, batch } };
      rows.push(...await measured(contender, config, options));
    }
  }
  return rows;
}

/** One row; none where PyTorch is asked for and missing. */
async function measured(
  contender: Contender,
  config: Config,
  { device, repeats, torch, remember, report }: StepOptions,
): Promise<StepRow[]> {
  const { name, runtime } = contender;
  if (runtime !== "pinfield" && !torch) return [];
  const time = await remember(
    "step",
    { runtime, config, repeats },
    () => measureStep(contender, config, device, repeats),
  );
  const { model: { features, hidden } } = config;
  report(`d = ${features}, h = ${hidden}, ${name}: ${significant(1000 * time.secondsAStep)} ms a step`);
  return [{ contender: name, runtime, config, operations: productOperations(contender, config), ...time }];
}

/** The rows as a table. */
export function stepTable(title: string, rows: readonly StepRow[]): string {
  const columns = ["a step", "d", "h", "B", "ms", "GFLOP", "GFLOP/s", "peak MiB", "start-up s", "first step s"];
  const table = rows.map(({ contender, config: { model, training }, ...row }) => [
    contender,
    String(model.features),
    String(model.hidden),
    String(training.batch),
    significant(1000 * row.secondsAStep),
    significant(row.operations / 1e9),
    significant(row.operations / 1e9 / row.secondsAStep),
    significant(row.peakBytes / 2 ** 20),
    significant(row.startUpSeconds),
    row.firstStepSeconds === 0 ? "–" : significant(row.firstStepSeconds),
  ]);
  return `### ${title}\n\n${markdownTable(columns, table)}\n`;
}

/** The rows of a series as a table: what a doubling costs, measured and by formula. */
export function scalingTable(rows: readonly StepRow[]): string {
  const table = rows.map(({ contender, config: { model, training }, operations, secondsAStep }, index) => {
    const half = rows[index - 1]?.contender === contender ? rows[index - 1] : undefined;
    return [
      contender,
      String(model.features),
      String(model.hidden),
      String(training.batch),
      significant(1000 * secondsAStep),
      half === undefined ? "–" : significant(secondsAStep / half.secondsAStep),
      half === undefined ? "–" : significant(operations / half.operations),
    ];
  });
  const columns = ["a step", "d", "h", "B", "ms", "× the half", "× the half by its products"];
  return `### As d, h and B double\n\n${markdownTable(columns, table)}\n`;
}
