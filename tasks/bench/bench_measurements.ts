/** Measurements on disk, so that an interrupted bench goes on where it was and never measures the same twice. */
import { join } from "node:path";
import { writeAtomically } from "../../models/disk/atomic_write.ts";

/** Measures, or remembers. */
export type Remember = <T>(kind: string, what: unknown, measure: () => Promise<T>) => Promise<T>;

/**
 * Opens a folder of measurements.
 *
 * @param circumstances what all of them depend on besides what they are asked: the machine and its versions
 * @param again measures anew what the folder has from an earlier bench, each once
 */
export function openMeasurements(folder: string, circumstances: unknown, again: boolean): Remember {
  const fresh = new Set<string>();
  return async (kind, what, measure) => {
    const text = new TextEncoder().encode(JSON.stringify([circumstances, kind, what]));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text)).toHex().slice(0, 16);
    const path = join(folder, `${kind}-${digest}.json`);
    if (!again || fresh.has(path)) {
      try {
        return JSON.parse(await Deno.readTextFile(path)).result;
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    }
    const result = await measure();
    await Deno.mkdir(folder, { recursive: true });
    await writeAtomically(path, JSON.stringify({ what, result }, undefined, 2) + "\n");
    fresh.add(path);
    return result;
  };
}
