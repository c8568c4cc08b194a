/** The experiment's schema: its sections, each with the keys of the entry that it names, their defaults and meaning. */
import { z } from "zod";
import { dataSources, type ownDataSources } from "../data/data_sources.ts";
import { UsageError } from "../errors.ts";
import { losses, type ownLosses } from "../losses/losses.ts";
import { networks, type ownNetworks } from "../network/networks.ts";
import { optimizers, type ownOptimizers } from "../optimizers/optimizers.ts";
import type { OptionsSchema } from "../options_schema.ts";
import type { Registry } from "../registry.ts";
import { type ownSchedules, schedules } from "../schedules/schedules.ts";

/** How long and from where is trained. */
export interface TrainingOptions {
  /** Updates of the parameters. */
  readonly steps: number;
  /** B: samples a step. @default 512 */
  readonly batch: number;
  /** R: supports that share one noise vector; divides the batch. @default 1 */
  readonly supportsPerNoise: number;
  /** Steps in one ONNX Loop, that is between two looks of JavaScript at the state. @default 50 */
  readonly chunk: number;
  /** Least seconds between two checkpoints. @default 10 */
  readonly checkpointSeconds: number;
  /** The Xavier normal initialisation is multiplied by this. @default 0.03 */
  readonly initialScale: number;
  /** Every random number of the run follows from this. @default 0 */
  readonly seed: number;
  /**
   * The name of a trained run beside this one whose weights are where this training begins; what its optimiser kept is not
   * taken over. @default none: the weights are drawn
   */
  readonly from?: string;
}

const count = z.int().positive();

const training: z.ZodType<TrainingOptions> = z.strictObject({
  steps: count,
  batch: count.default(512),
  supportsPerNoise: count.default(1),
  chunk: count.default(50),
  checkpointSeconds: z.number().nonnegative().default(10),
  initialScale: z.number().positive().default(0.03),
  seed: z.int().nonnegative().default(0),
  from: z.string().optional(),
});

/** What every optimiser is told. */
export interface LearningOptions {
  /** Peak learning rate. @default 0.02 */
  readonly learningRate: number;
}

const ofEveryOptimizer = { learningRate: z.number().positive().default(0.02) };

/** The registry that each section names an entry of. */
const choices: Readonly<Record<string, Registry<{ readonly options: OptionsSchema<unknown> }>>> = {
  model: networks,
  task: dataSources,
  loss: losses,
  optimizer: optimizers,
  schedule: schedules,
};

/** The keys that a section has where it names an entry; undefined if there is no such section or entry. */
export function optionKeys(section: string, name: string): readonly string[] | undefined {
  const table = choices[section];
  if (table === undefined || !table.names().includes(name)) return undefined;
  const common = section === "optimizer" ? Object.keys(ofEveryOptimizer) : [];
  return ["name", ...common, ...Object.keys(table.get(name).options.shape)];
}

/**
 * A section of the experiment that names an entry of a registry and gives its options. Made anew for every experiment,
 * as the registry may have grown.
 *
 * @param standard the entry that is meant where none is named
 */
function choice(
  table: Registry<{ readonly options: OptionsSchema<unknown> }>,
  standard: string,
  common: z.ZodRawShape = {},
) {
  const alternatives = table.names().map((name) =>
    z.strictObject({ name: z.literal(name), ...common, ...table.get(name).options.shape })
  );
  const [first, ...others] = alternatives;
  return z.preprocess(
    (value) => typeof value === "object" && value !== null && !("name" in value) ? { name: standard, ...value } : value,
    z.discriminatedUnion("name", [first, ...others], {
      error: ({ code }) => code === "invalid_union" ? `must be one of ${table.names().join(", ")}` : undefined,
    }),
  );
}

/** The options of an entry. */
export type OptionsOf<Entry> = Entry extends { readonly options: OptionsSchema<infer Options> } ? Options : never;

/** The options of one of some entries with its name. */
export type Chosen<Entries, Common = object> = {
  [Name in keyof Entries & string]: Readonly<{ name: Name } & Common & OptionsOf<Entries[Name]>>;
}[keyof Entries & string];

/** Where weights come from that were trained elsewhere. */
export interface ImportedWeights {
  /** The file, as it was named. */
  readonly file: string;
  /** What the encoder is called in it. */
  readonly encoder: string;
  /** What the decoder is called in it. */
  readonly decoder: string;
  /** Whether its matrices were said to be transposed. */
  readonly transposed: boolean;
}

const imported: z.ZodType<ImportedWeights> = z.strictObject({
  file: z.string(),
  encoder: z.string(),
  decoder: z.string(),
  transposed: z.boolean(),
});

