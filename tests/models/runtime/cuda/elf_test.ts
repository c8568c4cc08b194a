import { assert, assertEquals, assertThrows } from "@std/assert";
import { join } from "node:path";
import { FailureError } from "../../../../models/errors.ts";
import { neededLibraries } from "../../../../models/runtime/cuda/elf.ts";
import { findRuntimePackage, projectDirectory } from "../../../../models/runtime/cuda/layout.ts";
import { fakeLibrary } from "./fake_library.ts";
import { inTemporaryDirectory } from "./fake_project.ts";

Deno.test("neededLibraries() lists the names in their order", () =>
  inTemporaryDirectory((directory) => {
    const path = join(directory, "library.so");
    Deno.writeFileSync(path, fakeLibrary(["libb.so.2", "liba.so.1"]));
    assertEquals(neededLibraries(path), ["libb.so.2", "liba.so.1"]);
    Deno.writeFileSync(path, fakeLibrary([]));
    assertEquals(neededLibraries(path), []);
  }));

Deno.test({
  name: "neededLibraries() reads what a linker wrote",
  ignore: Deno.build.os !== "linux" || Deno.build.arch !== "x86_64",
  fn() {
    const { libraries } = findRuntimePackage(projectDirectory);
    const needed = neededLibraries(join(libraries, "onnxruntime_binding.node"));
    assertEquals(needed[0], "libonnxruntime.so.1");
    assert(needed.includes("libc.so.6"));
  },
});

Deno.test("neededLibraries() refuses what is no library or cut short", () =>
  inTemporaryDirectory((directory) => {
    const path = join(directory, "library.so");
    Deno.writeTextFileSync(path, "no library at all, only a text that is longer than the header of an ELF file");
    assertThrows(() => neededLibraries(path), FailureError, "not a 64-bit little-endian ELF file");
    Deno.writeFileSync(path, fakeLibrary(["liba.so.1"]).subarray(0, 210));
    assertThrows(() => neededLibraries(path), FailureError, "ends early");
  }));
