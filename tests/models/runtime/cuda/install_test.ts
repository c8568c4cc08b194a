import { assertEquals, assertNotEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { FailureError } from "../../../../models/errors.ts";
import { installCuda } from "../../../../models/runtime/cuda/install.ts";
import { readInstallation } from "../../../../models/runtime/cuda/installation.ts";
import { providerFiles } from "../../../../models/runtime/cuda/releases.ts";
import { fakeLibrary } from "./fake_library.ts";
import { fakeLibraries, type FakeProject, fakeProject, inTemporaryDirectory } from "./fake_project.ts";

const ignore = Deno.build.os !== "linux" || Deno.build.arch !== "x86_64";
const [one, two, three] = fakeLibraries;

async function install({ project, wheels, release }: FakeProject, offline = wheels): Promise<string[]> {
  const lines: string[] = [];
  const report = (line: string) => lines.push(line);
  await installCuda({ project, release, useSystemLibraries: true, offline, report });
  return lines;
}

Deno.test({
  name: "installCuda() caches the libraries, links the provider and says what it did",
  ignore,
  fn: () =>
    inTemporaryDirectory(async (directory) => {
      const fake = await fakeProject(directory);
      await install(fake);
      assertEquals(readInstallation(fake.project), {
        onnxruntime: "7.0.0",
        cuda: 13,
        provider: "provider-1.0",
        libraries: [`both-1.0/${one}`, `both-1.0/${two}`, `single-1.0/${three}`],
        systemLibraries: [],
      });
      for (const name of providerFiles) {
        const cached = await Deno.stat(join(fake.project, ".cache", "cuda", "provider-1.0", name));
        assertEquals((await Deno.stat(join(fake.runtime, name))).ino, cached.ino);
      }
      const cache = Array.from(Deno.readDirSync(join(fake.project, ".cache", "cuda")), ({ name }) => name).sort();
      assertEquals(cache, ["both-1.0", "installation.json", "provider-1.0", "single-1.0"]);
    }),
});

Deno.test({
  name: "installCuda() fetches nothing twice, and again what was damaged",
  ignore,
  fn: () =>
    inTemporaryDirectory(async (directory) => {
      const fake = await fakeProject(directory);
      await install(fake);
      const again = await install(fake, "/nowhere");
      assertEquals(again.map((line) => line.split(" ")[0]), ["Verified", "Verified", "Verified"]);
      await Deno.writeTextFile(join(fake.project, ".cache", "cuda", "both-1.0", two), "damage");
      await assertRejects(() => install(fake, "/nowhere"), FailureError, "is missing");
      const repaired = await install(fake);
      assertEquals(repaired, [
        `Verified provider-1.0: ${providerFiles.join(", ")}`,
        `Unpacking ${one}, ${two}`,
        `Verified single-1.0: ${three}`,
      ]);
    }),
});

Deno.test({
  name: "installCuda() takes what the system has only if it may",
  ignore,
  fn: () =>
    inTemporaryDirectory(async (directory) => {
      const fake = await fakeProject(directory);
      // Every Linux has libm; here it stands for a CUDA library that is installed system-wide.
      const release = {
        ...fake.release,
        libraries: { ...fake.release.libraries, "libm.so.6": fake.release.libraries[one] },
      };
      const { systemLibraries } = await installCuda({
        project: fake.project,
        release,
        useSystemLibraries: true,
        offline: fake.wheels,
        report() {},
      });
      assertEquals(systemLibraries, ["libm.so.6"]);
      await assertRejects(
        () =>
          installCuda({ project: fake.project, release, useSystemLibraries: false, offline: fake.wheels, report() {} }),
        FailureError,
        "holds no libm.so.6",
      );
    }),
});

Deno.test({
  name: "installCuda() refuses another onnxruntime-node, and a library that nothing provides",
  ignore,
  fn: () =>
    inTemporaryDirectory(async (directory) => {
      const fake = await fakeProject(directory, ["libunheard.so.5"]);
      await assertRejects(() => install(fake), FailureError, "needs libunheard.so.5");
      const { message } = await assertRejects(
        () => install({ ...fake, release: { ...fake.release, onnxruntime: "8.0.0" } }),
        FailureError,
      );
      assertStringIncludes(message, "onnxruntime-node 7.0.0 is installed");
    }),
});

Deno.test({
  name: "installCuda() takes the CUDA 12 provider from a folder",
  ignore,
  fn: () =>
    inTemporaryDirectory(async (directory) => {
      const fake = await fakeProject(directory);
      const release = { ...fake.release, major: 12, provider: "install script" } as const;
      await assertRejects(
        () => install({ ...fake, release }),
        FailureError,
        "install for CUDA 12 on a machine with a network",
      );
      await install(fake);
      for (const name of providerFiles) await Deno.copyFile(join(fake.runtime, name), join(fake.wheels, name));
      await install({ ...fake, release });
      assertEquals(readInstallation(fake.project).provider, "onnxruntime-node-7.0.0-cuda12");
    }),
});

Deno.test({
  name: "installCuda() runs the package's own script for CUDA 12, and keeps what was there if that fails",
  ignore,
  fn: () =>
    inTemporaryDirectory(async (directory) => {
      const fake = await fakeProject(directory);
      await install(fake);
      const folder = join(fake.runtime, "..", "..", "..", "..", "script");
      await Deno.mkdir(folder);
      const release = { ...fake.release, major: 12, provider: "install script" } as const;
      const online = { project: fake.project, release, useSystemLibraries: true, report() {} };

      await Deno.writeTextFile(join(folder, "install.js"), "process.exit(3);");
      await assertRejects(() => installCuda(online), FailureError, "could not bring the CUDA 12 provider");
      assertEquals(await install(fake).then((lines) => lines.length), 3);

      const bytes = fakeLibrary(["libm.so.6"], "from the script");
      await Deno.writeFile(join(folder, "library"), bytes);
      await Deno.writeTextFile(
        join(folder, "install.js"),
        `if (!process.argv.includes("--onnxruntime-node-install=cuda12")) process.exit(1);
         for (const name of ${JSON.stringify(providerFiles)})
           require("fs").writeFileSync(${
          JSON.stringify(fake.runtime)
        } + "/" + name, require("fs").readFileSync(__dirname + "/library"));`,
      );
      const installation = await installCuda(online);
      assertEquals(installation.cuda, 12);
      assertEquals(installation.libraries, []);
      assertEquals(await Deno.readFile(join(fake.runtime, providerFiles[1])), bytes);
      const other = await Deno.readFile(join(fake.project, ".cache", "cuda", "provider-1.0", providerFiles[1]));
      assertNotEquals(other, bytes);
    }),
});
