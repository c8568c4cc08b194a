/** The package as another project has it: by its name, through the doors that deno.json opens. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assertEquals } from "@std/assert";
import manifest from "../deno.json" with { type: "json" };
import { inFolder } from "./tasks/run_task.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

const consumer = `import { activations, charts, parseConfig, renderFigure, train } from "pinfield";
import { multiply, square, tanh, type Tensor } from "pinfield/graph";

activations.register("soft-square", { odd: false, smooth: true, apply: (z: Tensor) => multiply(square(z), tanh(z)) });
const run = await train(parseConfig({
  name: "mine",
  model: { features: 12, hidden: 8, activation: "soft-square" },
  training: { steps: 10, batch: 16 },
}, "consumer"));
console.log(run.weights.encoder.length, renderFigure(charts.lossCurve(run)).slice(0, 4));
`;

Deno.test("a project of its own imports the package by name, registers an activation, trains and draws", () =>
  inFolder(async (folder) => {
    const name = `jsr:${manifest.name}@${manifest.version}`;
    const config = {
      imports: { "pinfield": name, "pinfield/graph": `${name}/graph` },
      // In place of the registry, which need not be reached.
      links: [root, ...manifest.links.map((link) => join(root, link))],
    };
    await Deno.writeTextFile(join(folder, "deno.json"), JSON.stringify(config));
    await Deno.writeTextFile(join(folder, "consumer.ts"), consumer);
    await Deno.symlink(join(root, "node_modules"), join(folder, "node_modules"));
    const options = ["--no-check", "--no-lock", "--quiet", "--node-modules-dir=manual"];
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", ...options, "--allow-read", "--allow-ffi", "--allow-env=LOG_TOKENS,LOG_STREAM", "consumer.ts"],
      cwd: folder,
      env: { ORT_DISABLE_TELEMETRY: "1", NO_COLOR: "1" },
    }).output();
    const text = new TextDecoder();
    assertEquals([code, text.decode(stdout)], [0, "96 <svg\n"], text.decode(stderr));
  }));
