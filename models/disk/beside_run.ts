/** The folders beside a run in which it is made, and in which the one that it replaces waits for its end. */
import { basename, dirname, join, resolve } from "node:path";
import type { Disk } from "./atomic_write.ts";
import { pathKind } from "./path_kind.ts";

/** Where a run is made, and where the one that it replaces is put. */
export function besideRun(path: string): { readonly fresh: string; readonly replaced: string } {
  const place = resolve(path);
  const beside = (ending: string) => join(dirname(place), `.${basename(place)}.${ending}`);
  return { fresh: beside("new"), replaced: beside("replaced") };
}

/**
 * Removes what the interrupted making of a run left beside it.
 *
 * @param path the run; nobody may be making it
 */
export async function removeBesideRun(path: string, disk: Disk): Promise<void> {
  for (const leftOver of Object.values(besideRun(path))) {
    if (await pathKind(leftOver)) await disk.remove(leftOver, { recursive: true });
  }
}
