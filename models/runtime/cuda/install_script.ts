import { join } from "node:path";
import { FailureError } from "../../errors.ts";
import type { RuntimePackage } from "./layout.ts";

/**
 * Runs the install script of the npm package, which puts its CUDA 12 provider beside ONNX Runtime's library.
 *
 * @throws {FailureError} if the script fails; its own words are on the terminal
 */
export async function runInstallScript({ directory }: RuntimePackage): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", join(directory, "script", "install.js"), "--onnxruntime-node-install=cuda12"],
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn().status;
  if (success) return;
  throw new FailureError(
    "The install script of onnxruntime-node could not bring the CUDA 12 provider, for the reason above; with no " +
      "network here bring its files and name their folder with --offline, or update the driver to 580 or newer for CUDA 13.",
  );
}
