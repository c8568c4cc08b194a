/** A fixed sample of pairs, and the density of all of them, at log-spaced steps: what the training movie shows. */
import type { Config } from "../experiment/config.ts";
import { type PairDensity, pairDensity } from "./pair_density.ts";
import { randomStream } from "../random.ts";
import { FailureError } from "../errors.ts";
import { type ExpectedTensors, tensorMisfit } from "./safetensors/expected_tensors.ts";
import type { Run } from "./run.ts";
import { decodeSafetensors, encodeSafetensors, type SafeTensor } from "./safetensors/safetensors.ts";
import type { ChunkResult } from "../training/trainer.ts";
import { hasWeightPairs, weightsOf } from "../training/training_state.ts";

/** The frames of a movie. */
export interface Snapshots {
  /** Indices i·h + j of the pairs, ascending. */
  readonly pairs: readonly number[];
  /** The step after which each frame was taken. */
  readonly steps: readonly number[];
  /** Encoder weights of the pairs, one array a frame. */
  readonly encoder: readonly Float32Array[];
  /** Decoder weights of the pairs, one array a frame. */
  readonly decoder: readonly Float32Array[];
  /** All pairs, at the ends of the chunks nearest to the frames' steps. Absent from runs begun before it was kept. */
  readonly density?: readonly DensityFrame[];
}

/** The density of all pairs after a step. */
export interface DensityFrame extends PairDensity {
  /** Steps done. */
  readonly step: number;
}

/** Frames that a whole training gives at most. */
const frames = 120;

/** Cells along each side of a density. */
const densityCells = 128;

const file = "snapshots.safetensors";

/** What may be done about a damaged file: `resumedSnapshots` does without it. */
const fix = "delete it; only the training movie is lost";

/**
 * How many pairs are followed: one in a hundred, so that at 3072 × 1024, where one pair in 800 ends in a corner, some
 * forty of these do; not fewer than 8192, which shows the shape of the centre, and not more than 32768, 20 to 30 MB.
 */
export function followedPairs({ model: { features, hidden } }: Config): number {
  const population = features * hidden;
  return Math.min(population, Math.max(8192, Math.min(32768, Math.floor(population / 100))));
}

/** The movie before the first frame, with its pairs drawn at random without repetition. */
export function emptySnapshots(config: Config): Snapshots {
  const { model: { features, hidden }, training: { seed } } = config;
  const pairs = new Set<number>();
  if (!hasWeightPairs(config)) return { pairs: [], steps: [], encoder: [], decoder: [] };
  const { integer } = randomStream(seed, "snapshots");
  const wanted = followedPairs(config);
  while (pairs.size < wanted) pairs.add(integer(features * hidden));
  return { pairs: [...pairs].sort((a, b) => a - b), steps: [], encoder: [], decoder: [], density: [] };
}

/** The steps after which a frame is taken: 1, the last, and log-spaced ones between. */
function frameSteps({ training: { steps } }: Config): Set<number> {
  return new Set(Array.from({ length: frames }, (_, place) => Math.round(steps ** (place / (frames - 1)))));
}

/** The ends of chunks nearest to the steps of the frames: only there has JavaScript all weights. */
function densitySteps(config: Config): Set<number> {
  const { chunk, steps } = config.training;
  const nearest = (step: number) => {
    const before = Math.floor(step / chunk) * chunk;
    const after = Math.min(before + chunk, steps);
    return before === 0 || after - step < step - before ? after : before;
  };
  return new Set(Array.from(frameSteps(config), nearest));
}

/** Adds the frames that fall into a chunk. */
export function withChunk(snapshots: Snapshots, { state, scalars, followed }: ChunkResult, config: Config): Snapshots {
  if (snapshots.pairs.length === 0) return snapshots;
  const count = scalars.objective.length;
  const wanted = frameSteps(config);
  const places = Array.from({ length: count }, (_, place) => place)
    .filter((place) => wanted.has(state.step - count + 1 + place));
  const width = snapshots.pairs.length;
  const rows = (values: Float32Array) => places.map((place) => values.slice(place * width, (place + 1) * width));
  const density = () => {
    const { encoder, decoder } = weightsOf(config, state);
    return { step: state.step, ...pairDensity(encoder, decoder, densityCells) };
  };
  return {
    pairs: snapshots.pairs,
    steps: [...snapshots.steps, ...places.map((place) => state.step - count + 1 + place)],
    encoder: [...snapshots.encoder, ...rows(followed.encoder)],
    decoder: [...snapshots.decoder, ...rows(followed.decoder)],
    density: snapshots.density && densitySteps(config).has(state.step)
      ? [...snapshots.density, density()]
      : snapshots.density,
  };
}

