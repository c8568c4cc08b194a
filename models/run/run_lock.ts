/** A lock on a run directory, so that no two trainings write one run. */
import { join } from "node:path";
import type { Disk } from "./files/atomic_write.ts";
import { UsageError } from "../errors.ts";
import { writeFailure } from "./files/write_failure.ts";

/** The file that is locked; it stays when the lock is gone, because removing it could let two processes in. */
const lockFile = "training.lock";

/**
 * Locks a run until what is returned is disposed of. The system releases the lock of a process that is killed.
 *
 * @param path the run directory
 * @throws {UsageError} while another training holds it
 * @throws {FailureError} when the disk refuses, or has no locks
 */
export async function lockRun(path: string, disk: Disk = Deno): Promise<Disposable> {
  const place = join(path, lockFile);
  let file: Deno.FsFile | undefined;
  let locked: boolean;
  try {
    file = await disk.open(place, { write: true, create: true });
    locked = await file.tryLock(true);
  } catch (error) {
    file?.close();
    throw writeFailure(place, error);
  }
  // Closing alone would not do: a process that is being started at that moment holds a copy of the file, and the lock with it.
  if (locked) return { [Symbol.dispose]: () => (file.unlockSync(), file.close()) };
  file.close();
  throw new UsageError(`${path} is being trained by another process; wait until it ends, or choose another name.`);
}
