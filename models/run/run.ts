/** A run on disk: `runs/<name>/`, the contract that training, analyses, figures and other people's tools rely on. */
import { join } from "node:path";
import { FailureError, UsageError } from "../errors.ts";
import type { Config } from "../experiment/config.ts";
import type { Weights } from "../network/network_weights.ts";
import { appendLines } from "../disk/append_lines.ts";
import type { Disk } from "../disk/atomic_write.ts";
import { pathKind } from "../disk/path_kind.ts";
import { formatMetrics, type MetricsRow, parseMetrics } from "./metrics.ts";
import { readConfig, readVersions } from "./run_config.ts";
import { runFiles, RunFolder } from "./run_folder.ts";
import { encodeWeights, readWeights } from "./run_weights.ts";
import type { Versions } from "./versions.ts";

/**
 * A run directory that exists: use {@linkcode openRun} or {@linkcode createRun}. Every write is atomic except
 * `appendMetrics`, which a reader can tell when cut off.
 */
export class Run extends RunFolder {
  /**
   * The experiment, complete and valid. Its name is the directory's.
   *
   * @throws {UsageError} naming a key that is unknown, missing or out of range
   * @throws {FailureError} when the file is no YAML
   */
  async readConfig(): Promise<Config> {
    return await readConfig(this);
  }

  /** What the run was made with, as its `config.yaml` says. */
  async readVersions(): Promise<Partial<Versions>> {
    return await readVersions(this);
  }

  /**
   * Adds rows to the metrics. What an interruption left of an earlier append is removed first.
   *
   * @throws {FailureError} when the disk is full or refuses; the rows before are then as they were
   */
  async appendMetrics(rows: readonly MetricsRow[]): Promise<void> {
    await appendLines(this.file(runFiles.metrics), formatMetrics(rows), this.disk);
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
    await this.write(runFiles.weights, encodeWeights(weights));
  }

  /**
   * Reads the weights.
   *
   * @throws {UsageError} when the run has none yet
   * @throws {FailureError} when the file is damaged or does not hold the two matrices
   */
  async readWeights(): Promise<Weights> {
    return await readWeights(this);
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
      // The message quotes the text, line breaks included.
      const reason = error.message.replaceAll(/\s+/g, " ");
      throw new FailureError(`${this.file(runFiles.analysis)} is no JSON (${reason}); analyse the run again.`);
    }
  }
}

/**
 * Opens a run that exists. See {@linkcode createRun}.
 *
 * @param disk what to write with
 * @throws {UsageError} when there is no run
 */
export async function openRun(path: string, disk: Disk = Deno): Promise<Run> {
  if (await pathKind(join(path, runFiles.config)) === "file") return new Run(path, disk);
  throw new UsageError(`There is no run at ${path}, as it has no ${runFiles.config}; train one there first.`);
}
