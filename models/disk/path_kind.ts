/**
 * What is at a path.
 *
 * @returns `undefined` where nothing is
 */
export async function pathKind(path: string): Promise<"directory" | "file" | undefined> {
  try {
    return (await Deno.stat(path)).isDirectory ? "directory" : "file";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}
