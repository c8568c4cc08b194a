import { join } from "node:path";
import { FailureError } from "../../errors.ts";
import type { RuntimePackage } from "./layout.ts";
import { providerFiles } from "./releases.ts";

function ignoreAbsence(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

/**
 * Runs the install script of the npm package, which puts its CUDA 12 provider beside ONNX Runtime's library. A
 * provider that is there already is put aside, as the script would write into the very file that the cache keeps.
 *
 * @throws {FailureError} if the script fails; its own words are on the terminal, and the old provider is back
 */
export async function runInstallScript({ directory, libraries }: RuntimePackage): Promise<void> {
  const paths = providerFiles.map((name) => join(libraries, name));
  for (const path of paths) await Deno.rename(path, `${path}.aside`).catch(ignoreAbsence);
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-all",
      "--unstable-detect-cjs",
      join(directory, "script", "install.js"),
      "--onnxruntime-node-install=cuda12",
    ],
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn().status;
  if (success) {
    for (const path of paths) await Deno.remove(`${path}.aside`).catch(ignoreAbsence);
    return;
  }
  for (const path of paths) await Deno.rename(`${path}.aside`, path).catch(ignoreAbsence);
  throw new FailureError(
    "The install script of onnxruntime-node could not bring the CUDA 12 provider, for the reason above; with no " +
      "network here bring its files from another machine, or update the driver to 580 or newer for CUDA 13.",
    { kind: "no-network" },
  );
}