/**
 * Writes `snapshots.safetensors`: `pairs` [n], `steps` [frames], `encoder` and `decoder` [frames, n], and with a density
 * `density.steps` [frames], `density.range` [frames, 4] and `density.counts` [frames, rows, columns], all as in
 * `DensityFrame`; counts are exact up to 2²⁴. A network without weight pairs has no movie, and no file.
 */
export async function writeSnapshots(
  run: Run,
  { pairs, steps, encoder, decoder, density }: Snapshots,
): Promise<void> {
  if (pairs.length === 0) return;
  const whole = (values: readonly number[]): SafeTensor => {
    return { dtype: "I64", shape: [values.length], data: BigInt64Array.from(values, BigInt) };
  };
  const stacked = (rows: readonly ArrayLike<number>[], shape: readonly number[]): SafeTensor => {
    const width = shape.reduce((product, length) => product * length, 1);
    const data = new Float32Array(rows.length * width);
    rows.forEach((row, frame) => data.set(row, frame * width));
    return { dtype: "F32", shape: [rows.length, ...shape], data };
  };
  const ofDensity = density && {
    "density.steps": whole(density.map(({ step }) => step)),
    "density.range": stacked(density.map(({ range }) => range), [4]),
    "density.counts": stacked(density.map(({ counts }) => counts), [densityCells, densityCells]),
  };
  await run.write(
    file,
    encodeSafetensors({
      pairs: whole(pairs),
      steps: whole(steps),
      encoder: stacked(encoder, [pairs.length]),
      decoder: stacked(decoder, [pairs.length]),
      ...ofDensity,
    }),
  );
}

/** What a file should hold, by how many pairs, frames and cells it says there are. */
function expectedIn(tensors: Readonly<Record<string, SafeTensor>>): ExpectedTensors {
  const extent = (name: string, axis = 0) => tensors[name]?.shape[axis] ?? 0;
  const [count, steps, densities, cells] = [
    extent("pairs"),
    extent("steps"),
    extent("density.steps"),
    extent("density.counts", 1),
  ];
  return {
    pairs: { dtype: "I64", shape: [count] },
    steps: { dtype: "I64", shape: [steps] },
    encoder: { dtype: "F32", shape: [steps, count] },
    decoder: { dtype: "F32", shape: [steps, count] },
    ...("density.steps" in tensors && {
      "density.steps": { dtype: "I64", shape: [densities] },
      "density.range": { dtype: "F32", shape: [densities, 4] },
      "density.counts": { dtype: "F32", shape: [densities, cells, cells] },
    }),
  };
}

/**
 * Reads the movie of a run. See {@linkcode createRun}.
 *
 * @param lastStep later frames are left out
 * @throws {UsageError} when the run has none
 * @throws {FailureError} when the file is damaged
 */
export async function readSnapshots(run: Run, lastStep = Infinity): Promise<Snapshots> {
  const path = run.file(file);
  const { tensors } = decodeSafetensors(await run.readBytes(file), path, fix);
  const misfit = tensorMisfit(tensors, expectedIn(tensors));
  if (misfit !== undefined) throw new FailureError(`${path} is damaged (${misfit}); ${fix}.`);
  const whole = (name: string) => Array.from(tensors[name].data as BigInt64Array, Number);
  const until = (name: string) => whole(name).filter((step) => step <= lastStep);
  const row = (name: string, frame: number) => {
    const { data, shape } = tensors[name];
    const width = data.length / shape[0];
    return (data as Float32Array).slice(frame * width, (frame + 1) * width);
  };
  const steps = until("steps");
  const densityFrame = (step: number, frame: number): DensityFrame => {
    const [left, right, bottom, top] = row("density.range", frame);
    return { step, range: [left, right, bottom, top], counts: Uint32Array.from(row("density.counts", frame)) };
  };
  return {
    pairs: whole("pairs"),
    steps,
    encoder: steps.map((_, frame) => row("encoder", frame)),
    decoder: steps.map((_, frame) => row("decoder", frame)),
    density: "density.steps" in tensors ? until("density.steps").map(densityFrame) : undefined,
  };
}

/**
 * The movie to go on with after a step. Where its file is gone, it begins there.
 *
 * @throws {FailureError} when the file is damaged
 */
export async function resumedSnapshots(run: Run, config: Config, step: number): Promise<Snapshots> {
  return step > 0 && await run.has(file) ? await readSnapshots(run, step) : emptySnapshots(config);
}
