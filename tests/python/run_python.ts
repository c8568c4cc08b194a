import { fileURLToPath } from "node:url";

const python = "python3";

/**
 * Whether a test that needs modules of Python is to be skipped: Python may not be run here, or lacks one of them. With
 * PINFIELD_REQUIRE_PYTHON=1 in the environment nothing is skipped, so that where the modules ought to be, as in CI, their
 * absence is a failure.
 *
 * @param modules as in Python's `import`
 */
export function skipWithoutPython(...modules: string[]): boolean {
  return Deno.env.get("PINFIELD_REQUIRE_PYTHON") !== "1" && lacksPython(...modules);
}

/** The same for modules that nobody is asked to have, such as PyTorch: their absence never is a failure. */
export function lacksPython(...modules: string[]): boolean {
  if (Deno.permissions.querySync({ name: "run", command: python }).state !== "granted") return true;
  try {
    return !new Deno.Command(python, { args: ["-c", `import ${modules.join(", ")}`] }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true;
    throw error;
  }
}

/**
 * Runs a script of this folder.
 *
 * @returns what it printed
 * @throws {Error} with what it printed as errors when it fails
 */
export async function runPython(script: string, ...parameters: string[]): Promise<string> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { success, stdout, stderr } = await new Deno.Command(python, { args: [path, ...parameters] }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`python3 ${script}: ${decoder.decode(stderr)}`);
  return decoder.decode(stdout);
}
