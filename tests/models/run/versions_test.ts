import { assertEquals, assertMatch } from "@std/assert";
import { currentVersions } from "../../../models/run/versions.ts";

Deno.test("currentVersions() names a version of each", () => {
  const { pinfield, deno, onnxruntime } = currentVersions();
  assertMatch(pinfield, /^\d+\.\d+\.\d+$/);
  assertEquals(deno, Deno.version.deno);
  assertMatch(onnxruntime, /^\d+\.\d+\.\d+/);
});
