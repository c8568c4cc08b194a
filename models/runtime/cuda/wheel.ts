/** Shared libraries out of a Python wheel, which is a zip file with a list of its members' hashes (PEP 427). */
import { configure, type FileEntry, Reader, ZipReader } from "@zip.js/zip.js";
import { Buffer } from "node:buffer";
import { createHash, type Hash } from "node:crypto";
import { basename, join } from "node:path";
import { type Disk, partialSuffix } from "../../disk/atomic_write.ts";
import { FailureError } from "../../errors.ts";
import { writeFailure } from "../../disk/write_failure.ts";

// The members are inflated one by one by the host's own code; workers would add nothing.
configure({ useWebWorkers: false });

/** A file that came out of a wheel. */
export interface ExtractedFile {
  readonly name: string;
  /** In hexadecimal. */
  readonly sha256: string;
}

class FileReader extends Reader<Deno.FsFile> {
  #file: Deno.FsFile;

  constructor(file: Deno.FsFile) {
    super(file);
    this.#file = file;
    this.size = file.statSync().size;
  }

  override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    await this.#file.seek(offset, Deno.SeekMode.Start);
    const bytes = new Uint8Array(length);
    let filled = 0;
    for (let count: number | null = 0; count !== null && filled < length; filled += count ?? 0) {
      count = await this.#file.read(bytes.subarray(filled));
    }
    return bytes.subarray(0, filled);
  }
}

/** Reads a file's hash from the wheel's RECORD, whose lines are `path,sha256=<base64url>,size`. */
function recordedHash(record: string, path: string): string | undefined {
  const line = record.split("\n").find((candidate) => candidate.startsWith(`${path},sha256=`));
  return line?.slice(path.length + ",sha256=".length).split(",")[0];
}

/** The content of a member as it is inflated. */
async function* inflate(wheel: string, entry: FileEntry): AsyncGenerator<Uint8Array, void> {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  // A failure also ends `readable`, which passes it on below.
  entry.getData(writable).catch(() => undefined);
  try {
    yield* readable;
  } catch (cause) {
    throw new FailureError(`${wheel} is damaged at ${entry.filename}; fetch the file again.`, { cause });
  }
}

async function readText(wheel: string, entry: FileEntry): Promise<string> {
  return Buffer.concat(await Array.fromAsync(inflate(wheel, entry))).toString();
}

async function writeContent(content: AsyncIterable<Uint8Array>, path: string, hash: Hash, disk: Disk): Promise<void> {
  using file = await disk.open(path, { write: true, create: true, truncate: true });
  for await (const chunk of content) {
    hash.update(chunk);
    for (let written = 0; written < chunk.length;) written += await file.write(chunk.subarray(written));
  }
  await file.sync();
}

async function extractEntry(
  wheel: string,
  entry: FileEntry,
  recorded: string | undefined,
  directory: string,
  disk: Disk,
): Promise<ExtractedFile> {
  const name = basename(entry.filename);
  const path = join(directory, name);
  const partial = `${path}${partialSuffix}`;
  const hash = createHash("sha256");
  try {
    await writeContent(inflate(wheel, entry), partial, hash, disk);
    const digest = hash.digest();
    if (digest.toString("base64url") !== recorded) {
      throw new FailureError(
        `${wheel} is damaged: the hash of ${entry.filename} is not the one in its RECORD; fetch the file again.`,
      );
    }
    await disk.rename(partial, path);
    return { name, sha256: digest.toString("hex") };
  } catch (error) {
    // The first error is the one to report; a partial file that cannot be removed either is overwritten later.
    await disk.remove(partial).catch(() => undefined);
    throw error instanceof FailureError ? error : writeFailure(path, error);
  }
}

async function readEntries(wheel: string, reader: ZipReader<Deno.FsFile>): Promise<FileEntry[]> {
  try {
    return (await reader.getEntries()).filter((entry) => !entry.directory);
  } catch (cause) {
    throw new FailureError(`${wheel} is no complete wheel; fetch the file again.`, { cause });
  }
}

/**
 * Takes the named files out of a wheel, whatever folder of it they are in, and checks each against the wheel's RECORD.
 * A file appears under its name only when it is complete and right.
 *
 * @param wheel path of the wheel
 * @param names file names without folders
 * @param directory where they go; it must exist
 * @param disk where tests put a failing one
 * @throws {FailureError} if the wheel is damaged, has no such file, or the disk is full
 */
export async function extractFromWheel(
  wheel: string,
  names: readonly string[],
  directory: string,
  disk: Disk = Deno,
): Promise<ExtractedFile[]> {
  using file = await Deno.open(wheel);
  const entries = await readEntries(wheel, new ZipReader(new FileReader(file)));
  const record = entries.find(({ filename }) => /^[^/]+\.dist-info\/RECORD$/.test(filename));
  if (record === undefined) throw new FailureError(`${wheel} is no wheel: it has no RECORD; fetch the file again.`);
  const hashes = await readText(wheel, record);
  const extracted: ExtractedFile[] = [];
  for (const name of names) {
    const entry = entries.find(({ filename }) => basename(filename) === name);
    if (entry === undefined) throw new FailureError(`${wheel} holds no ${name}.`);
    extracted.push(await extractEntry(wheel, entry, recordedHash(hashes, entry.filename), directory, disk));
  }
  return extracted;
}
