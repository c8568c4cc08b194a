/** Points of descents, kept in the run's folder: what takes hours goes on where it was interrupted. */
import type { Config } from "../../models/experiment/config.ts";
import { decodeSafetensors, encodeSafetensors, type SafeTensor } from "../../models/run/safetensors/safetensors.ts";
import type { RunFolder } from "../../models/run/run_folder.ts";
import { matrices, type WeightVector } from "../derivatives/weight_vector.ts";

/** A point of a descent. */
export interface Waypoint {
  /** The objective at the start. */
  readonly before: number;
  /** Where it is. */
  readonly weights: WeightVector;
  /** Steps that led here. */
  readonly steps: number;
  /** Slopes that they took. */
  readonly slopes: number;
}

/** Reads and writes points by name. */
export interface Waypoints {
  /** The point of this name on the way from a start; undefined if there is none, or one that came from elsewhere. */
  read(name: string, start: WeightVector): Promise<Waypoint | undefined>;
  /** Keeps a point on the way from a start under a name, in place of the one before. */
  write(name: string, start: WeightVector, point: Waypoint): Promise<void>;
}

/** Keeps points as long as the process lives. See {@linkcode analyseLandscape}. */
export function waypointsInMemory(): Waypoints {
  const kept = new Map<string, Waypoint>();
  return {
    read: (name) => Promise.resolve(kept.get(name)),
    write: (name, _, point) => Promise.resolve(void kept.set(name, point)),
  };
}

/** Keeps points in `minima/` of a run, whole or not at all. See {@linkcode analyseLandscape}. */
export function waypointsIn(folder: RunFolder, { model, task, loss }: Config): Waypoints {
  const { features, hidden } = model;
  const fileOf = (name: string) => `minima/${name}.safetensors`;
  const originOf = (start: WeightVector) => digest(JSON.stringify([model, task, loss]), start);
  return {
    async read(name, start) {
      const file = fileOf(name);
      if (!await folder.has(file)) return undefined;
      const fix = "delete it, and the descent begins anew";
      const { tensors, metadata } = decodeSafetensors(await folder.readBytes(file), folder.file(file), fix);
      if (metadata.origin !== await originOf(start)) return undefined;
      const [encoder, decoder] = matrices.map((matrix) => tensors[matrix].data as Float32Array);
      const [before, steps, slopes] = JSON.parse(metadata.descent) as number[];
      return { before, weights: { encoder, decoder }, steps, slopes };
    },
    async write(name, start, { before, weights, steps, slopes }) {
      const tensors = matrices.map((matrix): [string, SafeTensor] => [
        matrix,
        { dtype: "F32", shape: [features, hidden], data: weights[matrix] },
      ]);
      const metadata = {
        origin: await originOf(start),
        descent: JSON.stringify([before, steps, slopes]),
      };
      await folder.write(fileOf(name), encodeSafetensors(Object.fromEntries(tensors), metadata));
    },
  };
}

/** Tells one start of one objective from any other. */
async function digest(experiment: string, { encoder, decoder }: WeightVector): Promise<string> {
  const text = new TextEncoder().encode(experiment);
  const bytes = new Uint8Array(text.length + encoder.byteLength + decoder.byteLength);
  bytes.set(text);
  bytes.set(bytesOf(encoder), text.length);
  bytes.set(bytesOf(decoder), text.length + encoder.byteLength);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
