import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import * as analysis from "../../analysis/mod.ts";
import { parseConfig } from "../../models/experiment/config.ts";
import * as library from "../../mod.ts";
import { plantedWeights } from "../figures/planted.ts";

Deno.test("mod.ts hands on all of analysis/mod.ts", () => {
  const handedOn = new Map<string, unknown>(Object.entries(library));
  for (const [name, value] of Object.entries(analysis)) assert(handedOn.get(name) === value, name);
});

Deno.test("analysis/mod.ts has what a response needs: gradient, Hessian products and shapes", async () => {
  const config = parseConfig({ name: "test", model: { features: 16, hidden: 8 }, training: { steps: 1 } }, "test");
  const { encoder, decoder } = plantedWeights({ features: 16, hidden: 8, density: 0.2 });
  const samples = { samples: 4096, seed: 1, device: "cpu" as const };
  const { gradient } = await analysis.sampledGradient(config, { encoder, decoder }, samples);
  const hessian = analysis.sampledHessian(config, { encoder, decoder }, samples);
  const image = await hessian.product(gradient);
  const other = { encoder, decoder };
  // H is symmetric: ⟨v, Hw⟩ = ⟨w, Hv⟩.
  const [left, right] = [
    analysis.innerProduct(other, image),
    analysis.innerProduct(gradient, await hessian.product(other)),
  ];
  assertLess(Math.abs(left - right), 1e-4 * Math.abs(left));
  assertAlmostEquals(analysis.gaussianity(Float32Array.of(-2, -1, -1, 0, 0, 1, 1, 2)).mean, 0, 1e-12);
});

/** The files below a folder of the project. */
function* sources(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* sources(`${folder}/${name}`);
    else if (name.endsWith(".ts")) yield `${folder}/${name}`;
  }
}

Deno.test("a section is one file and one line: the table alone imports sections, and all that there are", () => {
  const root = new URL("../../", import.meta.url).pathname.replace(/\/$/, "");
  const importers = new Map<string, Set<string>>();
  const found = new Set<string>();
  for (const folder of ["analysis", "figures", "tasks", "models"]) {
    for (const path of sources(`${root}/${folder}`)) {
      if (path.endsWith("_section.ts")) found.add(path.slice(path.lastIndexOf("/") + 1));
      for (const [, section] of Deno.readTextFileSync(path).matchAll(/from "[^"]*\/(\w+_section\.ts)"/g)) {
        const importer = path.slice(root.length + 1);
        importers.set(importer, (importers.get(importer) ?? new Set()).add(section));
      }
    }
  }
  assertEquals([...importers.keys()], ["analysis/report/sections.ts"]);
  assertEquals(importers.get("analysis/report/sections.ts"), found);
  assertEquals(found.size, analysis.sectionKeys.length);
});
