/** The experiment's schema: its sections, each with the keys of the entry that it names, their defaults and meaning. */
import { z } from "zod";
import { dataSources, type ownDataSources } from "../data/data_sources.ts";
import { UsageError } from "../errors.ts";
import { losses, type ownLosses } from "../losses/losses.ts";
import { networks, type ownNetworks } from "../network/networks.ts";
import { optimizers, type ownOptimizers } from "../optimizers/optimizers.ts";
import type { Registry } from "../registry.ts";
import { type ownSchedules, schedules } from "../schedules/schedules.ts";

const count = z.int().positive();

const training = z.strictObject({
  steps: count,
  /** B: samples a step. */
  batch: count.default(512),
  /** R: supports that share one noise vector; divides the batch. */
  supportsPerNoise: count.default(1),
  /** Steps in one ONNX Loop, that is between two looks of JavaScript at the state. */
  chunk: count.default(50),
  /** Least seconds between two checkpoints. */
  checkpointSeconds: z.number().nonnegative().default(10),
  /** The Xavier normal initialisation is multiplied by this. */
  initialScale: z.number().positive().default(0.03),
  /** Every random number of the run follows from this. */
  seed: z.int().nonnegative().default(0),
});

/** Keys that every optimiser has. */
const ofEveryOptimizer = {
  /** Peak learning rate. */
  learningRate: z.number().positive().default(0.02),
};

/**
 * A section of the experiment that names an entry of a registry and gives its options. Made anew for every experiment,
 * as the registry may have grown.
 *
 * @param standard the entry that is meant where none is named
 */
function choice(table: Registry<{ readonly options: z.ZodObject }>, standard: string, common: z.ZodRawShape = {}) {
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

/** What zod infers, but for no keys at all: there it would infer that no other key may be added either. */
type OptionsOf<Schema> = Schema extends z.ZodObject<infer Shape> ? keyof Shape extends never ? object : z.infer<Schema>
  : never;

/** An entry's options with its name. */
type Chosen<Entries extends Readonly<Record<string, { readonly options: unknown }>>, Common = object> = {
  [Name in keyof Entries & string]: Readonly<{ name: Name } & Common & OptionsOf<Entries[Name]["options"]>>;
}[keyof Entries & string];

/** A complete experiment: every value present, all of them valid. */
export interface Config {
  readonly name: string;
  /** What the experiment is for, in a sentence. */
  readonly description: string;
  /** The preset that is trained beside this one and shown in the second panel of the headline figure. */
  readonly pair?: string;
  readonly model: Chosen<typeof ownNetworks>;
  readonly task: Chosen<typeof ownDataSources>;
  readonly loss: Chosen<typeof ownLosses>;
  readonly optimizer: Chosen<typeof ownOptimizers, { readonly learningRate: number }>;
  readonly schedule: Chosen<typeof ownSchedules>;
  readonly training: Readonly<z.infer<typeof training>>;
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
  });
}

/** Why values that are sound by themselves do not fit together: the key at fault and what it must be. */
function misfit({ model, task, loss, training }: Config): readonly [key: string, message: string] | undefined {
  const { batch, supportsPerNoise } = training;
  const obstacle = dataSources.get(task.name).obstacle?.({ ...model, batch, supportsPerNoise }, task);
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
