/** Everything that must be true before ONNX Runtime is asked for its CUDA provider. */
import { join } from "node:path";
import { FailureError } from "../../errors.ts";
import { type Driver, type DriverLibraries, readDriver } from "./driver.ts";
import { openLibrary } from "./dynamic_library.ts";
import { type Installation, readInstallation } from "./installation.ts";
import { cacheDirectory, findRuntimePackage, projectDirectory } from "./layout.ts";
import { cudaReleases, providerFiles } from "./releases.ts";

/** Options of `prepareCuda`. */
export interface PrepareCudaOptions {
  /** The folder that holds `.cache` and `node_modules`. @default this workspace */
  readonly project?: string;
  /** Where the driver's libraries are. @default where the system's loader finds them */
  readonly driverLibraries?: DriverLibraries;
}

const setupAgain = "run `deno task setup-cuda`";

function checkDriver({ cuda }: Installation, driver: Driver): void {
  if (Number(driver.cuda.split(".")[0]) >= cuda) return;
  const oldest = cudaReleases.find(({ major }) => major === cuda)?.oldestDriver;
  throw new FailureError(
    `The installed provider is built for CUDA ${cuda} and the NVIDIA driver runs CUDA up to ${driver.cuda}: ` +
      `update the driver to ${oldest} or newer, or ${setupAgain}.`,
  );
}

function checkProvider(project: string, { onnxruntime, provider }: Installation): void {
  const { version, libraries } = findRuntimePackage(project);
  if (version !== onnxruntime) {
    throw new FailureError(
      `The installed CUDA provider is for onnxruntime-node ${onnxruntime}, not ${version}: ${setupAgain}.`,
    );
  }
  for (const name of providerFiles) {
    try {
      // Setup links the two; an unpacked or copied workspace has two files of one content, which the size tells.
      const installed = Deno.statSync(join(cacheDirectory(project), provider, name));
      if (Deno.statSync(join(libraries, name)).size === installed.size) continue;
    } catch (cause) {
      if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    }
    throw new FailureError(`The installed ${name} is not beside ONNX Runtime's library: ${setupAgain}.`);
  }
}

/**
 * Opens the libraries. The provider names them without a path, and the loader takes what is already open under that
 * name; so neither LD_LIBRARY_PATH nor a system-wide CUDA is needed. They stay open.
 */
function openLibraries(project: string, { libraries, systemLibraries }: Installation): void {
  for (const name of [...systemLibraries, ...libraries.map((path) => join(cacheDirectory(project), path))]) {
    try {
      openLibrary(name, {});
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      throw new FailureError(`A CUDA library cannot be loaded (${error.message}): ${setupAgain}.`, { cause: error });
    }
  }
}

/**
 * Makes the CUDA provider loadable in this process; to be called before a session is asked for it. ONNX Runtime's own
 * words are "Failed to load shared library", whatever is wrong; here every cause has its own.
 *
 * @returns the driver and its GPUs
 * @throws {FailureError} saying what is missing and what to do: no driver, no GPU, a driver too old, no provider, a
 * provider of another version, a library that does not load
 * @example
 * ```ts ignore
 * import { prepareCuda } from "./prepare.ts";
 * const { gpus } = prepareCuda();
 * console.log(`training on ${gpus[0].name}`);
 * ```
 */
export function prepareCuda({ project = projectDirectory, driverLibraries }: PrepareCudaOptions = {}): Driver {
  findRuntimePackage(project);
  const driver = readDriver(driverLibraries);
  const installation = readInstallation(project);
  checkDriver(installation, driver);
  checkProvider(project, installation);
  openLibraries(project, installation);
  return driver;
}
