/** Files that are, at any moment, either what they were or what they will be. */
import { basename, dirname, join } from "node:path";
import { writeFailure } from "./write_failure.ts";

/** The part of `Deno` that writing needs; tests put a failing one in its place. */
export type Disk = Pick<typeof Deno, "mkdir" | "open" | "remove" | "rename">;

/** What a file is to hold. Several pieces are written one after the other, which saves joining large ones. */
export type Content = string | Uint8Array | readonly Uint8Array[];

/** Ends the name of a file that is still being written. */
export const partialSuffix = ".partial";

function pieces(content: Content): readonly Uint8Array[] {
  if (typeof content === "string") return [new TextEncoder().encode(content)];
  return content instanceof Uint8Array ? [content] : content;
}

/** A rename lasts through a power cut once its folder is written too. Windows has no such call, and needs none. */
export async function syncDirectory(path: string, disk: Disk = Deno): Promise<void> {
  if (Deno.build.os === "windows") return;
  using directory = await disk.open(path, { read: true });
  await directory.sync();
}

async function writePartial(path: string, content: Content, disk: Disk): Promise<void> {
  using file = await disk.open(path, { write: true, create: true, truncate: true });
  for (const piece of pieces(content)) {
    for (let written = 0; written < piece.length;) written += await file.write(piece.subarray(written));
  }
  await file.sync();
}

/**
 * Writes a file so that an interruption at any moment leaves either the old content or the new: a temporary file
 * beside it is written, flushed to the disk and renamed. The temporary file carries the number of the process: two
 * trainings at a time both write the page over all runs, and neither may rename what the other is writing.
 *
 * @param path the file; its folder must exist
 * @param content left unchanged by the caller until the promise settles
 * @throws {FailureError} when the disk is full or refuses
 */
export async function writeAtomically(path: string, content: Content, disk: Disk = Deno): Promise<void> {
  const folder = dirname(path);
  const partial = join(folder, `.${basename(path)}.${Deno.pid}${partialSuffix}`);
  try {
    await writePartial(partial, content, disk);
    await disk.rename(partial, path);
    await syncDirectory(folder, disk);
  } catch (error) {
    // The first error is the one to report; a temporary file that cannot be removed either is hidden.
    await disk.remove(partial).catch(() => undefined);
    throw writeFailure(path, error);
  }
}

/**
 * Removes what interrupted writes left in a folder, whichever process they were of.
 *
 * @param folder nobody may be writing there
 * @param untouchedFor least seconds since a file was written that is removed, where somebody may be writing; default 0
 * @throws {FailureError} when the disk refuses
 */
export async function removePartials(folder: string, disk: Disk = Deno, untouchedFor = 0): Promise<void> {
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.startsWith(".") || !name.endsWith(partialSuffix)) continue;
    const path = join(folder, name);
    try {
      if (untouchedFor === 0 || await secondsSince(path) >= untouchedFor) await disk.remove(path);
    } catch (error) {
      throw writeFailure(path, error);
    }
  }
}

/** How long ago a file was last written; not at all if it is gone. */
async function secondsSince(path: string): Promise<number> {
  const written = await Deno.stat(path).catch(() => undefined);
  return (Date.now() - (written?.mtime?.getTime() ?? Infinity)) / 1000;
}
