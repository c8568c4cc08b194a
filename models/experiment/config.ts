/** The experiment's schema: every key of a preset, its default and what it means. */
import { z } from "zod";
import { activations } from "../network/activations.ts";
import { UsageError } from "../errors.ts";
import { losses } from "../losses/losses.ts";
import { optimizers } from "../optimizers/optimizers.ts";

const count = z.int().positive();
const positive = z.number().positive();
const nonNegative = z.number().nonnegative();
const nameIn = (table: Readonly<Record<string, unknown>>) => z.enum(Object.keys(table));

const model = z.strictObject({
  /** d: the number of features, the width of input and output. */
  features: count,
  /** h: the number of neurons. */
  hidden: count,
  /** φ, a name in the registry of `activations.ts`. */
  activation: nameIn(activations).default("tanh-cubed"),
});

const task = z.strictObject({
  /** k: how many distinct features are on in a sample. */
  support: count.default(2),
  /** σ²: variance of the Gaussian noise on each input coordinate. */
  noiseVariance: nonNegative.default(0.005),
});

const loss = z.strictObject({
  /** A name in the registry of `losses.ts`. */
  name: nameIn(losses).default("rebalanced"),
  /** λ: weight of the coordinates in the support. */
  lambdaOn: positive.default(16),
  /** ρ_D: ridge on the decoder. */
  decoderRidge: nonNegative.default(0.03),
  /** ρ_E: ridge on the encoder. */
  encoderRidge: nonNegative.default(0),
  /** How the loss is computed: `gram` forms no d-wide output; `auto` takes the cheaper form. */
  form: z.enum(["auto", "dense", "gram"]).default("auto"),
});

const optimizer = z.strictObject({
  /** A name in the registry of `optimizers.ts`. */
  name: nameIn(optimizers).default("adam"),
  /** Peak learning rate. */
  learningRate: positive.default(0.02),
  /** Fraction of the steps over which the learning rate rises linearly from 0. */
  warmup: z.number().min(0).max(1).default(0.05),
  /** Decay of Adam's first moment. */
  beta1: z.number().min(0).lt(1).default(0.9),
  /** Decay of Adam's second moment. */
  beta2: z.number().min(0).lt(1).default(0.999),
  /** Adam's guard against division by zero. */
  epsilon: positive.default(1e-8),
});

const training = z.strictObject({
  steps: count,
  /** B: samples a step. */
  batch: count.default(512),
  /** R: supports that share one noise vector; divides the batch. */
  supportsPerNoise: count.default(1),
  /** Steps in one ONNX Loop, that is between two looks of JavaScript at the state. */
  chunk: count.default(50),
  /** Least seconds between two checkpoints. */
  checkpointSeconds: nonNegative.default(10),
  /** The Xavier normal initialisation is multiplied by this. */
  initialScale: positive.default(0.03),
  /** Every random number of the run follows from this. */
  seed: z.int().nonnegative().default(0),
});

const configSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, "must be lower-case letters, digits, dots and dashes"),
  /** What the experiment is for, in a sentence. */
  description: z.string().default(""),
  /** The preset that is trained beside this one and shown in the second panel of the headline figure. */
  pair: z.string().optional(),
  model,
  task: task.prefault({}),
  loss: loss.prefault({}),
  optimizer: optimizer.prefault({}),
  training,
}).superRefine(({ model, task, loss, training }, context) => {
  const refuse = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
  if (task.support > model.features) {
    refuse(["task", "support"], `must be at most model.features = ${model.features}, got ${task.support}`);
  }
  if (training.batch % training.supportsPerNoise !== 0) {
    refuse(
      ["training", "supportsPerNoise"],
      `must divide training.batch = ${training.batch}, got ${training.supportsPerNoise}`,
    );
  }
  if (loss.form === "gram" && losses[loss.name].gram === undefined) {
    refuse(["loss", "form"], `the ${loss.name} loss has no Gram form; use dense or auto`);
  }
});

/** A complete experiment: every value present, all of them valid. */
export type Config = z.infer<typeof configSchema>;

/**
 * Checks an experiment as read from YAML and fills in the defaults.
 *
 * @param value what a preset or `config.yaml` holds
 * @param source named in the error message
 * @returns the complete experiment
 * @throws {UsageError} naming the first key that is unknown, missing or out of range
 */
export function parseConfig(value: unknown, source: string): Config {
  const result = configSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const key = issue.path.join(".");
  if (issue.code === "unrecognized_keys") {
    const keys = issue.keys.map((name) => [...issue.path, name].join("."));
    throw new UsageError(`${source}: unknown key ${keys.join(", ")}; models/experiment/config.ts lists the keys.`);
  }
  throw new UsageError(`${source}: ${key || "the file"}: ${issue.message}.`);
}
