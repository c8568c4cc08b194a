import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../../../models/errors.ts";
import { parseByteSize } from "../../../../../models/runtime/cuda/bundle/byte_size.ts";

Deno.test("parseByteSize() knows binary and decimal units", () => {
  assertEquals(parseByteSize("48MiB"), 50_331_648);
  assertEquals(parseByteSize("1.5GB"), 1_500_000_000);
  assertEquals(parseByteSize("64KiB"), 65_536);
});

Deno.test("parseByteSize() refuses anything else", () => {
  for (const text of ["", "48", "MiB", "48 MiB", "-1MiB", "48mib", "63KiB", "0GB"]) {
    assertThrows(() => parseByteSize(text), UsageError, `got "${text}"`);
  }
});
