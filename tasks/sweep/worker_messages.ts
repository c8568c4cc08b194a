/** What a sweep and its worker processes tell each other: a line of JSON a message. */
import type { Work } from "../../analysis/study/study_work.ts";
import type { Kept } from "../../analysis/study/sweep/sweep.ts";
import type { Device } from "../../models/runtime/device.ts";

/** A point to train and measure. */
export interface Job extends Work {
  /** Of the run directory. */
  readonly path: string;
  readonly keep: Kept;
}

/** How a worker process computes. */
export interface WorkerSettings {
  readonly device: Device;
  /** Of each operation: the numbers depend on them in their last bits. */
  readonly threads: number;
}

/** What a worker is asked for: a point, or how long one would take. */
export type Request = { readonly run: Job } | { readonly probe: Work };

/** What a worker says while it has a point. */
export type Progress = {
  /** Steps done, of all. */
  readonly step: number;
  readonly steps: number;
} | {
  /** What is being measured. */
  readonly section: string;
};

/** How a request ended. */
export type Outcome =
  | { readonly done: true }
  /** Asked to; what is there is kept. */
  | { readonly stopped: true }
  | {
    readonly failed: string;
    /** Whether it would fail again. @default false */
    readonly final?: boolean;
    /** Whether another process has its run. @default false */
    readonly inUse?: boolean;
  }
  /** Seconds that the point will take. */
  | { readonly seconds: number };

/** A line of a worker. */
export type Reply = { readonly progress: Progress } | { readonly outcome: Outcome };
