/** How long the study, or a point of a sweep, will take. */
import type { Config } from "../../models/experiment/config.ts";
import { randomStream } from "../../models/random.ts";
import type { Device } from "../../models/runtime/device.ts";
import { train } from "../../models/training/trainer.ts";
import { initialState, parameterValues } from "../../models/training/training_state.ts";
import { findClusters } from "../clusters/clusters.ts";
import { iidSigns } from "../random_graph/null_models.ts";
import { isDenoiser } from "../report/denoiser_weights.ts";
import { sections } from "../report/sections.ts";
import { extractSigns } from "../signs/signs.ts";
import type { RemainingWork, Work } from "./study_work.ts";

/** Expected seconds of what is left of a work. */
export interface ExpectedTime {
  readonly training: number;
  /** Without sections that take seconds. */
  readonly measuring: number;
}

/** Steps that are timed. */
const probeSteps = 10;

/** Times a few steps of an experiment, and says how long what is left to train and measure will take at that pace. */
export async function expectedTime({ config, keys, steps }: RemainingWork, device: Device): Promise<ExpectedTime> {
  const measuring = keys.reduce((sum, key) => sum + (sections[key].trainingSteps?.(config, device) ?? 0), 0);
  if (steps + measuring === 0) return { training: 0, measuring: 0 };
  const { start, step } = await pace(config, device);
  return { training: steps > 0 ? start + step * steps : 0, measuring: step * measuring };
}

/** Seconds of a whole work, with the sections that take seconds: these are timed on weights as a training leaves them. */
export async function secondsOf(work: Work, device: Device): Promise<number> {
  const { training, measuring } = await expectedTime({ ...work, steps: work.config.training.steps }, device);
  return training + measuring + await shortSectionSeconds(work, device);
}

/** Seconds that a training takes to start, and a step. */
async function pace(config: Config, device: Device): Promise<{ start: number; step: number }> {
  const probe = { ...config, training: { ...config.training, steps: 2 * probeSteps, chunk: probeSteps } };
  const seconds: number[] = [];
  for await (const chunk of train(probe, { device })) seconds.push(chunk.seconds.total);
  const [first, second] = seconds;
  return { start: Math.max(0, first - second), step: second / probeSteps };
}

async function shortSectionSeconds({ config, keys }: Work, device: Device): Promise<number> {
  const short = keys.filter((key) => (sections[key].trainingSteps?.(config, device) ?? 0) === 0);
  const started = performance.now();
  if (!isDenoiser(config)) {
    const parameters = Object.fromEntries(
      Object.entries(parameterValues(config, initialState(config))).map(([name, { data }]) => [name, data]),
    );
    for (const key of short) await sections[key].analyseAny?.({ config, parameters, device });
    return (performance.now() - started) / 1000;
  }
  const weights = plantedWeights(config);
  const clusters = findClusters(weights);
  const subject = { config, weights, device, clusters, signs: extractSigns(weights, clusters) };
  for (const key of short) await sections[key].analyse(subject);
  return (performance.now() - started) / 1000;
}

/** Weights in three clusters, four neurons a feature. */
function plantedWeights({ model: { features, hidden } }: Config) {
  const random = randomStream(0, "time plan");
  const edges = Math.min(4 * features, Math.floor(features * hidden / 4));
  const { entries } = iidSigns({ features, hidden, edges }, random);
  const around = (amplitude: number) =>
    Float32Array.from(entries, (sign) => amplitude * (sign + 0.03 * random.normal()));
  return { features, hidden, encoder: around(1.6), decoder: around(0.15) };
}
