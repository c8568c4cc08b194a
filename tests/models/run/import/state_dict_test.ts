import { assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../../../models/errors.ts";
import { floatsOf, readStateDict } from "../../../../models/run/import/state_dict.ts";

/** The bytes of 16-bit words, least significant first. */
function words(...values: number[]): Uint8Array {
  return new Uint8Array(Uint16Array.from(values).buffer);
}

Deno.test("floatsOf() reads float16, with subnormal numbers, zeros of either sign and infinities", () => {
  const bytes = words(0x3c00, 0xc000, 0x3555, 0x0001, 0x03ff, 0x0400, 0x7bff, 0x8000, 0x7c00, 0xfc00, 0x7e00);
  const expected = [1, -2, 0.333251953125, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 65504, -0, Infinity, -Infinity, NaN];
  assertEquals(floatsOf({ dtype: "F16", shape: [11], bytes }), Float32Array.from(expected));
});

Deno.test("floatsOf() reads every other floating-point type as float32, and nothing else", () => {
  const bfloat16 = words(0x3f80, 0xc049, 0x7f80);
  assertEquals(floatsOf({ dtype: "BF16", shape: [3], bytes: bfloat16 }), Float32Array.of(1, -3.140625, Infinity));
  const float64 = new Uint8Array(Float64Array.of(Math.PI, -1e-50).buffer);
  assertEquals(floatsOf({ dtype: "F64", shape: [2], bytes: float64 }), Float32Array.of(Math.PI, -0));
  // Not at a multiple of the size of a number.
  const float32 = new Uint8Array([9, ...new Uint8Array(Float32Array.of(0.1).buffer)]).subarray(1);
  assertEquals(floatsOf({ dtype: "F32", shape: [1], bytes: float32 }), Float32Array.of(0.1));
  assertEquals(floatsOf({ dtype: "I64", shape: [1], bytes: float64.subarray(8) }), undefined);
});

Deno.test("readStateDict() says what to do with a pickle, and with a file that is not there", async () => {
  const path = await Deno.makeTempFile();
  try {
    for (const start of ["PK\x03\x04 archive", "\x80\x02}"]) {
      await Deno.writeFile(path, Uint8Array.from(start, (character) => character.charCodeAt(0)));
      await assertRejects(() => readStateDict(path), UsageError, "is a pickle of PyTorch");
    }
  } finally {
    await Deno.remove(path);
  }
  await assertRejects(() => readStateDict(path), UsageError, `There is no file ${path}.`);
});
