import { assertEquals } from "@std/assert";
import { transpose } from "../../../../models/run/safetensors/transpose.ts";

Deno.test("transpose() swaps rows and columns", () => {
  assertEquals(transpose(Float32Array.of(1, 2, 3, 4, 5, 6), 2, 3), Float32Array.of(1, 4, 2, 5, 3, 6));
});
