/** Runs a task as a user does: in a process of its own, in a folder of its own. */

/** What a task printed and how it ended. */
export interface TaskResult {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

const project = new URL("../../", import.meta.url);
const { tasks } = JSON.parse(Deno.readTextFileSync(new URL("deno.json", project))) as { tasks: Record<string, string> };

/**
 * The command of a task with the permissions that deno.json gives it, to be run in `folder`; quiet, since Deno tells on the
 * first use of a package that it downloads it.
 */
export function taskCommand(task: string, folder: string, ...words: string[]): Deno.Command {
  const parts = tasks[task].split(" ").filter((part) => part !== "deno" && part !== "--quiet");
  const settings: Record<string, string> = { NO_COLOR: "1" };
  while (/^[A-Z_]+=/.test(parts[0])) {
    const [name, value] = parts.shift()!.split("=");
    settings[name] = value;
  }
  const script = new URL(parts.pop()!, project).pathname;
  const config = new URL("deno.json", project).pathname;
  const [subcommand, ...permissions] = parts;
  return new Deno.Command(Deno.execPath(), {
    args: [subcommand, "--quiet", "--no-prompt", `--config=${config}`, ...permissions, script, ...words],
    cwd: folder,
    stdout: "piped",
    stderr: "piped",
    env: settings,
  });
}

/** Runs a task to its end. */
export async function runTask(task: string, folder: string, ...words: string[]): Promise<TaskResult> {
  return readResult(await taskCommand(task, folder, ...words).output());
}

/** The output of a process as text. */
export function readResult({ code, stdout, stderr }: Deno.CommandOutput): TaskResult {
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, output: decode(stdout), errors: decode(stderr) };
}

/** Runs `body` in a temporary folder that is removed afterwards. */
export async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "pinfield-" });
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
