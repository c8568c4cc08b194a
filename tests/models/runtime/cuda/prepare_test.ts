import { assertEquals, assertThrows } from "@std/assert";
import { join } from "node:path";
import { FailureError } from "../../../../models/errors.ts";
import { installCuda } from "../../../../models/runtime/cuda/install.ts";
import { prepareCuda } from "../../../../models/runtime/cuda/prepare.ts";
import { providerFiles } from "../../../../models/runtime/cuda/releases.ts";
import { compileDriver, type FakeDriver, hasCompiler } from "./fake_driver.ts";
import { fakeLibraries, type FakeProject, fakeProject, inTemporaryDirectory } from "./fake_project.ts";

const ready: FakeDriver = { version: 13000, gpus: 1 };

/** A test of `prepareCuda` in a workspace of its own; what it opens stays open, as it must. */
function test(name: string, driver: FakeDriver, body: (fake: FakeProject, prepare: () => unknown) => Promise<void>) {
  Deno.test({
    name,
    ignore: !hasCompiler || Deno.build.os !== "linux" || Deno.build.arch !== "x86_64",
    sanitizeResources: false,
    fn: () =>
      inTemporaryDirectory(async (directory) => {
        const fake = await fakeProject(directory);
        const driverLibraries = compileDriver(directory, driver);
        await body(fake, () => prepareCuda({ project: fake.project, driverLibraries }));
      }),
  });
}

async function install({ project, release, wheels }: FakeProject): Promise<void> {
  await installCuda({ project, release, useSystemLibraries: false, offline: wheels, report() {} });
}

function isOpen(path: string): boolean {
  const { success } = new Deno.Command("grep", { args: ["--quiet", path, `/proc/${Deno.pid}/maps`] }).outputSync();
  return success;
}

test("prepareCuda() opens every library and returns the driver", ready, async (fake, prepare) => {
  await install(fake);
  const folder = join(fake.project, ".cache", "cuda");
  const paths = fakeLibraries.map((name, index) => join(folder, index < 2 ? "both-1.0" : "single-1.0", name));
  assertEquals(paths.map(isOpen), [false, false, false]);
  const driver = prepare() as { cuda: string };
  assertEquals(driver.cuda, "13.0");
  assertEquals(paths.map(isOpen), [true, true, true]);
});

test("prepareCuda() says that nothing is installed", ready, (_, prepare) => {
  assertThrows(prepare, FailureError, "The CUDA provider is not installed: run `deno task setup-cuda`");
  return Promise.resolve();
});

test("prepareCuda() says that the driver is too old", { version: 12040, gpus: 1 }, async (fake, prepare) => {
  await install(fake);
  assertThrows(prepare, FailureError, "CUDA 13 and the NVIDIA driver runs CUDA up to 12.4: update the driver to 580");
});

test("prepareCuda() misses a provider that npm has removed", ready, async (fake, prepare) => {
  await install(fake);
  await Deno.remove(join(fake.runtime, providerFiles[1]));
  assertThrows(prepare, FailureError, `${providerFiles[1]} is not beside ONNX Runtime's library`);
});

test("prepareCuda() refuses a provider of another version", ready, async (fake, prepare) => {
  await install(fake);
  const manifest = join(fake.project, "node_modules", "onnxruntime-node", "package.json");
  await Deno.writeTextFile(manifest, JSON.stringify({ version: "7.1.0" }));
  assertThrows(prepare, FailureError, "for onnxruntime-node 7.0.0, not 7.1.0");
});

test("prepareCuda() passes on why a library does not load", ready, async (fake, prepare) => {
  await install(fake);
  await Deno.writeTextFile(join(fake.project, ".cache", "cuda", "single-1.0", fakeLibraries[2]), "damage");
  assertThrows(prepare, FailureError, "A CUDA library cannot be loaded");
});

test("prepareCuda() says that its record is broken", ready, async (fake, prepare) => {
  await install(fake);
  await Deno.writeTextFile(join(fake.project, ".cache", "cuda", "installation.json"), `{"cuda": 14}`);
  assertThrows(prepare, FailureError, "installation.json is broken");
});