/** A complete experiment: every value present, all of them valid. */
export interface Config {
  /** Lower-case letters, digits, dots and dashes. A run's is that of its directory. */
  readonly name: string;
  /** What the experiment is for, in a sentence. */
  readonly description: string;
  /** The preset that is trained beside this one and shown in the second panel of the headline figure. */
  readonly pair?: string;
  /** The network, and its size. */
  readonly model: Chosen<typeof ownNetworks>;
  /** Where the samples come from. */
  readonly task: Chosen<typeof ownDataSources>;
  /** What a sample costs, and the ridges. */
  readonly loss: Chosen<typeof ownLosses>;
  /** What moves the parameters. */
  readonly optimizer: Chosen<typeof ownOptimizers, LearningOptions>;
  /** How the learning rate goes over the steps. */
  readonly schedule: Chosen<typeof ownSchedules>;
  /** How long, on how much at once, and from where. */
  readonly training: TrainingOptions;
  /** Of a run whose weights were trained elsewhere: where they come from. What is above says how analyses train on. */
  readonly imported?: ImportedWeights;
}

function schema() {
  return z.strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, "must be lower-case letters, digits, dots and dashes"),
    description: z.string().default(""),
    pair: z.string().optional(),
    model: choice(networks, "denoiser"),
    task: choice(dataSources, "k-hot").prefault({}),
    loss: choice(losses, "rebalanced").prefault({}),
    optimizer: choice(optimizers, "adam", ofEveryOptimizer).prefault({}),
    schedule: choice(schedules, "warmup-cosine").prefault({}),
    training,
    imported: imported.optional(),
  });
}

/** Why values that are sound by themselves do not fit together: the key at fault and what it must be. */
function misfit({ model, task, loss, training }: Config): readonly [key: string, message: string] | undefined {
  const { batch, supportsPerNoise } = training;
  const source = dataSources.get(task.name);
  const obstacle = source.obstacle?.({ ...model, batch, supportsPerNoise }, task);
  if (obstacle !== undefined) return [`task.${obstacle.key}`, obstacle.message];
  if (task.noise === "averaged") {
    if (losses.get(loss.name).averaged === undefined) {
      return ["task.noise", `the ${loss.name} loss has no average in closed form; use sampled`];
    }
    if (networks.get(model.name).averagedReadOut === undefined) {
      return ["task.noise", `the ${model.name} has no average in closed form; use sampled`];
    }
    if (supportsPerNoise !== 1) return ["training.supportsPerNoise", "must be 1 where noise is averaged"];
  }
  if (batch % supportsPerNoise !== 0) {
    return ["training.supportsPerNoise", `must divide training.batch = ${batch}, got ${supportsPerNoise}`];
  }
  if (source.wants === "functions") {
    if (losses.get(loss.name).functions === undefined) {
      return ["loss.name", `the ${loss.name} loss is of x* only, not of the functions of ${task.name}; use rebalanced`];
    }
    if ("form" in loss && loss.form === "gram") {
      return ["loss.form", `functions, as of ${task.name}, have no Gram form; use dense or auto`];
    }
  } else if ("outputs" in model && model.outputs !== undefined && model.outputs !== model.features) {
    return ["model.outputs", `must be model.features = ${model.features} where x* is asked for, got ${model.outputs}`];
  }
  if ("form" in loss && loss.form === "gram" && networks.get(model.name).readOut === undefined) {
    return ["loss.form", `the ${model.name} has no linear read-out for a Gram form; use dense or auto`];
  }
  return undefined;
}

/**
 * Checks an experiment as read from YAML and fills in the defaults.
 *
 * @param value what a preset or `config.yaml` holds
 * @param source named in the error message
 * @returns the complete experiment
 * @throws {UsageError} naming the first key that is unknown, missing or out of range
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { UsageError } from "../errors.ts";
 * import { parseConfig } from "./config.ts";
 * import { loadConfigFile, presetNames } from "./presets.ts";
 * import { presetTexts } from "./presets/texts.ts";
 * assertEquals(presetNames().includes("laptop"), presetTexts.laptop.includes("name: laptop"));
 * const file = await Deno.makeTempFile({ suffix: ".yaml" });
 * await Deno.writeTextFile(file, presetTexts.laptop.replace("name: laptop", "name: mine"));
 * const { name, model } = loadConfigFile(file, { "model.hidden": 128 });
 * assertEquals([name, model.hidden], ["mine", 128]);
 * const small = { name: "small", model: { features: 16, hidden: 8 }, training: { steps: 10 } };
 * assertEquals(parseConfig(small, "my script").loss.name, "rebalanced"); // what is not said has a default
 * assertThrows(() => parseConfig({ ...small, seed: 3 }, "my script"), UsageError, "my script: ");
 * await Deno.remove(file);
 * ```
 */
export function parseConfig(value: unknown, source: string): Config {
  const result = schema().safeParse(value);
  if (result.success) {
    const config = result.data as Config;
    const problem = misfit(config);
    if (problem === undefined) return config;
    throw new UsageError(`${source}: ${problem[0]}: ${problem[1]}.`);
  }
  const [issue] = result.error.issues;
  const key = issue.path.join(".");
  if (issue.code === "unrecognized_keys") {
    const keys = issue.keys.map((name) => [...issue.path, name].join("."));
    throw new UsageError(`${source}: unknown key ${keys.join(", ")}; models/experiment/config.ts lists the keys.`);
  }
  throw new UsageError(`${source}: ${key || "the file"}: ${issue.message}.`);
}
