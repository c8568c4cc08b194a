import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { FailureError } from "../../../../../models/errors.ts";
import { bundleCuda } from "../../../../../models/runtime/cuda/bundle/bundle.ts";
import { readInstallation } from "../../../../../models/runtime/cuda/installation.ts";
import { providerFiles } from "../../../../../models/runtime/cuda/releases.ts";
import { type FakeProject, fakeProject, inTemporaryDirectory } from "../fake_project.ts";

const ignore = Deno.build.os !== "linux" || Deno.build.arch !== "x86_64";

const pieceSize = 1000;

/** A workspace with a task that imports an npm package, ONNX Runtime for other systems, runs and hidden folders. */
async function workspace(directory: string): Promise<FakeProject> {
  const fake = await fakeProject(directory);
  const write = async (path: string, text: string) => {
    await Deno.mkdir(join(fake.project, path, ".."), { recursive: true });
    await Deno.writeTextFile(join(fake.project, path), text);
  };
  await write("deno.json", `{ "nodeModulesDir": "auto", "imports": { "greeting": "npm:greeting@1.0.0" } }`);
  await write("tasks/hello.ts", `import word from "greeting"; console.log(word);`);
  await write("node_modules/greeting/package.json", `{ "name": "greeting", "version": "1.0.0", "main": "index.js" }`);
  await write("node_modules/greeting/index.js", `module.exports = "hello";`);
  await write("node_modules/onnxruntime-node/bin/napi-v6/win32/x64/onnxruntime.dll", "foreign");
  await write("node_modules/onnxruntime-node/bin/napi-v6/linux/arm64/libonnxruntime.so.1", "foreign");
  await write("runs/old/summary.md", "old");
  await write(".git/config", "hidden");
  return fake;
}

/** Bundles with small pieces, and with a script for Deno that leads to the real one: that saves most of the time. */
async function bundle({ project, wheels, release }: FakeProject, output: string) {
  const deno = join(wheels, "deno");
  await Deno.writeTextFile(deno, `#!/bin/sh\nexec ${Deno.execPath()} "$@"\n`, { mode: 0o755 });
  const options = { compression: "gzip", pieceSize, deno, offline: wheels, report() {} } as const;
  return await bundleCuda({ project, release, output, ...options });
}

Deno.test({
  name: "bundleCuda() packs what runs with an empty home and no network",
  ignore,
  fn: () =>
    inTemporaryDirectory(async (directory) => {
      const fake = await workspace(directory);
      const output = join(fake.project, "out");
      const { pieces, unpack } = await bundle(fake, output);
      assert(pieces.length > 1 && pieces.every(({ size }) => size <= pieceSize));

      const target = join(directory, "target");
      const home = join(directory, "home");
      await Deno.mkdir(target);
      await Deno.mkdir(home);
      for (const { path } of pieces) await Deno.rename(path, join(target, path.slice(output.length + 1)));
      // No proxy listens there, so that nothing can be fetched.
      const env = { HOME: home, PATH: "/usr/bin:/bin", HTTPS_PROXY: "http://127.0.0.1:1" };
      const inTarget = { cwd: target, clearEnv: true, env };
      assertEquals((await new Deno.Command("sh", { args: ["-c", unpack], ...inTarget }).output()).code, 0);

      const { code, stdout } = await new Deno.Command(join(target, "pinfield", "deno"), {
        args: ["run", "tasks/hello.ts"],
        ...inTarget,
        cwd: join(target, "pinfield"),
      }).output();
      assertEquals(code, 0);
      assertEquals(new TextDecoder().decode(stdout), "hello\n");

      const unpacked = join(target, "pinfield");
      assertEquals(readInstallation(unpacked), readInstallation(fake.project));
      const names = Array.from(Deno.readDirSync(unpacked), ({ name }) => name).sort();
      assertEquals(names, [".cache", "deno", "deno.json", "node_modules", "tasks"]);
      const binaries = join(unpacked, "node_modules", "onnxruntime-node", "bin", "napi-v6");
      assertEquals(Array.from(Deno.readDirSync(binaries), ({ name }) => name), ["linux"]);
      const libraries = Array.from(Deno.readDirSync(join(binaries, "linux", "x64")), ({ name }) => name);
      assertEquals(libraries.sort(), providerFiles.toSorted());
    }),
});

Deno.test({
  name: "bundleCuda() refuses a workspace whose packages are incomplete",
  ignore,
  fn: () =>
    inTemporaryDirectory(async (directory) => {
      const fake = await workspace(directory);
      await Deno.remove(join(fake.project, "node_modules", "greeting"), { recursive: true });
      const output = join(directory, "out");
      const { message } = await assertRejects(() => bundle(fake, output), FailureError);
      assertStringIncludes(message, "would not run without a network");
      await assertRejects(() => Deno.stat(output), Deno.errors.NotFound);
      await assertRejects(() => Deno.stat(join(fake.project, ".cache", "bundle")), Deno.errors.NotFound);
    }),
});
