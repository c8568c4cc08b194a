/** One training in a process of its own: what it is given, what it says, and how both runtimes are asked. */
import { fileURLToPath } from "node:url";
import { FailureError } from "../../models/errors.ts";
import type { Config } from "../../models/experiment/config.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import type { Device } from "../../models/runtime/device.ts";
import { peerJob } from "./pytorch/peer.ts";
import type { Runtime } from "./bench_recipes.ts";

/** What a training process prints, as JSON. */
interface Said {
  /** Wall time of each training. */
  readonly seconds: number[];
  /** Wall time of a first step before them, on other weights: what torch.compile takes. */
  readonly firstStepSeconds: number;
  /** The most memory that was resident. */
  readonly peakBytes: number;
}

/** What came of a training process. */
export interface Outcome extends Said {
  /** Wall time of the process outside its trainings and its first step: loading, building, writing. */
  readonly startUpSeconds: number;
  /** The weights of the last training. */
  readonly weights: Weights;
}

/** Options of `runJob`. */
export interface JobOptions {
  readonly device: Device;
  /** Trains once for each of these numbers of steps, one after the other. @default once, as long as the experiment says */
  readonly lengths?: readonly number[];
  /** Added to the environment of the process; an empty value removes a variable. @default nothing */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Trains an experiment in a process of its own, so that its memory and its start-up are its own.
 *
 * @throws {FailureError} with what the process said when it failed
 */
export async function runJob(
  contender: { readonly runtime: Runtime },
  config: Config,
  { device, lengths = [config.training.steps], variables = {} }: JobOptions,
): Promise<Outcome> {
  const folder = await Deno.makeTempDir({ prefix: "pinfield-bench-" });
  try {
    const [job, weights] = [`${folder}/job.json`, `${folder}/weights`];
    const asked = { device, lengths, weights, threads: navigator.hardwareConcurrency };
    const own = contender.runtime === "pinfield" ? { config } : peerJob(config, contender);
    await Deno.writeTextFile(job, JSON.stringify({ ...own, ...asked }));
    const started = performance.now();
    const said = JSON.parse(await outputOf(command(contender, job), variables)) as Said;
    const wall = (performance.now() - started) / 1000;
    const training = said.seconds.reduce((sum, seconds) => sum + seconds, said.firstStepSeconds);
    return { ...said, startUpSeconds: wall - training, weights: await readWeights(config, weights) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function command({ runtime }: { readonly runtime: Runtime }, job: string): [program: string, words: string[]] {
  const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  if (runtime !== "pinfield") return ["python3", [path("./pytorch/train.py"), job]];
  return [Deno.execPath(), ["run", "--quiet", "--no-check", "--allow-all", path("./bench_train_job.ts"), job]];
}

async function outputOf(
  [program, args]: [string, string[]],
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  const env = Object.fromEntries(
    Object.entries({ ...Deno.env.toObject(), ...variables }).filter(([, value]) => value !== ""),
  );
  const { success, stdout, stderr } = await new Deno.Command(program, { args, env, clearEnv: true }).output();
  const decoder = new TextDecoder();
  if (success) return decoder.decode(stdout);
  throw new FailureError(`a training of the bench failed: ${decoder.decode(stderr).trim()}`);
}

/** Encoder, then decoder, both feature-major float32. */
async function readWeights({ model: { features, hidden } }: Config, path: string): Promise<Weights> {
  const { buffer } = await Deno.readFile(path);
  const size = features * hidden;
  return {
    features,
    hidden,
    encoder: new Float32Array(buffer, 0, size),
    decoder: new Float32Array(buffer, 4 * size, size),
  };
}
