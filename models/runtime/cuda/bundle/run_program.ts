import { FailureError } from "../../../errors.ts";

/**
 * Runs a program to its end; what it writes to its error stream goes to the terminal.
 *
 * @param program name or path
 * @param args its arguments
 * @param options where it runs, and its environment in place of this process's own
 * @throws {FailureError} if it is not there or does not succeed
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<void> {
  let child;
  try {
    child = new Deno.Command(program, {
      args: [...args],
      cwd,
      ...(env !== undefined && { env, clearEnv: true }),
      stdin: "null",
      stdout: "null",
      stderr: "inherit",
    }).spawn();
  } catch (cause) {
    throw new FailureError(`${program} cannot be run: ${cause instanceof Error ? cause.message : cause}.`, { cause });
  }
  const { success, code } = await child.status;
  if (!success) {
    throw new FailureError(`\`${program} ${args[0]}\` failed with exit code ${code}, for the reason above.`);
  }
}
