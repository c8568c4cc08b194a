/** Everything that a CUDA machine without a network needs, in files of a limited size. */
import { join } from "node:path";
import { writeAtomically } from "../../../disk/atomic_write.ts";
import { installCuda, type InstallCudaOptions } from "../install.ts";
import { archive, type Compression, compressions } from "./archive.ts";
import { checksumLines, type Piece } from "./pieces.ts";
import { stageBundle } from "./stage.ts";

/** Options of `bundleCuda`. */
export interface BundleOptions extends Omit<InstallCudaOptions, "useSystemLibraries"> {
  /** Where the pieces and `SHA256SUMS` go; made if missing. */
  readonly output: string;
  /** The most bytes of a piece. */
  readonly pieceSize: number;
  readonly compression: Compression;
  /** The Deno to include. @default the one that runs this */
  readonly deno?: string;
}

/** A bundle on disk. */
export interface Bundle {
  readonly pieces: readonly Piece[];
  /** The shell command that unpacks it into the folder `pinfield`. */
  readonly unpack: string;
}

const bundleName = "pinfield";

/**
 * Installs the CUDA provider with all its libraries into the workspace and packs that, the npm packages and Deno
 * itself. The driver is the machine's own and never packed.
 *
 * @throws {FailureError} if something cannot be had or the disk is full; no piece is then left
 */
export async function bundleCuda(
  { output, pieceSize, compression, deno = Deno.execPath(), ...install }: BundleOptions,
): Promise<Bundle> {
  const { project, report } = install;
  await installCuda({ ...install, useSystemLibraries: false });
  const work = join(project, ".cache", "bundle");
  await Deno.remove(work, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  try {
    report("Laying out the bundle");
    await stageBundle(project, join(work, bundleName), deno, output);
    report("Packing");
    await Deno.mkdir(output, { recursive: true });
    const pieces = await archive({ directory: work, name: bundleName, output, compression, pieceSize });
    await writeAtomically(join(output, "SHA256SUMS"), checksumLines(pieces));
    const { suffix, unpack } = compressions[compression];
    return { pieces, unpack: `cat ${bundleName}.${suffix}.* | tar --extract ${unpack}` };
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}
