/** The folder of a run: files that are read with a sentence where one is missing, and written whole or not at all. */
import { dirname, join } from "node:path";
import { UsageError } from "../errors.ts";
import { type Content, type Disk, writeAtomically } from "../disk/atomic_write.ts";
import { pathKind } from "../disk/path_kind.ts";
import { writeFailure } from "../disk/write_failure.ts";

/** Names of the files of a run. See {@linkcode createRun}. */
export const runFiles = {
  config: "config.yaml",
  metrics: "metrics.jsonl",
  weights: "weights.safetensors",
  denoiser: "denoiser.onnx",
  analysis: "analysis.json",
} as const;

/** Files below one path. See {@linkcode createRun}. */
export class RunFolder {
  /** Where the run is, as the user named it. */
  readonly path: string;
  /** What it is written with. */
  readonly disk: Disk;

  /** Names a folder; nothing is read or written. */
  constructor(path: string, disk: Disk) {
    this.path = path;
    this.disk = disk;
  }

  /** The path of a file in the run. */
  file(name: string): string {
    return join(this.path, name);
  }

  /** Whether the run has a file. */
  async has(name: string): Promise<boolean> {
    return await pathKind(this.file(name)) !== undefined;
  }

  /**
   * Writes a file of the run, and the folder it is in.
   *
   * @param name relative to the run, such as `figures/headline.svg`
   * @throws {FailureError} when the disk is full or refuses
   */
  async write(name: string, content: Content): Promise<void> {
    const path = this.file(name);
    try {
      await this.disk.mkdir(dirname(path), { recursive: true });
    } catch (error) {
      throw writeFailure(path, error);
    }
    await writeAtomically(path, content, this.disk);
  }

  /**
   * Reads a file of the run.
   *
   * @throws {UsageError} when the run does not have it
   */
  async readBytes(name: string): Promise<Uint8Array<ArrayBuffer>> {
    return await reading(this.file(name), (path) => Deno.readFile(path));
  }

  /**
   * Reads a text of the run.
   *
   * @throws {UsageError} when the run does not have it
   */
  async readText(name: string): Promise<string> {
    return await reading(this.file(name), (path) => Deno.readTextFile(path));
  }
}

async function reading<T>(path: string, read: (path: string) => Promise<T>): Promise<T> {
  try {
    return await read(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new UsageError(`There is no ${path}; check the name of the run.`);
    throw error;
  }
}
