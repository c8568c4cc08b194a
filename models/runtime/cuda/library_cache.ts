/** Folders of verified libraries, one for each source. */
import { basename, join } from "node:path";
import { z } from "zod";
import { writeAtomically } from "../../disk/atomic_write.ts";
import { fileSha256 } from "./checksum.ts";
import { fetchWheel, type WheelSource } from "./fetch_wheel.ts";
import type { Wheel } from "./releases.ts";
import { type ExtractedFile, extractFromWheel } from "./wheel.ts";

const contentsSchema = z.record(z.string(), z.string());
const contentsFile = "contents.json";

/** The folder of a wheel's libraries, relative to the cache. */
export function wheelFolder({ project, version }: Wheel): string {
  return `${project}-${version}`;
}

/**
 * Lists the files of a folder with their hashes; from then on `isComplete` vouches for them.
 *
 * @throws {FailureError} if the disk is full
 */
export async function recordContents(directory: string, files: readonly ExtractedFile[]): Promise<void> {
  const contents = Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256]));
  await writeAtomically(join(directory, contentsFile), `${JSON.stringify(contents, null, 2)}\n`);
}

async function readContents(directory: string): Promise<Record<string, string>> {
  try {
    return contentsSchema.parse(JSON.parse(await Deno.readTextFile(join(directory, contentsFile))));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError || error instanceof z.ZodError) return {};
    throw error;
  }
}

/** Whether a folder holds the named files, each with the hash that was recorded when it was verified. */
export async function isComplete(directory: string, names: readonly string[]): Promise<boolean> {
  const contents = await readContents(directory);
  for (const name of names) {
    try {
      if (!(name in contents) || await fileSha256(join(directory, name)) !== contents[name]) return false;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  }
  return true;
}

/**
 * Makes sure that the cache holds the named files of a wheel; fetches the wheel only if it does not.
 *
 * @param cache the folder of the cache
 * @param wheel where the files are from
 * @param names file names without folders
 * @param source where the wheel is taken from
 * @throws {FailureError} if the wheel cannot be had, is damaged, or the disk is full
 */
export async function cacheWheel(
  cache: string,
  wheel: Wheel,
  names: readonly string[],
  source: WheelSource,
): Promise<void> {
  const directory = join(cache, wheelFolder(wheel));
  if (await isComplete(directory, names)) {
    source.report(`Verified ${basename(directory)}: ${names.join(", ")}`);
    return;
  }
  const path = await fetchWheel(wheel, source);
  source.report(`Unpacking ${names.join(", ")}`);
  await Deno.mkdir(directory, { recursive: true });
  await recordContents(directory, await extractFromWheel(path, names, directory));
  if (source.offline === undefined) await Deno.remove(path);
}
