/** Where the CUDA provider and its libraries are kept, and where ONNX Runtime looks for them. */
import { join, resolve } from "node:path";
import { FailureError } from "../../errors.ts";

/** The folder of this workspace; where this file came from the web, the one that the program is run in. */
export const projectDirectory: string = import.meta.dirname === undefined
  ? "."
  : resolve(import.meta.dirname, "../../..");

/** The downloaded libraries, a folder for each source, and `installation.json`. */
export function cacheDirectory(project: string): string {
  return join(project, ".cache", "cuda");
}

/** onnxruntime-node as npm installed it. */
export interface RuntimePackage {
  readonly version: string;
  readonly directory: string;
  /** Holds `libonnxruntime.so.1`; it loads its providers from there and from nowhere else. */
  readonly libraries: string;
}

/**
 * Finds onnxruntime-node.
 *
 * @param project the folder that holds `node_modules`
 * @throws {FailureError} if it is not installed, or has no CUDA provider for this kind of machine
 */
export function findRuntimePackage(project: string): RuntimePackage {
  const { os, arch } = Deno.build;
  if (os !== "linux" || arch !== "x86_64") {
    throw new FailureError(`CUDA needs Linux on x86_64 and this is ${os} on ${arch}.`, { kind: "no-cuda" });
  }
  try {
    const directory = Deno.realPathSync(join(project, "node_modules", "onnxruntime-node"));
    const { version } = JSON.parse(Deno.readTextFileSync(join(directory, "package.json")));
    return { version, directory, libraries: join(directory, "bin", "napi-v6", "linux", "x64") };
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new FailureError(`onnxruntime-node is not installed in ${project}; run \`deno install\` there.`, { cause });
  }
}
