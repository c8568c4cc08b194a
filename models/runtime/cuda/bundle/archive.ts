/** A folder as a compressed tar archive in pieces. */
import { Readable } from "node:stream";
import { constants, createGzip, createZstdCompress } from "node:zlib";
import { FailureError } from "../../../errors.ts";
import { type Piece, writePieces } from "./pieces.ts";

/** How an archive is compressed: gzip unpacks anywhere, zstd is about a tenth smaller and quicker. */
export const compressions = {
  gzip: { suffix: "tar.gz", unpack: "--gzip", compressor: () => createGzip({ level: 6 }) },
  zstd: {
    suffix: "tar.zst",
    unpack: "--zstd",
    compressor: () => createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 12 } }),
  },
} as const;

/** A name of `compressions`. */
export type Compression = keyof typeof compressions;

/** Options of `archive`. */
export interface ArchiveOptions {
  /** The folder that holds what is packed. */
  readonly directory: string;
  /** The entry of the folder to pack. */
  readonly name: string;
  /** Where the pieces go; they are called `<output>/<name>.tar.gz.000` and so on. */
  readonly output: string;
  readonly compression: Compression;
  /** The most bytes of a piece. */
  readonly pieceSize: number;
}

/**
 * Packs a folder.
 *
 * @returns the pieces, in order
 * @throws {FailureError} if tar fails or the disk is full
 */
export async function archive(
  { directory, name, output, compression, pieceSize }: ArchiveOptions,
): Promise<Piece[]> {
  const { suffix, compressor } = compressions[compression];
  const tar = new Deno.Command("tar", {
    args: ["--create", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--directory", directory, name],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const compressed = Readable.from(tar.stdout).pipe(compressor());
  const pieces = await writePieces(compressed, `${output}/${name}.${suffix}`, pieceSize);
  const { success } = await tar.status;
  if (success) return pieces;
  for (const { path } of pieces) await Deno.remove(path);
  throw new FailureError("tar could not pack the bundle, for the reason above.");
}
