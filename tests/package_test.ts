/** The package as other projects have it: by its name, through the doors that deno.json opens, and as a tarball. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { assertEquals } from "@std/assert";
import manifest from "../deno.json" with { type: "json" };
import { inFolder, readResult, type TaskResult } from "./tasks/run_task.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

const consumerOf = (name: string) =>
  `import { activations, charts, parseConfig, renderFigure, train } from "${name}";
import { multiply, square, tanh, type Tensor } from "${name}/graph";

activations.register("soft-square", { odd: false, smooth: true, apply: (z: Tensor) => multiply(square(z), tanh(z)) });
const run = await train(parseConfig({
  name: "mine",
  model: { features: 12, hidden: 8, activation: "soft-square" },
  training: { steps: 10, batch: 16 },
}, "consumer"));
console.log(run.weights.encoder.length, renderFigure(charts.lossCurve(run)).slice(0, 4));
`;

async function run(command: string, cwd: string, ...args: string[]): Promise<TaskResult> {
  const env = { ORT_DISABLE_TELEMETRY: "1", NO_COLOR: "1" };
  return readResult(await new Deno.Command(command, { args, cwd, env, stdin: "null" }).output());
}

/** Writes the files of a project, of which `consumer.ts` is run. */
async function consumed(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(join(folder, dirname(path)), { recursive: true });
    await Deno.writeTextFile(join(folder, path), text);
  }
  const options = ["--no-check", "--no-lock", "--quiet", "--node-modules-dir=manual"];
  const permissions = ["--allow-read", "--allow-ffi", "--allow-env=LOG_TOKENS,LOG_STREAM"];
  const { code, output, errors } = await run(
    Deno.execPath(),
    folder,
    "run",
    ...options,
    ...permissions,
    "consumer.ts",
  );
  assertEquals([code, output], [0, "96 <svg\n"], errors);
}

Deno.test("a project of its own imports the package by name, registers an activation, trains and draws", () =>
  inFolder(async (folder) => {
    const name = `jsr:${manifest.name}@${manifest.version}`;
    const config = {
      imports: { "pinfield": name, "pinfield/graph": `${name}/graph` },
      // In place of the registry, which need not be reached.
      links: [root, ...manifest.links.map((link) => join(root, link))],
    };
    await Deno.symlink(join(root, "node_modules"), join(folder, "node_modules"));
    await consumed(folder, { "deno.json": JSON.stringify(config), "consumer.ts": consumerOf("pinfield") });
  }));

Deno.test("a project with a package.json has the packed tarball, and beside it the two things that it lacks", () =>
  inFolder(async (folder) => {
    const tarball = join(folder, "pinfield.tgz");
    const packed = await run(Deno.execPath(), root, "pack", "--allow-dirty", "--quiet", `--output=${tarball}`);
    assertEquals(packed.code, 0, packed.errors);
    const place = join(folder, "project/node_modules/@pinfield/pinfield");
    await Deno.mkdir(place, { recursive: true });
    const unpacked = await run("tar", folder, "-xzf", tarball, "-C", place, "--strip-components=1");
    assertEquals(unpacked.code, 0, unpacked.errors);
    // What npm would install, but for @std/yaml, which the tarball does not say that it needs.
    await Deno.symlink(join(root, "node_modules"), join(folder, "node_modules"));
    const yaml = "node_modules/@std/yaml";
    const entry = { name: "@std/yaml", type: "module", exports: "./mod.js" };
    await Deno.mkdir(join(folder, "project", dirname(yaml)), { recursive: true });
    await Deno.rename(join(place, "std/yaml"), join(folder, "project", yaml));
    await consumed(join(folder, "project"), {
      "package.json": JSON.stringify({ type: "module", dependencies: { [manifest.name]: manifest.version } }),
      [`${yaml}/package.json`]: JSON.stringify(entry),
      [`node_modules/${manifest.name}/deno.json`]: JSON.stringify(manifest),
      "consumer.ts": consumerOf(manifest.name),
    });
  }));

Deno.test("deno publish would send the doors of the package and what is behind them, without tasks and tests", async () => {
  const { code, errors } = await run(
    Deno.execPath(),
    root,
    ...["publish", "--dry-run", "--allow-dirty", "--no-check"],
  );
  assertEquals(code, 0, errors);
  const here = new URL("../", import.meta.url).href;
  const sent = Array.from(errors.matchAll(/file:\S+/g), ([address]) => address.replace(here, "./"));
  const wanted = [...Object.values(manifest.exports), "./models/experiment/presets/quick.yaml", "./docs/library.md"];
  assertEquals(wanted.filter((path) => !sent.includes(path)), []);
  assertEquals(sent.filter((path) => /^\.\/(tests|tasks|\.ci)\//.test(path)), []);
});
