/** What `deno task setup-cuda` has installed, as kept in `.cache/cuda/installation.json`. */
import { join } from "node:path";
import { z } from "zod";
import { FailureError } from "../../errors.ts";
import { cacheDirectory } from "./layout.ts";

const installationSchema = z.strictObject({
  /** The version of onnxruntime-node that the provider belongs to. */
  onnxruntime: z.string(),
  /** The major version of CUDA. */
  cuda: z.union([z.literal(12), z.literal(13)]),
  /** The folder of the provider, relative to the cache. */
  provider: z.string(),
  /** The CUDA libraries, relative to the cache. */
  libraries: z.array(z.string()),
  /** Names of the CUDA libraries that the system has itself. */
  systemLibraries: z.array(z.string()),
});

/** A CUDA provider and all that it needs, short of the driver. Paths are relative to the cache. */
export type Installation = Readonly<z.infer<typeof installationSchema>>;

/** The file that says what is installed; written last, so that it never names what is not there. */
export function installationPath(project: string): string {
  return join(cacheDirectory(project), "installation.json");
}

/**
 * Reads what is installed.
 *
 * @param project the folder of the workspace
 * @throws {FailureError} if nothing is, or the file is broken
 */
export function readInstallation(project: string): Installation {
  const path = installationPath(project);
  try {
    return installationSchema.parse(JSON.parse(Deno.readTextFileSync(path)));
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) {
      throw new FailureError("The CUDA provider is not installed: run `deno task setup-cuda`.", { cause });
    }
    if (!(cause instanceof SyntaxError || cause instanceof z.ZodError)) throw cause;
    throw new FailureError(`${path} is broken: run \`deno task setup-cuda\`.`, { cause });
  }
}
