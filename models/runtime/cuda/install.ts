/** Brings the CUDA provider and its libraries, and puts them where ONNX Runtime finds them. */
import { join } from "node:path";
import { writeAtomically } from "../../disk/atomic_write.ts";
import { FailureError } from "../../errors.ts";
import { writeFailure } from "../../disk/write_failure.ts";
import { fileSha256 } from "./checksum.ts";
import { openLibrary } from "./dynamic_library.ts";
import { neededLibraries } from "./elf.ts";
import type { WheelSource } from "./fetch_wheel.ts";
import { type Installation, installationPath } from "./installation.ts";
import { cacheDirectory, findRuntimePackage, type RuntimePackage } from "./layout.ts";
import { cacheWheel, isComplete, recordContents, wheelFolder } from "./library_cache.ts";
import { type CudaRelease, providerFiles, type Wheel } from "./releases.ts";
import { runInstallScript } from "./install_script.ts";

/** Options of `installCuda`. */
export interface InstallCudaOptions extends Omit<WheelSource, "downloads"> {
  /** The folder that holds `node_modules` and gets `.cache`. */
  readonly project: string;
  /** What to install. */
  readonly release: CudaRelease;
  /** Whether a CUDA library that the system has is used instead of a download. */
  readonly useSystemLibraries: boolean;
}

/** The driver comes with the machine, never from here. */
const driverLibrary = "libcuda.so.1";

function loads(name: string): boolean {
  try {
    openLibrary(name, {}).close();
    return true;
  } catch (error) {
    if (error instanceof FailureError) return false;
    throw error;
  }
}

async function copyProvider(from: string, directory: string): Promise<void> {
  for (const name of providerFiles) {
    try {
      await Deno.copyFile(join(from, name), join(directory, name));
    } catch (cause) {
      if (!(cause instanceof Deno.errors.NotFound)) throw writeFailure(join(directory, name), cause);
      throw new FailureError(
        `${join(from, name)} is missing; install for CUDA 12 on a machine with a network and bring the two ` +
          `libonnxruntime_providers files of its .cache/cuda here.`,
        { cause },
      );
    }
  }
}

/** The CUDA 12 provider has no published hash; what is recorded guards against later damage only. */
async function cacheScriptProvider(
  cache: string,
  runtime: RuntimePackage,
  { offline, report }: WheelSource,
): Promise<string> {
  const folder = `onnxruntime-node-${runtime.version}-cuda12`;
  const directory = join(cache, folder);
  if (await isComplete(directory, providerFiles)) {
    report(`Verified ${folder}: ${providerFiles.join(", ")}`);
    return folder;
  }
  await Deno.mkdir(directory, { recursive: true });
  if (offline === undefined) {
    report("Running the install script of onnxruntime-node for CUDA 12");
    await runInstallScript(runtime);
    await copyProvider(runtime.libraries, directory);
  } else {
    await copyProvider(offline, directory);
  }
  const files = providerFiles.map(async (name) => ({ name, sha256: await fileSha256(join(directory, name)) }));
  await recordContents(directory, await Promise.all(files));
  return folder;
}

async function cacheProvider(
  cache: string,
  runtime: RuntimePackage,
  { provider }: CudaRelease,
  source: WheelSource,
): Promise<string> {
  if (provider === "install script") return await cacheScriptProvider(cache, runtime, source);
  await cacheWheel(cache, provider, providerFiles, source);
  return wheelFolder(provider);
}

/** The wheels that hold the needed libraries, each with the libraries to take from it. */
function groupByWheel(names: readonly string[], { libraries }: CudaRelease): Map<Wheel, string[]> {
  return Map.groupBy(names, (name) => libraries[name]);
}

async function removeProvider({ libraries }: RuntimePackage): Promise<void> {
  for (const name of providerFiles) {
    await Deno.remove(join(libraries, name)).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}

/** Hard links take no space, and unlike symbolic ones need no permission beyond these two folders. */
async function placeProvider(directory: string, runtime: RuntimePackage): Promise<void> {
  await removeProvider(runtime);
  for (const name of providerFiles) await Deno.link(join(directory, name), join(runtime.libraries, name));
}

function checkVersion(release: CudaRelease, { version }: RuntimePackage): void {
  if (version === release.onnxruntime) return;
  throw new FailureError(
    `onnxruntime-node ${version} is installed and the pinned CUDA ${release.major} provider is for ` +
      `${release.onnxruntime}; install that version, or pin the new one in models/runtime/cuda/releases.ts.`,
  );
}

function checkKnown(names: readonly string[], release: CudaRelease): void {
  const unknown = names.find((name) => name !== driverLibrary && !(name in release.libraries) && !loads(name));
  if (unknown === undefined) return;
  throw new FailureError(
    `The CUDA ${release.major} provider needs ${unknown}, which this system has not and no pinned wheel holds; install it on the system.`,
  );
}

/**
 * Brings the CUDA provider of a release and the CUDA libraries that it is linked with, verifies them, and links the
 * provider beside ONNX Runtime's library. What is already there and intact is not fetched again; an interruption
 * leaves nothing that a second call would not put right.
 *
 * @returns what is installed; also kept in `.cache/cuda/installation.json`
 * @throws {FailureError} if something cannot be had, is not what was expected, or the disk is full
 */
export async function installCuda(
  { project, release, useSystemLibraries, ...wheels }: InstallCudaOptions,
): Promise<Installation> {
  const runtime = findRuntimePackage(project);
  checkVersion(release, runtime);
  const cache = cacheDirectory(project);
  const downloads = join(cache, "downloads");
  const source = { ...wheels, downloads };
  await Deno.mkdir(downloads, { recursive: true });

  const provider = await cacheProvider(cache, runtime, release, source);
  const needed = neededLibraries(join(cache, provider, "libonnxruntime_providers_cuda.so"));
  checkKnown(needed, release);
  const cuda = needed.filter((name) => name in release.libraries);
  const systemLibraries = useSystemLibraries ? cuda.filter(loads) : [];
  for (const name of systemLibraries) source.report(`Using the system's ${name}`);
  const wanted = cuda.filter((name) => !systemLibraries.includes(name));
  for (const [wheel, names] of groupByWheel(wanted, release)) await cacheWheel(cache, wheel, names, source);

  await placeProvider(join(cache, provider), runtime);
  const installation: Installation = {
    onnxruntime: runtime.version,
    cuda: release.major,
    provider,
    libraries: wanted.map((name) => join(wheelFolder(release.libraries[name]), name)),
    systemLibraries,
  };
  await writeAtomically(installationPath(project), `${JSON.stringify(installation, null, 2)}\n`);
  await Deno.remove(downloads, { recursive: true });
  return installation;
}
