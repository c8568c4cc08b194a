/** What runs ONNX Runtime's graphs on an NVIDIA GPU: one entry a CUDA release, every download pinned by its hash. */
import { FailureError } from "../../errors.ts";

/** A file of the Python package index that holds shared libraries. No Python code of it runs. */
export interface Wheel {
  readonly project: string;
  readonly version: string;
  readonly file: string;
  /** Of the whole file, in hexadecimal. */
  readonly sha256: string;
}

/** A CUDA release that onnxruntime-node has an execution provider for. */
export interface CudaRelease {
  readonly major: 12 | 13;
  /** The oldest driver that runs it (NVIDIA's table of minor-version compatibility). */
  readonly oldestDriver: string;
  /** The version of onnxruntime-node that the provider belongs to. */
  readonly onnxruntime: string;
  /** Where the provider comes from: a wheel, or the install script of the npm package. */
  readonly provider: Wheel | "install script";
  /** The wheel of every CUDA library that a provider may be linked with, by the name it is linked under. */
  readonly libraries: Readonly<Record<string, Wheel>>;
}

/** The provider, and what it needs of ONNX Runtime; both stand beside `libonnxruntime.so.1`. */
export const providerFiles = ["libonnxruntime_providers_shared.so", "libonnxruntime_providers_cuda.so"] as const;

const cublas13: Wheel = {
  project: "nvidia-cublas",
  version: "13.0.2.14",
  file: "nvidia_cublas-13.0.2.14-py3-none-manylinux_2_27_x86_64.whl",
  sha256: "0cf238ffdbe46c00cb9aa98e7bca745c223a5ca5a53e686ac8b3e5a08fe80d6c",
};

const cublas12: Wheel = {
  project: "nvidia-cublas-cu12",
  version: "12.8.4.1",
  file: "nvidia_cublas_cu12-12.8.4.1-py3-none-manylinux_2_27_x86_64.whl",
  sha256: "8ac4e771d5a348c551b2a426eda6193c19aa630236b418086020df5ba9667142",
};

/** Newest first. */
export const cudaReleases: readonly CudaRelease[] = [
  {
    major: 13,
    oldestDriver: "580",
    onnxruntime: "1.30.0",
    provider: {
      project: "onnxruntime-gpu",
      version: "1.30.0",
      file: "onnxruntime_gpu-1.30.0-cp312-cp312-manylinux_2_28_x86_64.whl",
      sha256: "6acc0f4b3d5ac5f2984432faa59dd8fcce6775f8b43a7140afa0f322c7a703b1",
    },
    libraries: {
      "libcublas.so.13": cublas13,
      "libcublasLt.so.13": cublas13,
      "libcurand.so.10": {
        project: "nvidia-curand",
        version: "10.4.0.35",
        file: "nvidia_curand-10.4.0.35-py3-none-manylinux_2_27_x86_64.whl",
        sha256: "1aee33a5da6e1db083fe2b90082def8915f30f3248d5896bcec36a579d941bfc",
      },
      "libcudart.so.13": {
        project: "nvidia-cuda-runtime",
        version: "13.0.96",
        file: "nvidia_cuda_runtime-13.0.96-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
        sha256: "7f82250d7782aa23b6cfe765ecc7db554bd3c2870c43f3d1821f1d18aebf0548",
      },
    },
  },
  {
    major: 12,
    oldestDriver: "525",
    onnxruntime: "1.30.0",
    provider: "install script",
    libraries: {
      "libcublas.so.12": cublas12,
      "libcublasLt.so.12": cublas12,
      "libcurand.so.10": {
        project: "nvidia-curand-cu12",
        version: "10.3.9.90",
        file: "nvidia_curand_cu12-10.3.9.90-py3-none-manylinux_2_27_x86_64.whl",
        sha256: "b32331d4f4df5d6eefa0554c565b626c7216f87a06a4f56fab27c3b68a830ec9",
      },
      "libcudart.so.12": {
        project: "nvidia-cuda-runtime-cu12",
        version: "12.8.90",
        file: "nvidia_cuda_runtime_cu12-12.8.90-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
        sha256: "adade8dcbd0edf427b7204d480d6066d33902cab2a4707dcfc48a2d0fd44ab90",
      },
      "libcufft.so.11": {
        project: "nvidia-cufft-cu12",
        version: "11.3.3.83",
        file: "nvidia_cufft_cu12-11.3.3.83-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
        sha256: "4d2dd21ec0b88cf61b62e6b43564355e5222e4a3fb394cac0db101f2dd0d4f74",
      },
    },
  },
];

/**
 * The newest release that a driver runs.
 *
 * @param driver the newest CUDA version of the driver, such as "12.8"
 * @throws {FailureError} if the driver is older than every release
 */
export function releaseForDriver(driver: string): CudaRelease {
  const major = Number(driver.split(".")[0]);
  const release = cudaReleases.find((candidate) => candidate.major <= major);
  if (release !== undefined) return release;
  const oldest = cudaReleases[cudaReleases.length - 1];
  throw new FailureError(
    `The NVIDIA driver runs CUDA up to ${driver} but at least CUDA ${oldest.major} is needed: update the driver to ` +
      `${oldest.oldestDriver} or newer (${cudaReleases[0].oldestDriver} for CUDA ${cudaReleases[0].major}).`,
  );
}
