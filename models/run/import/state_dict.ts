/** Weights by other programs: the state dict of a PyTorch module, or any other safetensors file. */
import { UsageError } from "../../errors.ts";
import { readStoredTensors, type StoredTensor } from "../safetensors/safetensors.ts";

/** A named array of a state dict. */
export interface StateTensor {
  readonly shape: readonly number[];
  /** Its numbers as float32, the last axis fastest; undefined where it holds no floating-point numbers. */
  readonly values: Float32Array | undefined;
}

/** The first bytes of the files that `torch.save` writes: a zip archive, or in old versions a pickle. */
const pickles: readonly (readonly number[])[] = [[0x50, 0x4b, 0x03, 0x04], [0x80, 0x02]];

/**
 * Reads the arrays of a safetensors file.
 *
 * @returns the arrays by name; float16, bfloat16 and float64 become float32
 * @throws {UsageError} if there is no file, or it is what `torch.save` writes
 * @throws {FailureError} if the file is damaged or no safetensors file
 */
export async function readStateDict(path: string): Promise<ReadonlyMap<string, StateTensor>> {
  const bytes = await read(path);
  if (pickles.some((start) => start.every((byte, place) => bytes[place] === byte))) {
    throw new UsageError(
      `${path} is a pickle of PyTorch, which only Python can read; write it anew by safetensors.torch.save_file.`,
    );
  }
  const { tensors } = readStoredTensors(bytes, path, "write it anew, by safetensors.torch.save_file for instance");
  return new Map(
    Object.entries(tensors).map(([name, tensor]) => [name, { shape: tensor.shape, values: floatsOf(tensor) }]),
  );
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new UsageError(`There is no file ${path}.`);
    throw error;
  }
}

/** The numbers of an array as float32, if they are floating-point numbers. */
export function floatsOf({ dtype, bytes }: StoredTensor): Float32Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = (size: number, number: (offset: number) => number) =>
    Float32Array.from({ length: bytes.length / size }, (_, place) => number(place * size));
  switch (dtype) {
    case "F64":
      return from(8, (offset) => view.getFloat64(offset, true));
    case "F32":
      return from(4, (offset) => view.getFloat32(offset, true));
    case "F16":
      return from(2, (offset) => float16(view.getUint16(offset, true)));
    case "BF16": {
      // The upper half of a float32.
      const word = new DataView(new ArrayBuffer(4));
      return from(2, (offset) => {
        word.setUint16(0, view.getUint16(offset, true));
        return word.getFloat32(0);
      });
    }
    default:
      return undefined;
  }
}

/** The value of a float16 (IEEE 754 binary16) from its bits: a sign, 5 bits of exponent, 10 of fraction. */
function float16(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15);
}
