/** Shows a page to the user. */
import { resolve } from "node:path";
import { FailureError } from "../../models/errors.ts";

/** What opens a file in the program that the user has chosen for its kind, by operating system. */
const openers: Readonly<Partial<Record<typeof Deno.build.os, string>>> = { darwin: "open", windows: "explorer" };

/**
 * Opens a page in the user's browser.
 *
 * @param path of an HTML file
 * @throws {FailureError} if the system has nothing to open it with
 */
export async function openPage(path: string): Promise<void> {
  const opener = openers[Deno.build.os] ?? "xdg-open";
  const absolute = resolve(path);
  try {
    const { success } = await new Deno.Command(opener, { args: [absolute], stdout: "null", stderr: "null" }).output();
    // Explorer reports failure even when it opens the file.
    if (success || opener === "explorer") return;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable)) throw error;
  }
  throw new FailureError(`${opener} could not open the page; open ${absolute} in a browser.`);
}
