import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Wheel } from "../../../../models/runtime/cuda/releases.ts";

/**
 * Writes a wheel into a folder.
 *
 * @param directory where it goes
 * @param project its name; the version is 1.0
 * @param members path within the wheel to content
 * @param recorded content to make the hashes in RECORD of, where it is not the members' own
 */
export async function fakeWheel(
  directory: string,
  project: string,
  members: Record<string, Uint8Array<ArrayBuffer>>,
  recorded: Record<string, Uint8Array> = members,
): Promise<Wheel> {
  const record = Object.entries(recorded).map(([path, content]) =>
    `${path},sha256=${createHash("sha256").update(content).digest("base64url")},${content.length}\n`
  );
  const zip = new ZipWriter(new Uint8ArrayWriter());
  for (const [path, content] of Object.entries(members)) await zip.add(path, new Uint8ArrayReader(content));
  const recordText = new TextEncoder().encode(record.join(""));
  await zip.add(`${project}-1.0.dist-info/RECORD`, new Uint8ArrayReader(recordText));
  const bytes = await zip.close();
  const file = `${project}-1.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`;
  await Deno.writeFile(join(directory, file), bytes);
  return { project, version: "1.0", file, sha256: createHash("sha256").update(bytes).digest("hex") };
}
