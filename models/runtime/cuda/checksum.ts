import { createHash } from "node:crypto";

/**
 * The SHA-256 of a file, read as a stream.
 *
 * @returns 64 hexadecimal digits
 */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  for await (const chunk of file.readable) hash.update(chunk);
  return hash.digest("hex");
}
