/** A run on disk: `runs/<name>/`, the contract that training, analyses, figures and other people's tools rely on. */
import { basename, dirname, join, resolve } from "node:path";
import { parse, stringify } from "@std/yaml";
import { type Content, type Disk, syncDirectory, writeAtomically } from "./files/atomic_write.ts";
import { type Config, parseConfig } from "../experiment/config.ts";
import { FailureError, UsageError } from "../errors.ts";
import { formatMetrics, type MetricsRow, parseMetrics } from "./metrics.ts";
import { lockRun } from "./run_lock.ts";
import { decodeSafetensors, encodeSafetensors, type SafeTensor } from "./files/safetensors.ts";
import { transpose } from "./files/transpose.ts";
import { currentVersions, type Versions } from "./versions.ts";
import type { Weights } from "../network/weights.ts";
import { writeFailure } from "./files/write_failure.ts";

/** Names of the files of a run. */
export const runFiles = {
  config: "config.yaml",
  metrics: "metrics.jsonl",
  weights: "weights.safetensors",
  analysis: "analysis.json",
} as const;

/** A run directory that exists. Every write is atomic except `appendMetrics`, which a reader can tell when cut off. */
export class Run {
  /** Where the run is, as the user named it. */
  readonly path: string;
  /** What it is written with. */
  readonly disk: Disk;

  /** Use {@linkcode openRun} or {@linkcode createRun}. */
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
    return await kindOf(this.file(name)) !== undefined;
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

  /**
   * The experiment, complete and valid.
   *
   * @throws {UsageError} naming a key that is unknown, missing or out of range
   * @throws {FailureError} when the file is no YAML
   */
  async readConfig(): Promise<Config> {
    const { versions: _versions, ...config } = await this.#readConfigFile();
    return parseConfig(config, this.file(runFiles.config));
  }

  /** What the run was made with, as its `config.yaml` says. */
  async readVersions(): Promise<Partial<Versions>> {
    const { versions } = await this.#readConfigFile();
    return typeof versions === "object" && versions !== null ? versions : {};
  }

  async #readConfigFile(): Promise<Record<string, unknown>> {
    const path = this.file(runFiles.config);
    let value: unknown;
    try {
      value = parse(await this.readText(runFiles.config));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const [reason] = error.message.split("\n");
      throw new FailureError(`${path} is no YAML: ${reason.replace(/[:.]$/, "")}; correct it by hand.`);
    }
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
    throw new FailureError(`${path} holds no keys; write the experiment's keys into it by hand.`);
  }

  /**
   * Adds rows to the metrics. What an interruption left of an earlier append is removed first.
   *
   * @throws {FailureError} when the disk is full or refuses; the rows before are then as they were
   */
  async appendMetrics(rows: readonly MetricsRow[]): Promise<void> {
    const path = this.file(runFiles.metrics);
    try {
      using file = await this.disk.open(path, { read: true, write: true, create: true });
      const end = await endOfLastLine(file);
      await file.truncate(end);
      await file.seek(end, Deno.SeekMode.Start);
      const bytes = new TextEncoder().encode(formatMetrics(rows));
      try {
        for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
        await file.sync();
      } catch (error) {
        // A line that is cut off is not read as a row, so that this only tidies up.
        await file.truncate(end).catch(() => undefined);
        throw error;
      }
    } catch (error) {
      throw writeFailure(path, error);
    }
  }

  /**
   * The logged rows in order, none when nothing has been logged.
   *
   * @throws {FailureError} naming a line that is no row
   */
  async readMetrics(): Promise<MetricsRow[]> {
    if (!await this.has(runFiles.metrics)) return [];
    return parseMetrics(await this.readText(runFiles.metrics), this.file(runFiles.metrics));
  }

  /** Removes the rows after a step, which a resumed training will log again. */
  async truncateMetrics(lastStep: number): Promise<void> {
    const rows = await this.readMetrics();
    await this.write(runFiles.metrics, formatMetrics(rows.filter(({ step }) => step <= lastStep)));
  }

  /**
   * Writes the weights as `encoder.weight` [h, d] and `decoder.weight` [d, h]: the state of two bias-free
   * `torch.nn.Linear`.
   */
  async writeWeights(weights: Weights): Promise<void> {
    const { features, hidden, decoder } = weights;
    const encoder = transpose(weights.encoder, features, hidden);
    const pieces = encodeSafetensors(
      {
        "encoder.weight": { dtype: "F32", shape: [hidden, features], data: encoder },
        "decoder.weight": { dtype: "F32", shape: [features, hidden], data: decoder },
      },
      { format: "pt" },
    );
    await this.write(runFiles.weights, pieces);
  }

  /**
   * Reads the weights.
   *
   * @throws {UsageError} when the run has none yet
   * @throws {FailureError} when the file is damaged or does not hold the two matrices
   */
  async readWeights(): Promise<Weights> {
    const path = this.file(runFiles.weights);
    if (!await this.has(runFiles.weights)) {
      throw new UsageError(`${this.path} has no ${runFiles.weights} yet: train it to the end with --resume.`);
    }
    const fix = "delete it and write it again by training with --resume";
    const { tensors } = decodeSafetensors(await this.readBytes(runFiles.weights), path, fix);
    const encoder: SafeTensor | undefined = tensors["encoder.weight"];
    const decoder: SafeTensor | undefined = tensors["decoder.weight"];
    if (encoder?.dtype !== "F32" || decoder?.dtype !== "F32") {
      throw new FailureError(`${path} lacks a float32 encoder.weight or decoder.weight; ${fix}.`);
    }
    const [features, hidden] = decoder.shape;
    if (String(decoder.shape) !== `${features},${hidden}` || String(encoder.shape) !== `${hidden},${features}`) {
      throw new FailureError(
        `${path}: encoder.weight [${encoder.shape}] and decoder.weight [${decoder.shape}] are not each other's ` +
          `transposed shape; ${fix}.`,
      );
    }
    return { features, hidden, encoder: transpose(encoder.data, hidden, features), decoder: decoder.data };
  }

  /** Writes `analysis.json`. Typed arrays become arrays; NaN and infinities become null, as JSON has neither. */
  async writeAnalysis(analysis: Readonly<Record<string, unknown>>): Promise<void> {
    const plain = (_key: string, value: unknown) =>
      ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Float64Array) : value;
    await this.write(runFiles.analysis, `${JSON.stringify(analysis, plain, 2)}\n`);
  }

  /**
   * Reads `analysis.json`.
   *
   * @throws {UsageError} when the run has not been analysed
   * @throws {FailureError} when the file is no JSON
   */
  async readAnalysis(): Promise<unknown> {
    if (!await this.has(runFiles.analysis)) {
      throw new UsageError(`${this.path} has no ${runFiles.analysis} yet: analyse the run first.`);
    }
    try {
      return JSON.parse(await this.readText(runFiles.analysis));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new FailureError(`${this.file(runFiles.analysis)} is no JSON (${error.message}); analyse the run again.`);
    }
  }
}

