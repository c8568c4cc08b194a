import { dirname, join } from "node:path";
import { assert, assertAlmostEquals, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { additions, trial } from "./additions.ts";
import { inFolder } from "./tasks/run_task.ts";

const root = join(import.meta.dirname!, "..");

async function copyFolder(name: string, to: string): Promise<void> {
  await Deno.mkdir(join(to, name), { recursive: true });
  for await (const { name: child, isDirectory } of Deno.readDir(join(root, name))) {
    if (isDirectory) await copyFolder(join(name, child), to);
    else await Deno.copyFile(join(root, name, child), join(to, name, child));
  }
}

/** Adds a line to a table and its import to the file, and nothing else. */
async function addLine(path: string, opening: string, line: string, importing?: string): Promise<void> {
  const text = await Deno.readTextFile(path);
  assertEquals(text.split(opening).length, 2, `${path}: ${opening}`);
  const imports = importing === undefined ? "" : `${importing}\n`;
  await Deno.writeTextFile(path, `${imports}${text.replace(opening, `${opening}\n${line}`)}`);
}

async function deno(folder: string, ...args: string[]): Promise<string> {
  const env = { ORT_DISABLE_TELEMETRY: "1", NO_COLOR: "1" };
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: folder, env }).output();
  const text = new TextDecoder();
  assertEquals(code, 0, text.decode(stderr));
  return text.decode(stdout);
}

Deno.test("one of each kind is a file of its own and a line in a table: it is trained with, measured and drawn", async () => {
  await inFolder(async (folder) => {
    for (const name of ["models", "analysis", "figures", "std"]) await copyFolder(name, folder);
    for (const name of ["mod.ts", "deno.json", "deno.lock"]) await Deno.copyFile(join(root, name), join(folder, name));
    await Deno.symlink(join(root, "node_modules"), join(folder, "node_modules"));
    for (const { file, text, table: [path, opening], line, import: importing } of additions) {
      await Deno.mkdir(dirname(join(folder, file)), { recursive: true });
      await Deno.writeTextFile(join(folder, file), text, { createNew: true });
      await addLine(join(folder, path), opening, line, importing);
    }
    await Deno.writeTextFile(join(folder, "trial.ts"), trial);

    const manual = "--node-modules-dir=manual";
    await deno(folder, "check", "--quiet", manual, "trial.ts");
    const said = JSON.parse(await deno(folder, "run", "--no-check", "--quiet", "--allow-all", manual, "trial.ts"));
    assert(said.finished);
    assertLess(said.objectives[1], said.objectives[0]);
    for (const part of ["on", "off"]) assert(said.parts.includes(part), part);
    assertEquals(said.layers, [["first", 3 * 6], ["second", 3 * 7], ["output", 3 * 8]]);
    assertAlmostEquals(said.slope, 0.1, 1e-6);
    assertLess(0, said.norms);
    assert(said.figures.includes("largest-weights"));
    assertStringIncludes(said.summary, `The squared norm of the encoder is ${said.norms}.`);
    assertEquals([said.typed, said.chart], [15, "The largest weights"]);
    const weights = new TextDecoder().decode(await Deno.readFile(join(folder, "runs/deep/weights.safetensors")));
    for (const name of ["below", "between", "above"]) assertStringIncludes(weights, `"${name}"`);
  });
});
