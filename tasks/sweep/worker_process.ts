/** A worker process as the sweep holds it. */
import { denoCommand } from "./deno_command.ts";
import { lines } from "./worker_lines.ts";
import type { Outcome, Progress, Reply, Request, WorkerSettings } from "./worker_messages.ts";

/** A worker process: it answers one request after another. */
export interface WorkerProcess {
  /**
   * Asks for something.
   *
   * @returns undefined if the process ended before it answered
   */
  ask(request: Request, report?: (progress: Progress) => void): Promise<Outcome | undefined>;
  /** Asks it to end, after the steps that are running; what is asked now or later comes back as stopped. */
  stop(): Promise<void>;
  /** What it last wrote to standard error, for the reason of its end. */
  lastWords(): string;
}

/** Starts a worker. */
export function startWorker(settings: WorkerSettings): WorkerProcess {
  const [program, args] = denoCommand("worker.ts", JSON.stringify(settings));
  const child = new Deno.Command(program, { args, stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
  const input = child.stdin.getWriter();
  const replies = lines(child.stdout);
  let stopping = false;
  let words = "";
  const reading = (async () => {
    for await (const line of lines(child.stderr)) words = `${words}${line}\n`.slice(-2000);
  })();
  return {
    async ask(request, report) {
      if (stopping) return { stopped: true };
      try {
        await input.write(new TextEncoder().encode(`${JSON.stringify(request)}\n`));
      } catch {
        // The process is gone, which its output tells too.
      }
      for (let next = await replies.next(); !next.done; next = await replies.next()) {
        const reply = JSON.parse(next.value) as Reply;
        if ("outcome" in reply) return reply.outcome;
        report?.(reply.progress);
      }
      return stopping ? { stopped: true } : undefined;
    },
    async stop() {
      stopping = true;
      await input.close().catch(() => undefined);
      await child.status;
      await reading;
    },
    lastWords: () => words.trim(),
  };
}
