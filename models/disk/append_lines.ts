import type { Disk } from "./atomic_write.ts";
import { writeFailure } from "./write_failure.ts";

/**
 * Adds lines to a file, which it makes where there is none. What an interruption left of an earlier line is removed first:
 * a reader can tell it by the line break that it lacks.
 *
 * @param lines each with its line break
 * @throws {FailureError} when the disk is full or refuses; the lines before are then as they were
 */
export async function appendLines(path: string, lines: string, disk: Disk = Deno): Promise<void> {
  try {
    using file = await disk.open(path, { read: true, write: true, create: true });
    const end = await endOfLastLine(file);
    await file.truncate(end);
    await file.seek(end, Deno.SeekMode.Start);
    const bytes = new TextEncoder().encode(lines);
    try {
      for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
      await file.sync();
    } catch (error) {
      // A line that is cut off counts for no reader, so that this only tidies up.
      await file.truncate(end).catch(() => undefined);
      throw error;
    }
  } catch (error) {
    throw writeFailure(path, error);
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
