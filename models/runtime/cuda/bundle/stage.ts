/** The folder that a bundle unpacks to: Deno, the project, its npm packages, the CUDA provider and its libraries. */
import { basename, join } from "node:path";
import { FailureError } from "../../../errors.ts";
import { readInstallation } from "../installation.ts";
import { cacheDirectory, findRuntimePackage } from "../layout.ts";
import { providerFiles } from "../releases.ts";
import { runProgram } from "./run_program.ts";

/** What of the project stays behind: what is made from it, and what hides (version control, caches, editors). */
const leftBehind = new Set(["node_modules", "runs"]);

async function names(directory: string, keep: (entry: Deno.DirEntry) => boolean): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(directory));
  return entries.filter(keep).map(({ name }) => join(directory, name)).sort();
}

/** ONNX Runtime's libraries for other systems, and what a copy of node_modules must not share with this one. */
async function prune(stage: string): Promise<void> {
  const { directory } = findRuntimePackage(stage);
  const platforms = join(directory, "bin", "napi-v6");
  const foreign = [
    ...await names(platforms, ({ name }) => name !== "linux"),
    ...await names(join(platforms, "linux"), ({ name }) => name !== "x64"),
  ];
  for (const path of foreign) await Deno.remove(path, { recursive: true });
}

/** Has Deno take node_modules as it is; left to keep it up to date, it would first ask the npm registry. */
async function freezePackages(stage: string): Promise<void> {
  const path = join(stage, "deno.json");
  const settings = JSON.parse(await Deno.readTextFile(path));
  await Deno.writeTextFile(path, `${JSON.stringify({ ...settings, nodeModulesDir: "manual" }, null, 2)}\n`);
}

/** Asks the staged Deno, as on a machine with an empty home and no network, for every module of every task. */
async function check(stage: string, scratch: string): Promise<void> {
  const tasks = await names(join(stage, "tasks"), ({ name }) => name.endsWith(".ts"));
  try {
    await runProgram(join(stage, "deno"), ["test", "--no-run", "--no-check", "--cached-only", "--frozen", ...tasks], {
      cwd: stage,
      env: { HOME: scratch, DENO_DIR: join(scratch, "deno") },
    });
  } catch (cause) {
    if (!(cause instanceof FailureError)) throw cause;
    throw new FailureError(
      "The bundle would not run without a network, for the reason above: run `deno install`, keep the `links` line of deno.json, and try again.",
      { cause },
    );
  }
}

/**
 * Lays out a bundle and proves that its modules resolve without a network.
 *
 * @param project the folder of the workspace, with the CUDA provider installed
 * @param stage the folder to fill; it must not exist, and be on the file system of the project
 * @param deno the Deno to include
 * @param skip a path that is left out, where the bundle itself goes
 * @throws {FailureError} if something is missing or the disk is full
 */
export async function stageBundle(project: string, stage: string, deno: string, skip: string): Promise<void> {
  const { provider } = readInstallation(project);
  await Deno.mkdir(join(stage, ".cache"), { recursive: true });
  const sources = await names(
    project,
    ({ name }) => !name.startsWith(".") && !leftBehind.has(name) && join(project, name) !== skip,
  );
  await runProgram("cp", ["--archive", "--target-directory", stage, ...sources, join(project, "node_modules")]);
  await prune(stage);
  await freezePackages(stage);
  // Hard links, which tar stores once and which take no space here.
  await runProgram("cp", [
    "--archive",
    "--link",
    cacheDirectory(project),
    join(stage, ".cache", basename(cacheDirectory(project))),
  ]);
  const { libraries } = findRuntimePackage(stage);
  for (const name of providerFiles) {
    await Deno.remove(join(libraries, name));
    await Deno.link(join(cacheDirectory(stage), provider, name), join(libraries, name));
  }
  await Deno.copyFile(deno, join(stage, "deno"));
  await check(stage, join(stage, "..", "scratch"));
}
