/** Weights of a fixed sample of pairs at log-spaced steps: what the training movie shows. */
import type { Config } from "./config.ts";
import { randomStream } from "./random.ts";
import type { Run } from "./run_directory.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
import type { ChunkResult } from "./trainer.ts";

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
}

/** Pairs that are followed, and frames that a whole training gives at most. */
const followedPairs = 8192;
const frames = 120;

const file = "snapshots.safetensors";

/** The movie before the first frame, with its pairs drawn at random without repetition. */
export function emptySnapshots({ model: { features, hidden }, training: { seed } }: Config): Snapshots {
  const pairs = new Set<number>();
  const { integer } = randomStream(seed, "snapshots");
  const wanted = Math.min(followedPairs, features * hidden);
  while (pairs.size < wanted) pairs.add(integer(features * hidden));
  return { pairs: [...pairs].sort((a, b) => a - b), steps: [], encoder: [], decoder: [] };
}

/** The steps after which a frame is taken: 1, the last, and log-spaced ones between. */
export function snapshotSteps({ training: { steps } }: Config): Set<number> {
  return new Set(Array.from({ length: frames }, (_, place) => Math.round(steps ** (place / (frames - 1)))));
}

/** Adds the frames that fall into a chunk. */
export function withChunk(
  snapshots: Snapshots,
  { state, scalars, sampled }: ChunkResult,
  wanted: Set<number>,
): Snapshots {
  const count = scalars.objective.length;
  const places = Array.from({ length: count }, (_, place) => place)
    .filter((place) => wanted.has(state.step - count + 1 + place));
  const width = snapshots.pairs.length;
  const rows = (values: Float32Array) => places.map((place) => values.slice(place * width, (place + 1) * width));
  return {
    pairs: snapshots.pairs,
    steps: [...snapshots.steps, ...places.map((place) => state.step - count + 1 + place)],
    encoder: [...snapshots.encoder, ...rows(sampled.encoder)],
    decoder: [...snapshots.decoder, ...rows(sampled.decoder)],
  };
}

/** Writes `snapshots.safetensors`: `pairs` [n], `steps` [frames], `encoder` and `decoder` [frames, n]. */
export async function writeSnapshots(run: Run, { pairs, steps, encoder, decoder }: Snapshots): Promise<void> {
  const shape = [steps.length, pairs.length];
  const whole = (values: readonly number[]) => BigInt64Array.from(values, BigInt);
  const stacked = (rows: readonly Float32Array[]) => {
    const data = new Float32Array(shape[0] * shape[1]);
    rows.forEach((row, frame) => data.set(row, frame * shape[1]));
    return data;
  };
  await run.write(
    file,
    encodeSafetensors({
      pairs: { dtype: "I64", shape: [pairs.length], data: whole(pairs) },
      steps: { dtype: "I64", shape: [steps.length], data: whole(steps) },
      encoder: { dtype: "F32", shape, data: stacked(encoder) },
      decoder: { dtype: "F32", shape, data: stacked(decoder) },
    }),
  );
}

/**
 * Reads the movie of a run.
 *
 * @param lastStep later frames are left out
 * @throws {UsageError} when the run has none
 * @throws {FailureError} when the file is damaged
 */
export async function readSnapshots(run: Run, lastStep = Infinity): Promise<Snapshots> {
  const fix = "delete it; only the training movie is lost";
  const { tensors } = decodeSafetensors(await run.readBytes(file), run.file(file), fix);
  const whole = (name: string) => Array.from(tensors[name].data as BigInt64Array, Number);
  const pairs = whole("pairs");
  const steps = whole("steps").filter((step) => step <= lastStep);
  const rows = (name: string) =>
    steps.map((_, frame) =>
      (tensors[name].data as Float32Array).slice(frame * pairs.length, (frame + 1) * pairs.length)
    );
  return { pairs, steps, encoder: rows("encoder"), decoder: rows("decoder") };
}
