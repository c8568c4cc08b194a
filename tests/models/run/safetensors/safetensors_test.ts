import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { FailureError } from "../../../../models/errors.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafeTensor,
} from "../../../../models/run/safetensors/safetensors.ts";

const tensors: Record<string, SafeTensor> = {
  weight: { dtype: "F32", shape: [2, 3], data: Float32Array.of(1, -2, NaN, Infinity, 1e-40, 0.1) },
  moment: { dtype: "F64", shape: [1], data: Float64Array.of(Math.PI) },
  step: { dtype: "I64", shape: [], data: BigInt64Array.of(-(2n ** 53n) - 1n) },
  empty: { dtype: "F32", shape: [0, 4], data: new Float32Array() },
};

function join(pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

/** A file with the given header and as many bytes of zeros. */
function file(header: unknown, bytes: number): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(json.length), true);
  return join([length, json, new Uint8Array(bytes)]);
}

Deno.test("decodeSafetensors() gives back what encodeSafetensors() was given", () => {
  const bytes = join(encodeSafetensors(tensors, { step: "7" }));
  assertEquals(decodeSafetensors(bytes, "file"), { tensors, metadata: { step: "7" } });
});

Deno.test("encodeSafetensors() follows the format's layout", () => {
  const bytes = join(encodeSafetensors({ a: { dtype: "F32", shape: [2], data: Float32Array.of(1, 2) } }));
  const headerLength = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  assertEquals(headerLength % 8, 0);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)));
  assertEquals(header.a, { dtype: "F32", shape: [2], data_offsets: [0, 8] });
  assertEquals(bytes.subarray(8 + headerLength), Uint8Array.of(0, 0, 128, 63, 0, 0, 0, 64));
});

Deno.test("encodeSafetensors() copies no numbers", () => {
  const { weight } = tensors;
  const [, piece] = encodeSafetensors({ weight });
  assertStrictEquals(piece.buffer, weight.data.buffer);
});

Deno.test("encodeSafetensors() wants as many numbers as the shape says", () => {
  const wrong: SafeTensor = { dtype: "F32", shape: [2, 2], data: new Float32Array(3) };
  assertThrows(() => encodeSafetensors({ wrong }), RangeError, "Tensor wrong has 3 numbers but the shape [2,2].");
});

Deno.test("decodeSafetensors() views aligned numbers in place and copies others", () => {
  const bytes = join(encodeSafetensors(tensors));
  assertStrictEquals(decodeSafetensors(bytes, "file").tensors.weight.data.buffer, bytes.buffer);
  const shifted = new Uint8Array(bytes.length + 1).subarray(1);
  shifted.set(bytes);
  assertEquals(decodeSafetensors(shifted, "file").tensors, tensors);
});

Deno.test("decodeSafetensors() finds every truncation", () => {
  const bytes = join(encodeSafetensors(tensors));
  for (let length = 0; length < bytes.length; length++) {
    assertThrows(() => decodeSafetensors(bytes.subarray(0, length), "a/file"), FailureError, "a/file is damaged (");
  }
});

Deno.test("decodeSafetensors() finds a flipped bit in any number", () => {
  const bytes = join(encodeSafetensors(tensors));
  const headerEnd = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  for (let index = headerEnd; index < bytes.length; index++) {
    const flipped = bytes.slice();
    flipped[index] ^= 1 << (index % 8);
    assertThrows(() => decodeSafetensors(flipped, "file"), FailureError, "checksum");
  }
});

Deno.test("decodeSafetensors() says what is wrong and what to do", () => {
  const entry = { dtype: "F32", shape: [2], data_offsets: [0, 8] };
  const cases: [Uint8Array, string][] = [
    [file("{", 0), "its header is no JSON"],
    [file("[]", 0), "header"],
    [file({ a: { ...entry, dtype: "F8" } }, 8), "header, a.dtype"],
    [file({ a: { ...entry, shape: [3] } }, 8), "tensor a is not where its shape says"],
    [file({ a: entry, b: entry }, 8), "tensor b is not where its shape says"],
    [file({ a: entry }, 7), "it ends within tensor a"],
    [file({ a: entry }, 9), "it goes on after its last tensor"],
  ];
  for (const [bytes, reason] of cases) {
    const error = assertThrows(() => decodeSafetensors(bytes, "file", "delete it"), FailureError, reason);
    assert(error.message.endsWith("); delete it."), error.message);
  }
});

Deno.test("decodeSafetensors() reads files without a checksum", () => {
  const { tensors } = decodeSafetensors(file({ a: { dtype: "F32", shape: [2], data_offsets: [0, 8] } }, 8), "file");
  assertEquals(tensors.a.data, new Float32Array(2));
});
