/** Makes this workspace able to train on an NVIDIA GPU. */
import { UsageError } from "../models/errors.ts";
import { readDriver } from "../models/runtime/cuda/driver.ts";
import { installCuda } from "../models/runtime/cuda/install.ts";
import { projectDirectory } from "../models/runtime/cuda/layout.ts";
import { type CudaRelease, cudaReleases, releaseForDriver } from "../models/runtime/cuda/releases.ts";
import { runCommand } from "./command/command.ts";

function chosenRelease(asked: string | undefined): CudaRelease {
  if (asked === undefined) {
    const driver = readDriver();
    const release = releaseForDriver(driver.cuda);
    console.log(`The driver runs CUDA ${driver.cuda}; installing for CUDA ${release.major}.`);
    return release;
  }
  const release = cudaReleases.find(({ major }) => String(major) === asked);
  if (release !== undefined) return release;
  throw new UsageError(`--cuda must be ${cudaReleases.map(({ major }) => major).join(" or ")}, got ${asked}.`);
}

await runCommand({
  name: "setup-cuda",
  summary:
    "Installs ONNX Runtime's CUDA provider and the CUDA libraries that are missing into .cache/cuda, verified; " +
    "about 0.7 GB to fetch and 1 GB to keep. The driver must be there already.",
  options: {
    cuda: {
      value: "MAJOR",
      help: "install for this CUDA release, 12 or 13, also without a driver (default: what the driver runs)",
    },
    offline: { value: "DIR", help: "take the downloads from this folder and nothing from the network" },
  },
  advice: { "no-network": "--offline names the folder that holds it" },
  async run(given) {
    const release = chosenRelease(given.text("cuda"));
    const { libraries, systemLibraries } = await installCuda({
      project: projectDirectory,
      release,
      useSystemLibraries: true,
      offline: given.text("offline"),
      report: console.log,
    });
    console.log(
      `CUDA ${release.major} is ready: ${libraries.length} libraries from .cache/cuda, ${systemLibraries.length} from the system. ` +
        "Try `deno task doctor`, then --device cuda.",
    );
  },
});
