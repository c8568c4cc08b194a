import { fileURLToPath } from "node:url";

/**
 * The command line that runs a module of this folder as a process of its own: this Deno, with what tasks that train may do.
 *
 * @param module such as `worker.ts`
 */
export function denoCommand(module: string, ...words: string[]): [program: string, words: string[]] {
  const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  return [Deno.execPath(), [
    ...["run", "--quiet", "--no-check", "--no-prompt", `--config=${path("../../deno.json")}`],
    ...["--allow-read", "--allow-write=runs", "--allow-env=LOG_TOKENS,LOG_STREAM", "--allow-sys=systemMemoryInfo"],
    "--allow-ffi",
    path(`./${module}`),
    ...words,
  ]];
}
