/** A disk that fails on command, to interrupt writes at each of their steps. */
import type { Disk } from "../../../models/disk/atomic_write.ts";

/** `once`: the disk is full for one step and works again; `crash`: nothing reaches the disk from that step on. */
export const faults = ["once", "crash"] as const;

/** A way to fail. */
export type Fault = (typeof faults)[number];

/** A disk that counts its steps. */
export interface FaultyDisk extends Disk {
  /** The steps so far, in order: `open`, `write`, `sync`, `rename` … */
  readonly log: readonly string[];
  /** Whether the step that should fail was reached. */
  failed(): boolean;
}

/**
 * @param failing number of the step that fails, from 1
 * @returns a disk that works up to there; the failing write still writes half of its bytes
 */
export function faultyDisk(failing: number, fault: Fault): FaultyDisk {
  const log: string[] = [];
  function step(name: string): void {
    log.push(name);
    const fails = fault === "once" ? log.length === failing : log.length >= failing;
    if (fails) throw Object.assign(new Error("No space left on device (os error 28)"), { code: "ENOSPC" });
  }
  async function stepThen<T>(name: string, act: () => Promise<T>): Promise<T> {
    step(name);
    return await act();
  }
  async function write(file: Deno.FsFile, bytes: Uint8Array): Promise<number> {
    if (log.length + 1 === failing) await file.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
    step("write");
    return await file.write(bytes);
  }
  function faultyFile(file: Deno.FsFile): Deno.FsFile {
    return new Proxy(file, {
      get(_file, name) {
        if (name === "write") return (bytes: Uint8Array) => write(file, bytes);
        if (name === "sync") return () => stepThen("sync", () => file.sync());
        if (name === "truncate") return (length?: number) => stepThen("truncate", () => file.truncate(length));
        const value = Reflect.get(file, name, file);
        return typeof value === "function" ? value.bind(file) : value;
      },
    });
  }
  return {
    log,
    open: async (path, options) => faultyFile(await stepThen("open", () => Deno.open(path, options))),
    mkdir: (path, options) => stepThen("mkdir", () => Deno.mkdir(path, options)),
    remove: (path, options) => stepThen("remove", () => Deno.remove(path, options)),
    rename: (from, to) => stepThen("rename", () => Deno.rename(from, to)),
    failed: () => log.length >= failing,
  };
}

/**
 * Interrupts an action at its first step, then at its second, and so on until it needs no more steps.
 *
 * @param prepare sets the scene anew and gives what the action works on
 * @param act the action; may reject
 * @param check looks at what is left; told what the action rejected with, `undefined` when it went through
 * @returns how many steps were interrupted
 */
export async function atEveryStep<Scene>(
  fault: Fault,
  prepare: () => Promise<Scene>,
  act: (scene: Scene, disk: Disk) => Promise<unknown>,
  check: (scene: Scene, error: unknown) => Promise<void>,
): Promise<number> {
  for (let failing = 1;; failing++) {
    const scene = await prepare();
    const disk = faultyDisk(failing, fault);
    let error: unknown;
    try {
      await act(scene, disk);
    } catch (thrown) {
      error = thrown;
    }
    await check(scene, error);
    if (!disk.failed()) return failing - 1;
  }
}
