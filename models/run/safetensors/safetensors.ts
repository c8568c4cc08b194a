/**
 * The safetensors format: 8 bytes with the length of a JSON header (little endian), the header with the type, shape
 * and place of every tensor, then their numbers. https://huggingface.co/docs/safetensors
 *
 * Numbers are little endian in the format and taken as they lie in memory here; every machine that Deno runs on is.
 */
import { crc32 } from "node:zlib";
import { z } from "zod";
import { FailureError } from "../../errors.ts";

/** A named array of numbers in row-major order; `data` has as many entries as the shape says. */
export type SafeTensor =
  | { readonly dtype: "F32"; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly dtype: "F64"; readonly shape: readonly number[]; readonly data: Float64Array }
  | { readonly dtype: "I64"; readonly shape: readonly number[]; readonly data: BigInt64Array };

/** What a file holds. */
export interface SafeTensors {
  readonly tensors: Record<string, SafeTensor>;
  readonly metadata: Record<string, string>;
}

/** A named array as it lies in a file, of any type that the format has. */
export interface StoredTensor {
  readonly dtype: keyof typeof elementBytes;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** What a file holds, whatever the types. */
export interface StoredTensors {
  readonly tensors: Record<string, StoredTensor>;
  readonly metadata: Record<string, string>;
}

const lengthBytes = 8;
const elementBytes = {
  ...{ BOOL: 1, U8: 1, I8: 1, F8_E5M2: 1, F8_E4M3: 1 },
  ...{ U16: 2, I16: 2, F16: 2, BF16: 2 },
  ...{ U32: 4, I32: 4, F32: 4 },
  ...{ U64: 8, I64: 8, F64: 8 },
} as const;
/** Where our checksum of all numbers stands in the metadata. The format has none of its own. */
const checksumKey = "crc32";

const offset = z.int().nonnegative();
const entrySchema = z.object({
  dtype: z.enum(Object.keys(elementBytes) as (keyof typeof elementBytes)[]),
  shape: z.array(offset),
  data_offsets: z.tuple([offset, offset]),
});
const headerSchema = z.object({ __metadata__: z.record(z.string(), z.string()).default({}) }).catchall(entrySchema);

function elements(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function bytesOf({ data }: SafeTensor): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** Names that the format, our checksum and JavaScript have taken. */
const takenNames: readonly string[] = ["__metadata__", checksumKey, "__proto__"];

/** Wide numbers first, so that every tensor starts at a multiple of its element's size; then by name. */
function inFileOrder([firstName, first]: [string, SafeTensor], [secondName, second]: [string, SafeTensor]): number {
  return elementBytes[second.dtype] - elementBytes[first.dtype] || (firstName < secondName ? -1 : 1);
}

/**
 * Lays tensors out as a safetensors file, with a checksum in the metadata.
 *
 * @param metadata free texts kept in the header
 * @returns the file in pieces, in order. All but the first are views of the tensors: nothing large is copied, and the
 * tensors must not change until the pieces are written.
 * @throws {RangeError} when a tensor has more or fewer numbers than its shape says, or a name is taken
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
 * const pieces = encodeSafetensors({ weight: { dtype: "F32", shape: [1, 2], data: Float32Array.of(3, 4) } });
 * const bytes = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
 * assertEquals(decodeSafetensors(bytes, "example").tensors.weight.data, Float32Array.of(3, 4));
 * ```
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, SafeTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array[] {
  const taken = [...Object.keys(tensors), ...Object.keys(metadata)].find((name) => takenNames.includes(name));
  if (taken !== undefined) throw new RangeError(`Nothing in a safetensors file of ours may be named ${taken}.`);
  const ordered = Object.entries(tensors).sort(inFileOrder);
  const entries: Record<string, z.infer<typeof entrySchema>> = {};
  let end = 0;
  let checksum = 0;
  for (const [name, tensor] of ordered) {
    if (tensor.data.length !== elements(tensor.shape)) {
      throw new RangeError(`Tensor ${name} has ${tensor.data.length} numbers but the shape [${tensor.shape}].`);
    }
    entries[name] = {
      dtype: tensor.dtype,
      shape: [...tensor.shape],
      data_offsets: [end, end + tensor.data.byteLength],
    };
    end += tensor.data.byteLength;
    checksum = crc32(bytesOf(tensor), checksum);
  }
  const header = JSON.stringify({ __metadata__: { ...metadata, [checksumKey]: String(checksum) }, ...entries });
  const json = new TextEncoder().encode(header);
  // Spaces after the header let the numbers begin at a multiple of 8, so that they can be viewed in place.
  const jsonLength = Math.ceil(json.length / 8) * 8;
  const head = new Uint8Array(lengthBytes + jsonLength).fill(" ".charCodeAt(0));
  new DataView(head.buffer).setBigUint64(0, BigInt(jsonLength), true);
  head.set(json, lengthBytes);
  return [head, ...ordered.map(([, tensor]) => bytesOf(tensor))];
}

type Entry = readonly [name: string, { readonly data_offsets: readonly [from: number, to: number] }];

/** As they lie in the file; an array without numbers comes before the one that begins where it is. */
function byPlace([, { data_offsets: first }]: Entry, [, { data_offsets: second }]: Entry): number {
  return first[0] - second[0] || first[1] - second[1];
}

function readTensor({ dtype, shape, bytes }: StoredTensor): SafeTensor | undefined {
  // Numbers must lie at a multiple of their size to be viewed in place; files by other programs may not do so.
  const { buffer, byteOffset } = bytes.byteOffset % elementBytes[dtype] === 0 ? bytes : bytes.slice();
  const length = elements(shape);
  switch (dtype) {
    case "F32":
      return { dtype, shape, data: new Float32Array(buffer, byteOffset, length) };
    case "F64":
      return { dtype, shape, data: new Float64Array(buffer, byteOffset, length) };
    case "I64":
      return { dtype, shape, data: new BigInt64Array(buffer, byteOffset, length) };
    default:
      return undefined;
  }
}

/**
 * Reads a safetensors file of ours. The tensors are views of the bytes where alignment allows.
 *
 * @param bytes the whole file
 * @param source the file's name, for error messages
 * @param fix what to do about a damaged file, the end of the error's sentence
 * @returns tensors and metadata; the checksum, where there is one, has been checked and is left out
 * @throws {FailureError} naming the source when the file is truncated, damaged or holds numbers of another type
 */
export function decodeSafetensors(bytes: Uint8Array, source: string, fix = "write it anew"): SafeTensors {
  const stored = readStoredTensors(bytes, source, fix);
  const tensors = Object.entries(stored.tensors).map(([name, tensor]) => {
    const read = readTensor(tensor);
    if (read === undefined) throw damage(source, `tensor ${name} is of type ${tensor.dtype}`, fix);
    return [name, read];
  });
  return { tensors: Object.fromEntries(tensors), metadata: stored.metadata };
}

function damage(source: string, reason: string, fix: string): FailureError {
  return new FailureError(`${source} is damaged (${reason}); ${fix}.`);
}

/**
 * Reads a safetensors file by anyone: the tensors are views of the bytes, of whatever type.
 *
 * @param bytes the whole file
 * @param source the file's name, for error messages
 * @param fix what to do about a damaged file, the end of the error's sentence
 * @returns tensors and metadata; the checksum, where there is one, has been checked and is left out
 * @throws {FailureError} naming the source when the file is truncated or damaged
 */
export function readStoredTensors(bytes: Uint8Array, source: string, fix: string): StoredTensors {
  const damaged = (reason: string) => damage(source, reason, fix);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < lengthBytes) throw damaged("it ends before its header");
  const headerEnd = lengthBytes + Number(view.getBigUint64(0, true));
  if (headerEnd > bytes.length) throw damaged("it ends within its header");
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(lengthBytes, headerEnd)));
  } catch {
    throw damaged("its header is no JSON");
  }
  const header = headerSchema.safeParse(json);
  if (!header.success) {
    const [issue] = header.error.issues;
    throw damaged(`header, ${issue.path.join(".")}: ${issue.message}`);
  }

  const { __metadata__: { [checksumKey]: expectedChecksum, ...metadata }, ...entries } = header.data;
  const tensors: Record<string, StoredTensor> = {};
  let end = 0;
  for (const [name, entry] of Object.entries(entries).sort(byPlace)) {
    const [from, to] = entry.data_offsets;
    if (from !== end || to - from !== elements(entry.shape) * elementBytes[entry.dtype]) {
      throw damaged(`tensor ${name} is not where its shape says`);
    }
    if (headerEnd + to > bytes.length) throw damaged(`it ends within tensor ${name}`);
    tensors[name] = {
      dtype: entry.dtype,
      shape: entry.shape,
      bytes: bytes.subarray(headerEnd + from, headerEnd + to),
    };
    end = to;
  }
  if (headerEnd + end !== bytes.length) throw damaged("it goes on after its last tensor");
  if (expectedChecksum !== undefined && String(crc32(bytes.subarray(headerEnd))) !== expectedChecksum) {
    throw damaged("its numbers do not fit their checksum");
  }
  return { tensors, metadata };
}
