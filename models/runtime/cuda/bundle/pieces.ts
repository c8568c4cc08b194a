/** A long stream of bytes as numbered files of a limited size. */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { FailureError } from "../../../errors.ts";
import { writeFailure } from "../../../disk/write_failure.ts";

/** One of the files. */
export interface Piece {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

async function* cut(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array, void> {
  let room = size;
  for await (let chunk of chunks) {
    while (chunk.length > room) {
      yield chunk.subarray(0, room);
      chunk = chunk.subarray(room);
      room = size;
    }
    yield chunk;
    room -= chunk.length;
  }
}

/**
 * Writes a stream into `<base>.000`, `<base>.001`, …, each as long as allowed but the last. On failure all of them are
 * removed.
 *
 * @param chunks the stream
 * @param base the path that the numbers are added to
 * @param size the limit of one file, in bytes
 * @returns the files, in order
 * @throws {FailureError} if the disk is full
 */
export async function writePieces(chunks: AsyncIterable<Uint8Array>, base: string, size: number): Promise<Piece[]> {
  const pieces: Piece[] = [];
  let open: { file: Deno.FsFile; path: string; hash: ReturnType<typeof createHash>; size: number } | undefined;
  const close = () => {
    if (open === undefined) return;
    open.file.close();
    pieces.push({ path: open.path, size: open.size, sha256: open.hash.digest("hex") });
    open = undefined;
  };
  try {
    for await (const chunk of cut(chunks, size)) {
      if (open === undefined || open.size === size) {
        close();
        const path = `${base}.${String(pieces.length).padStart(3, "0")}`;
        open = {
          file: await Deno.open(path, { write: true, createNew: true }),
          path,
          hash: createHash("sha256"),
          size: 0,
        };
      }
      open.hash.update(chunk);
      for (let written = 0; written < chunk.length;) written += await open.file.write(chunk.subarray(written));
      open.size += chunk.length;
    }
    close();
    return pieces;
  } catch (error) {
    close();
    for (const { path } of pieces) await Deno.remove(path);
    throw error instanceof FailureError ? error : writeFailure(base, error);
  }
}

/** The pieces as `sha256sum --check` reads them. */
export function checksumLines(pieces: readonly Piece[]): string {
  return pieces.map(({ path, sha256 }) => `${sha256}  ${basename(path)}\n`).join("");
}
