/** Who is compared: a method in a runtime. */
import { FailureError } from "../../models/errors.ts";
import type { Config } from "../../models/experiment/config.ts";
import { median } from "d3-array";
import type { Device } from "../../models/runtime/device.ts";
import { runJob } from "./bench_job.ts";
import type { Method, Recipe, Runtime, Size } from "./bench_recipes.ts";

/** A method in a runtime. */
export interface Contender {
  readonly name: string;
  readonly runtime: Runtime;
  readonly method: Method;
  /** The contender whose best recipe it takes over, since it computes the same; without one it has a search of its own. */
  readonly recipeOf?: string;
}

/** In the order of the tables; one whose recipe another takes over stands before it. */
export const contenders: readonly Contender[] = [
  { name: "Pinfield", runtime: "pinfield", method: "averaged" },
  { name: "Pinfield, sampled noise", runtime: "pinfield", method: "sampled" },
  { name: "PyTorch, compiled", runtime: "pytorch-compiled", method: "sampled" },
  { name: "PyTorch, eager", runtime: "pytorch", method: "sampled", recipeOf: "PyTorch, compiled" },
  {
    name: "Pinfield's algorithm in PyTorch, compiled",
    runtime: "pytorch-compiled",
    method: "averaged",
    recipeOf: "Pinfield",
  },
];

/** The recipes that a contender is given at a size; PyTorch draws a noise vector for every sample. */
export function recipesOf({ runtime, method }: Contender, size: Size): readonly Recipe[] {
  if (runtime === "pinfield") return size[method];
  return size[method].map(({ supportsPerNoise: _, ...recipe }) => recipe);
}

/** The time of a step, and what the process around it takes. */
export interface StepTime {
  readonly secondsAStep: number;
  readonly firstStepSeconds: number;
  readonly startUpSeconds: number;
  readonly peakBytes: number;
}

/** Steps of the first, rough measurement. */
const roughSteps = 4;
/** Most steps of the shorter training. */
const mostSteps = 400;
/** How long the difference of two trainings should last, in seconds: long enough that noise cannot hide it. */
const leastDifference = 1;

/** Measures a step as the difference of two lengths of training: loading, copies and first allocations cancel. */
export async function measureStep(
  contender: Contender,
  config: Config,
  device: Device,
  repeats: number,
): Promise<StepTime> {
  const of = async (steps: number, variables = {}) => {
    const outcome = await runJob(contender, oneChunk(config), { device, lengths: [steps, 3 * steps], variables });
    const [short, long] = outcome.seconds;
    return { ...outcome, secondsAStep: (long - short) / (2 * steps) };
  };
  // Compiled as on the first day: torch.compile keeps what it has compiled for the next process.
  const rough = await of(roughSteps, { TORCHINDUCTOR_FORCE_DISABLE_CACHES: "1" });
  let steps = Math.ceil(leastDifference / Math.max(rough.secondsAStep, leastDifference / mostSteps));
  const longEnough = async () => {
    while (true) {
      const outcome = await of(steps);
      if (steps >= mostSteps || outcome.secondsAStep * 2 * steps >= leastDifference) return outcome;
      steps = Math.min(mostSteps, 2 * steps);
    }
  };
  const measured: StepTime[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) measured.push(await longEnough());
  const middle = (read: (outcome: StepTime) => number) => median(measured, read)!;
  const secondsAStep = middle((outcome) => outcome.secondsAStep);
  if (!(secondsAStep > 0)) throw new FailureError(`${contender.name}: a longer training took less time; try again.`);
  return {
    secondsAStep,
    firstStepSeconds: rough.firstStepSeconds,
    startUpSeconds: middle((outcome) => outcome.startUpSeconds),
    peakBytes: middle((outcome) => outcome.peakBytes),
  };
}

/** All steps in one Loop. */
export function oneChunk(config: Config): Config {
  return { ...config, training: { ...config.training, chunk: 1_000_000 } };
}
