import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import manifest from "../../../../deno.json" with { type: "json" };
import { FailureError } from "../../../../models/errors.ts";
import { cudaReleases, releaseForDriver } from "../../../../models/runtime/cuda/releases.ts";

Deno.test("releaseForDriver() takes the newest release that the driver runs", () => {
  assertEquals(releaseForDriver("14.1").major, 13);
  assertEquals(releaseForDriver("13.0").major, 13);
  assertEquals(releaseForDriver("12.8").major, 12);
});

Deno.test("releaseForDriver() says which driver is new enough", () => {
  const { message } = assertThrows(() => releaseForDriver("11.4"), FailureError);
  assertStringIncludes(message, "CUDA up to 11.4");
  assertStringIncludes(message, "update the driver to 525 or newer (580 for CUDA 13)");
});

Deno.test("cudaReleases are for the onnxruntime-node that deno.json pins", () => {
  for (const { onnxruntime, provider } of cudaReleases) {
    assertEquals(manifest.imports["onnxruntime-node"], `npm:onnxruntime-node@${onnxruntime}`);
    if (provider !== "install script") assertEquals(provider.version, onnxruntime);
  }
});

Deno.test("cudaReleases pin whole and matching files", () => {
  for (const { provider, libraries } of cudaReleases) {
    const wheels = [...Object.values(libraries), ...(provider === "install script" ? [] : [provider])];
    assert(wheels.length > 0);
    for (const { project, version, file, sha256 } of wheels) {
      assert(file.startsWith(`${project.replaceAll("-", "_")}-${version}-`), file);
      assertMatch(file, /x86_64\.whl$/);
      assertMatch(sha256, /^[0-9a-f]{64}$/);
    }
  }
});