async function kindOf(path: string): Promise<"directory" | "file" | undefined> {
  try {
    return (await Deno.stat(path)).isDirectory ? "directory" : "file";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
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

/** Where the last complete line ends, in bytes from the start of the file. */
async function endOfLastLine(file: Deno.FsFile): Promise<number> {
  const lineBreak = "\n".charCodeAt(0);
  const { size } = await file.stat();
  const block = new Uint8Array(4096);
  for (let end = size; end > 0;) {
    const from = Math.max(0, end - block.length);
    await file.seek(from, Deno.SeekMode.Start);
    const read = await file.read(block.subarray(0, end - from)) ?? 0;
    const found = block.subarray(0, read).lastIndexOf(lineBreak);
    if (found >= 0) return from + found + 1;
    end = from;
  }
  return 0;
}

/**
 * Opens a run that exists.
 *
 * @param disk what to write with
 * @throws {UsageError} when there is no run
 */
export async function openRun(path: string, disk: Disk = Deno): Promise<Run> {
  if (await kindOf(join(path, runFiles.config)) === "file") return new Run(path, disk);
  throw new UsageError(`There is no run at ${path}, as it has no ${runFiles.config}; train one there first.`);
}

/** What {@linkcode createRun} may be told. */
export interface CreateRunOptions {
  /** Whether a run that is there may be replaced, with all that it holds. Default false. */
  readonly overwrite?: boolean;
  /** What to write with. Default `Deno`. */
  readonly disk?: Disk;
}

async function isEmpty(folder: string): Promise<boolean> {
  for await (const _entry of Deno.readDir(folder)) return false;
  return true;
}

/** What is at the path and must make way, if anything; throws when it may not. */
async function inTheWay(path: string, overwrite: boolean): Promise<"empty folder" | "run" | undefined> {
  const kind = await kindOf(path);
  if (kind === undefined) return undefined;
  if (kind === "directory" && await isEmpty(path)) return "empty folder";
  if (kind === "file" || await kindOf(join(path, runFiles.config)) === undefined) {
    throw new UsageError(`${path} exists and is no run, so that it is not replaced; choose another name.`);
  }
  if (overwrite) return "run";
  throw new UsageError(
    `${path} exists: go on with it by --resume, choose another --name, or replace it by --overwrite.`,
  );
}

/**
 * Makes a run directory that holds the experiment's `config.yaml`. It is made beside its place and moved there when
 * complete; a run that it replaces is removed after that, so that an interruption leaves one of the two whole.
 *
 * @param path the directory; folders above it are made too
 * @param config written out in full, with the versions of Pinfield, Deno and ONNX Runtime
 * @throws {UsageError} when the path is taken: by a run without `overwrite`, by one that is being trained, or by
 * anything that is no run
 * @throws {FailureError} when the disk is full or refuses
 */
export async function createRun(path: string, config: Config, options: CreateRunOptions = {}): Promise<Run> {
  const { overwrite = false, disk = Deno } = options;
  const place = resolve(path);
  const folder = dirname(place);
  const fresh = join(folder, `.${basename(place)}.new`);
  const replaced = join(folder, `.${basename(place)}.replaced`);
  const old = await inTheWay(path, overwrite);
  // No training may begin or go on in a run that is about to be replaced.
  using _lock = old === "run" ? await lockRun(path, disk) : undefined;
  try {
    for (const leftOver of [fresh, replaced]) {
      if (await kindOf(leftOver)) await disk.remove(leftOver, { recursive: true });
    }
    await disk.mkdir(fresh, { recursive: true });
    const text = stringify({ ...config, versions: currentVersions() }, { skipInvalid: true, lineWidth: 120 });
    await writeAtomically(join(fresh, runFiles.config), text, disk);
    if (old) await disk.rename(place, replaced);
    try {
      await disk.rename(fresh, place);
    } catch (error) {
      if (old) await disk.rename(replaced, place);
      throw error;
    }
    await syncDirectory(folder, disk);
    if (old) await disk.remove(replaced, { recursive: true });
  } catch (error) {
    throw error instanceof FailureError ? error : writeFailure(path, error);
  }
  return new Run(path, disk);
}
