import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { FailureError } from "../../../../models/errors.ts";
import { readDriver } from "../../../../models/runtime/cuda/driver.ts";
import { compileDriver, hasCompiler } from "./fake_driver.ts";
import { inTemporaryDirectory } from "./fake_project.ts";

// A driver is never closed, as its threads outlive the call; hence no check for open libraries.
const options = { ignore: !hasCompiler || Deno.build.os !== "linux", sanitizeResources: false };

Deno.test("readDriver() passes on why there is no driver", () => {
  const { message, kind } = assertThrows(() => readDriver({ cuda: "libnone.so.1" }), FailureError);
  assertStringIncludes(message, "No NVIDIA driver was found (libnone.so.1: cannot open shared object file");
  assertEquals(kind, "no-cuda");
});

Deno.test({
  ...options,
  name: "readDriver() describes the driver and its GPUs",
  fn: () =>
    inTemporaryDirectory((directory) => {
      assertEquals(readDriver(compileDriver(directory, { version: 12080, gpus: 2 })), {
        cuda: "12.8",
        version: "580.65.06",
        gpus: [
          { name: "GPU 10", memory: 10 * 2 ** 33, computeCapability: "9.5" },
          { name: "GPU 11", memory: 11 * 2 ** 33, computeCapability: "9.5" },
        ],
      });
    }),
});

Deno.test({
  ...options,
  name: "readDriver() does without the management library",
  fn: () =>
    inTemporaryDirectory((directory) => {
      const { cuda } = compileDriver(directory, { version: 13000, gpus: 1 });
      assertEquals(readDriver({ cuda, management: "libnone.so.1" }).version, undefined);
    }),
});

Deno.test({
  ...options,
  name: "readDriver() says that no GPU is shown",
  fn: () =>
    inTemporaryDirectory((directory) => {
      const libraries = compileDriver(directory, { version: 13000, gpus: 0 });
      assertThrows(() => readDriver(libraries), FailureError, "shows no GPU");
    }),
});

Deno.test({
  ...options,
  name: "readDriver() passes on the driver's own words",
  fn: () =>
    inTemporaryDirectory((directory) => {
      const libraries = compileDriver(directory, { version: 13000, gpus: 1, failure: 803 });
      assertThrows(() => readDriver(libraries), FailureError, "cuInit fails with error 803, words of the driver");
    }),
});
