/** What a shared library says about itself. Layout: System V ABI, chapters 4 and 5, 64-bit little-endian. */
import { FailureError } from "../../errors.ts";

const loadSegment = 1;
const dynamicSegment = 2;
const neededTag = 1n;
const stringTableTag = 5n;

interface Segment {
  readonly type: number;
  readonly offset: bigint;
  readonly address: bigint;
  readonly size: bigint;
}

function read(file: Deno.FsFile, offset: bigint, length: number): DataView {
  file.seekSync(offset, Deno.SeekMode.Start);
  const bytes = new Uint8Array(length);
  for (let filled = 0; filled < length;) {
    const count = file.readSync(bytes.subarray(filled));
    if (count === null) throw new RangeError("the file ends early");
    filled += count;
  }
  return new DataView(bytes.buffer);
}

function readSegments(file: Deno.FsFile): Segment[] {
  const header = read(file, 0n, 64);
  if (header.getUint32(0) !== 0x7f454c46 || header.getUint16(4) !== 0x0201) {
    throw new RangeError("it is not a 64-bit little-endian ELF file");
  }
  const start = header.getBigUint64(32, true);
  const entrySize = header.getUint16(54, true);
  return Array.from({ length: header.getUint16(56, true) }, (_, index) => {
    const entry = read(file, start + BigInt(index * entrySize), 56);
    return {
      type: entry.getUint32(0, true),
      offset: entry.getBigUint64(8, true),
      address: entry.getBigUint64(16, true),
      size: entry.getBigUint64(32, true),
    };
  });
}

function readString(file: Deno.FsFile, offset: bigint): string {
  let text = "";
  for (let position = offset;; position++) {
    const character = read(file, position, 1).getUint8(0);
    if (character === 0) return text;
    text += String.fromCharCode(character);
  }
}

function neededBy(file: Deno.FsFile): string[] {
  const segments = readSegments(file);
  const dynamic = segments.find(({ type }) => type === dynamicSegment);
  if (dynamic === undefined) return [];
  const table = read(file, dynamic.offset, Number(dynamic.size));
  const entries = Array.from({ length: table.byteLength / 16 }, (_, index) => ({
    tag: table.getBigInt64(index * 16, true),
    value: table.getBigUint64(index * 16 + 8, true),
  }));
  const strings = entries.find(({ tag }) => tag === stringTableTag);
  if (strings === undefined) return [];
  const holder = segments.find(({ type, address, size }) =>
    type === loadSegment && address <= strings.value && strings.value < address + size
  );
  if (holder === undefined) throw new RangeError("its string table is in no segment");
  const base = holder.offset + strings.value - holder.address;
  return entries.filter(({ tag }) => tag === neededTag).map(({ value }) => readString(file, base + value));
}

/**
 * The names of the shared libraries that a shared library is linked with (its DT_NEEDED entries), in their order.
 *
 * @param path an ELF file
 * @throws {FailureError} if the file is not one, or is cut short
 */
export function neededLibraries(path: string): string[] {
  using file = Deno.openSync(path);
  try {
    return neededBy(file);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new FailureError(`${path} is no usable shared library: ${cause.message}.`, { cause });
  }
}
