/** Packs this workspace for a CUDA machine without a network. */
import { resolve } from "node:path";
import { UsageError } from "../models/errors.ts";
import { type Compression, compressions } from "../models/runtime/cuda/bundle/archive.ts";
import { bundleCuda } from "../models/runtime/cuda/bundle/bundle.ts";
import { parseByteSize } from "../models/runtime/cuda/bundle/byte_size.ts";
import { projectDirectory } from "../models/runtime/cuda/layout.ts";
import { cudaReleases } from "../models/runtime/cuda/releases.ts";
import { runCommand } from "./command/command.ts";

function isCompression(name: string): name is Compression {
  return name in compressions;
}

async function checkOutput(operands: readonly string[]): Promise<string> {
  if (operands.length !== 1) {
    throw new UsageError("name one folder for the bundle, as in `deno task bundle-cuda bundle`.");
  }
  const output = resolve(operands[0]);
  try {
    for await (const { name } of Deno.readDir(output)) {
      throw new UsageError(`${output} already holds ${name}; name a new or empty folder.`);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return output;
}

await runCommand({
  name: "bundle-cuda",
  operands: "OUT",
  summary:
    `Packs Deno, the npm packages, the CUDA ${
      cudaReleases[0].major
    } provider with its libraries and this project into files in OUT ` +
    `that run on a Linux machine with an NVIDIA driver (${cudaReleases[0].oldestDriver} or newer) and nothing else.`,
  options: {
    "piece-size": { value: "SIZE", help: "the most that a file may hold (default: 48MiB)" },
    compression: { value: "NAME", help: `${Object.keys(compressions).join(" or ")} (default: gzip)` },
    offline: { value: "DIR", help: "take the CUDA downloads from this folder and nothing from the network" },
  },
  advice: { "no-network": "--offline names the folder that holds it" },
  async run(given) {
    const compression = given.text("compression") ?? "gzip";
    if (!isCompression(compression)) {
      throw new UsageError(`--compression must be ${Object.keys(compressions).join(" or ")}, got ${compression}.`);
    }
    const output = await checkOutput(given.operands);
    const { pieces, unpack } = await bundleCuda({
      project: projectDirectory,
      release: cudaReleases[0],
      output,
      compression,
      pieceSize: parseByteSize(given.text("piece-size") ?? "48MiB"),
      offline: given.text("offline"),
      report: console.log,
    });
    const megabytes = pieces.reduce((sum, { size }) => sum + size, 0) / 1e6;
    console.log(
      `${pieces.length} files, ${megabytes.toFixed(0)} MB, in ${output}. On the other machine, in that folder:`,
    );
    console.log(`  sha256sum --check SHA256SUMS && ${unpack}`);
    console.log("  cd pinfield && ./deno task doctor");
  },
});
