/** A lock on a run directory, so that no two processes write one run. */
import { join } from "node:path";
import { type Disk, removePartials } from "../disk/atomic_write.ts";
import { removeBesideRun } from "../disk/beside_run.ts";
import { FailureError, UsageError } from "../errors.ts";
import { writeFailure } from "../disk/write_failure.ts";

/** The file that is locked; it stays when the lock is gone, because removing it could let two processes in. */
const lockFile = "training.lock";

/**
 * Locks a run until what is returned is disposed of, and removes what interrupted writes left in it and beside it: nobody
 * else is writing there now. The system releases the lock of a process that is killed.
 *
 * @param path the run directory
 * @throws {UsageError} while another training, analysis or drawing holds it
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
  if (!locked) {
    file.close();
    throw new UsageError(`${path} is being trained, measured or drawn by another process; wait until it ends.`, {
      kind: "run-in-use",
    });
  }
  // Closing alone would not do: a process that is being started at that moment holds a copy of the file, and the lock with it.
  const lock = { [Symbol.dispose]: () => (file.unlockSync(), file.close()) };
  try {
    await removeBesideRun(path, disk);
    await removePartials(path, disk);
    for await (const { name, isDirectory } of Deno.readDir(path)) {
      if (isDirectory) await removePartials(join(path, name), disk);
    }
  } catch (error) {
    lock[Symbol.dispose]();
    throw error instanceof FailureError ? error : writeFailure(path, error);
  }
  return lock;
}
