import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafeTensor,
} from "../../../../models/run/safetensors/safetensors.ts";
import { forAll, joined } from "../../../properties.ts";

const shape = fc.array(fc.nat({ max: 4 }), { maxLength: 3 });
const size = (extents: readonly number[]) => extents.reduce((product, extent) => product * extent, 1);
const numbers = (count: number, type: "F32" | "F64") =>
  fc.array(type === "F32" ? fc.float() : fc.double(), { minLength: count, maxLength: count });

/** Arrays of every type and shape, of numbers that are none and infinite ones too. */
const tensor: fc.Arbitrary<SafeTensor> = shape.chain((extents): fc.Arbitrary<SafeTensor> => {
  const count = size(extents);
  return fc.oneof(
    numbers(count, "F32").map((data) => ({ dtype: "F32" as const, shape: extents, data: Float32Array.from(data) })),
    numbers(count, "F64").map((data) => ({ dtype: "F64" as const, shape: extents, data: Float64Array.from(data) })),
    fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { minLength: count, maxLength: count })
      .map((data) => ({ dtype: "I64" as const, shape: extents, data: BigInt64Array.from(data) })),
  );
});

const text = fc.string({ unit: "binary", maxLength: 8 });
const name = fc.oneof(text, fc.constantFrom("toString", "constructor", "0", "1"));

Deno.test("decodeSafetensors() gives back whatever encodeSafetensors() was given", async () => {
  const tensors = fc.dictionary(name, tensor, { maxKeys: 5, noNullPrototype: true });
  const metadata = fc.dictionary(name, text, { maxKeys: 3, noNullPrototype: true });
  await forAll(300, fc.tuple(tensors, metadata, fc.nat({ max: 7 })), ([tensors, metadata, shift]) => {
    const bytes = joined(...encodeSafetensors(tensors, metadata));
    // Anywhere in memory, aligned or not.
    const elsewhere = joined(new Uint8Array(shift), bytes).subarray(shift);
    const decoded = decodeSafetensors(elsewhere, "file");
    assertEquals(Object.keys(decoded.tensors).sort(), Object.keys(tensors).sort());
    for (const [name, { dtype, shape, data }] of Object.entries(tensors)) {
      const found = decoded.tensors[name];
      assertEquals([found.dtype, found.shape, [...found.data]], [dtype, shape, [...data]]);
    }
    assertEquals(Object.entries(decoded.metadata).sort(), Object.entries(metadata).sort());
  });
});

Deno.test("encodeSafetensors() refuses the names that are taken", () => {
  const tensor = { dtype: "F32" as const, shape: [1], data: new Float32Array(1) };
  for (const name of ["__metadata__", "crc32", "__proto__"]) {
    const message = `Nothing in a safetensors file of ours may be named ${name}.`;
    assertThrows(() => encodeSafetensors(Object.fromEntries([[name, tensor]])), RangeError, message);
    assertThrows(() => encodeSafetensors({}, Object.fromEntries([[name, "1"]])), RangeError, message);
  }
});
