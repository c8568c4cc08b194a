/** The training in PyTorch that `deno task bench` compares ours with: `train.py` beside this file. */
import type { Config } from "../../../models/experiment/config.ts";
import type { Runtime } from "../bench_recipes.ts";

/** The versions of PyTorch and Python that `python3` runs; undefined where there is none. */
export async function torchVersions(): Promise<{ torch: string; python: string } | undefined> {
  try {
    const script = "import platform, torch; print(torch.__version__, platform.python_version())";
    const { success, stdout } = await new Deno.Command("python3", { args: ["-c", script], stderr: "null" }).output();
    if (!success) return undefined;
    const [torch, python] = new TextDecoder().decode(stdout).trim().split(" ");
    return { torch, python };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * An experiment in the words of train.py: what it needs of the configuration, in one flat record.
 *
 * @throws {RangeError} if the scripts are not written for such an experiment
 */
export function peerJob(config: Config, { runtime }: { readonly runtime: Runtime }) {
  const { model, task, loss, optimizer, schedule, training } = config;
  if (model.name !== "denoiser" || model.activation !== "tanh-cubed") throw notWrittenFor("another network");
  if (task.name !== "k-hot" || task.activeFeatures !== 2) {
    throw notWrittenFor("other supports than two of all features");
  }
  const usual = task.noise === "averaged" ? "balanced" : "independent";
  if (task.supports !== usual) throw notWrittenFor(`${task.supports} supports where noise is ${task.noise}`);
  if (task.noise === "averaged" && task.mehlerOrder !== 1) throw notWrittenFor("a higher order of Mehler's expansion");
  if (loss.name !== "rebalanced" || loss.encoderRidge !== 0) throw notWrittenFor("another loss");
  if (optimizer.name !== "adam" || schedule.name !== "warmup-cosine") {
    throw notWrittenFor("another optimiser or schedule");
  }
  return {
    features: model.features,
    hidden: model.hidden,
    activeFeatures: task.activeFeatures,
    noise: task.noise,
    nodes: task.nodes,
    noiseVariance: task.noiseVariance,
    lambdaOn: loss.lambdaOn,
    decoderRidge: loss.decoderRidge,
    learningRate: optimizer.learningRate,
    warmup: schedule.warmup,
    beta1: optimizer.beta1,
    beta2: optimizer.beta2,
    epsilon: optimizer.epsilon,
    batch: training.batch,
    initialScale: training.initialScale,
    seed: training.seed,
    compile: runtime === "pytorch-compiled",
  };
}

function notWrittenFor(what: string): RangeError {
  return new RangeError(`PyTorch's training in the bench is not written for ${what}.`);
}
