import { join } from "node:path";
import { type CudaRelease, providerFiles, type Wheel } from "../../../../models/runtime/cuda/releases.ts";
import { fakeLibrary } from "./fake_library.ts";
import { fakeWheel } from "./fake_wheel.ts";

/** A workspace with a fake onnxruntime-node, and the fake wheels of a CUDA release. */
export interface FakeProject {
  readonly project: string;
  readonly wheels: string;
  readonly release: CudaRelease;
  /** Where ONNX Runtime's library would be. */
  readonly runtime: string;
}

/** Names of the libraries of the fake release. */
export const fakeLibraries = ["libfake_one.so.13", "libfake_two.so.13", "libfake_three.so.10"] as const;

/**
 * Makes a workspace. The provider needs three libraries out of two wheels, the system's libm and the driver.
 *
 * @param directory an empty folder
 * @param moreNeeded further libraries that the provider needs
 */
export async function fakeProject(directory: string, moreNeeded: readonly string[] = []): Promise<FakeProject> {
  const project = join(directory, "project");
  const wheels = join(directory, "wheels");
  const packageDirectory = join(project, "node_modules", "onnxruntime-node");
  const runtime = join(packageDirectory, "bin", "napi-v6", "linux", "x64");
  await Deno.mkdir(runtime, { recursive: true });
  await Deno.mkdir(wheels);
  await Deno.writeTextFile(
    join(packageDirectory, "package.json"),
    JSON.stringify({ version: "7.0.0" }),
  );
  const [one, two, three] = fakeLibraries;
  const [shared, cuda] = providerFiles;
  const needed = [one, two, three, "libcuda.so.1", "libm.so.6", ...moreNeeded];
  const provider = await fakeWheel(wheels, "provider", {
    [`provider/capi/${shared}`]: fakeLibrary([], "shared"),
    [`provider/capi/${cuda}`]: fakeLibrary(needed),
    "provider/capi/other.so": fakeLibrary([], "other"),
  });
  const both: Wheel = await fakeWheel(wheels, "both", {
    [`nvidia/lib/${one}`]: fakeLibrary(["libm.so.6"], "one"),
    [`nvidia/lib/${two}`]: fakeLibrary([], "two"),
  });
  const single = await fakeWheel(wheels, "single", { [`nvidia/lib/${three}`]: fakeLibrary([], "three") });
  const release: CudaRelease = {
    major: 13,
    oldestDriver: "580",
    onnxruntime: "7.0.0",
    provider,
    libraries: { [one]: both, [two]: both, [three]: single },
  };
  return { project, wheels, release, runtime };
}

/** Runs a test with an empty folder that is gone afterwards. */
export async function inTemporaryDirectory(body: (directory: string) => Promise<void> | void): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "pinfield-cuda-" });
  try {
    await body(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}
