/** The NVIDIA driver of this machine and the GPUs that it shows, asked through its own libraries. */
import { FailureError } from "../../errors.ts";
import { openLibrary } from "./dynamic_library.ts";

/** A GPU as the driver describes it. */
export interface Gpu {
  readonly name: string;
  /** All of the GPU's memory, in bytes. */
  readonly memory: number;
  /** Such as "9.0". */
  readonly computeCapability: string;
}

/** The driver and its GPUs, in the driver's order: the first one is device 0. */
export interface Driver {
  /** The newest CUDA version that the driver runs, such as "13.0". */
  readonly cuda: string;
  /** The driver's own version, such as "580.95.05"; undefined where the management library is not installed. */
  readonly version: string | undefined;
  readonly gpus: readonly Gpu[];
}

/** Where the driver's two libraries are; names are resolved by the system's loader. */
export interface DriverLibraries {
  /** @default "libcuda.so.1" */
  readonly cuda?: string;
  /** @default "libnvidia-ml.so.1" */
  readonly management?: string;
}

// The part of the CUDA driver API (cuda.h) that tells what is there; every function returns a CUresult, 0 for success.
const cudaSymbols = {
  cuInit: { parameters: ["u32"], result: "i32" },
  cuGetErrorString: { parameters: ["i32", "buffer"], result: "i32" },
  cuDriverGetVersion: { parameters: ["buffer"], result: "i32" },
  cuDeviceGetCount: { parameters: ["buffer"], result: "i32" },
  cuDeviceGet: { parameters: ["buffer", "i32"], result: "i32" },
  cuDeviceGetName: { parameters: ["buffer", "i32", "i32"], result: "i32" },
  cuDeviceTotalMem_v2: { parameters: ["buffer", "i32"], result: "i32" },
  cuDeviceGetAttribute: { parameters: ["buffer", "i32", "i32"], result: "i32" },
} as const;

const managementSymbols = {
  nvmlInit_v2: { parameters: [], result: "i32" },
  nvmlSystemGetDriverVersion: { parameters: ["buffer", "u32"], result: "i32" },
  nvmlShutdown: { parameters: [], result: "i32" },
} as const;

type CudaLibrary = Deno.DynamicLibrary<typeof cudaSymbols>;

// CUdevice_attribute in cuda.h.
const computeCapabilityMajor = 75;
const computeCapabilityMinor = 76;

const nameBytes = 256;

function cString(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(bytes.subarray(0, end < 0 ? bytes.length : end));
}

function errorWords({ symbols }: CudaLibrary, code: number): string {
  const address = new BigUint64Array(1);
  if (symbols.cuGetErrorString(code, address) !== 0) return "unknown error";
  const pointer = Deno.UnsafePointer.create(address[0]);
  return pointer === null ? "unknown error" : Deno.UnsafePointerView.getCString(pointer);
}

function insist(library: CudaLibrary, code: number, what: string): void {
  if (code === 0) return;
  throw new FailureError(
    `The NVIDIA driver is installed but ${what} fails with error ${code}, ${errorWords(library, code)}: check that ` +
      `\`nvidia-smi\` lists a GPU, that CUDA_VISIBLE_DEVICES does not hide it, and that the driver was not updated since the last restart.`,
  );
}

function readGpu(library: CudaLibrary, ordinal: number): Gpu {
  const { symbols } = library;
  const device = new Int32Array(1);
  insist(library, symbols.cuDeviceGet(device, ordinal), "cuDeviceGet");
  const name = new Uint8Array(nameBytes);
  insist(library, symbols.cuDeviceGetName(name, nameBytes, device[0]), "cuDeviceGetName");
  const memory = new BigUint64Array(1);
  insist(library, symbols.cuDeviceTotalMem_v2(memory, device[0]), "cuDeviceTotalMem");
  const [major, minor] = [computeCapabilityMajor, computeCapabilityMinor].map((attribute) => {
    const value = new Int32Array(1);
    insist(library, symbols.cuDeviceGetAttribute(value, attribute, device[0]), "cuDeviceGetAttribute");
    return value[0];
  });
  return { name: cString(name), memory: Number(memory[0]), computeCapability: `${major}.${minor}` };
}

function readVersion(name: string): string | undefined {
  let library;
  try {
    library = openLibrary(name, managementSymbols);
  } catch (error) {
    if (error instanceof FailureError) return undefined;
    throw error;
  }
  try {
    const { nvmlInit_v2, nvmlSystemGetDriverVersion, nvmlShutdown } = library.symbols;
    if (nvmlInit_v2() !== 0) return undefined;
    const version = new Uint8Array(nameBytes);
    const code = nvmlSystemGetDriverVersion(version, nameBytes);
    nvmlShutdown();
    return code === 0 ? cString(version) : undefined;
  } finally {
    library.close();
  }
}

function openDriver(name: string): CudaLibrary {
  try {
    return openLibrary(name, cudaSymbols);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    throw new FailureError(
      `No NVIDIA driver was found (${error.message}); install the driver, or in a container pass the GPU through.`,
      { cause: error, kind: "no-cuda" },
    );
  }
}

/**
 * Asks the driver what it is and which GPUs it shows to this process.
 *
 * @param libraries where the driver's libraries are
 * @throws {FailureError} with the exact reason if there is no driver, no GPU, or the driver refuses
 * @example
 * ```ts ignore
 * import { readDriver } from "./driver.ts";
 * const { cuda, gpus: [gpu] } = readDriver();
 * console.log(`${gpu.name}, ${gpu.memory / 2 ** 30} GiB, CUDA ${cuda}`);
 * ```
 */
export function readDriver(
  { cuda = "libcuda.so.1", management = "libnvidia-ml.so.1" }: DriverLibraries = {},
): Driver {
  // Never closed: the driver keeps threads of its own, and ONNX Runtime opens the same library next.
  const library = openDriver(cuda);
  const { symbols } = library;
  insist(library, symbols.cuInit(0), "cuInit");
  const number = new Int32Array(1);
  insist(library, symbols.cuDriverGetVersion(number), "cuDriverGetVersion");
  // 13000 stands for 13.0, 12080 for 12.8.
  const version = `${Math.floor(number[0] / 1000)}.${Math.floor(number[0] % 1000 / 10)}`;
  insist(library, symbols.cuDeviceGetCount(number), "cuDeviceGetCount");
  if (number[0] === 0) {
    throw new FailureError("The NVIDIA driver shows no GPU to this process; check CUDA_VISIBLE_DEVICES.");
  }
  const gpus = Array.from({ length: number[0] }, (_, ordinal) => readGpu(library, ordinal));
  return { cuda: version, version: readVersion(management), gpus };
}
