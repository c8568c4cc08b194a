/** Tests of what happens in a run directory. */
import { join } from "node:path";
import type { Config } from "../../../models/experiment/config.ts";
import { createRun } from "../../../models/run/create_run.ts";
import type { Run } from "../../../models/run/run.ts";

/** Registers a test that is given a new run in a temporary folder. */
export function runTest(config: Config, name: string, test: (run: Run) => Promise<void>): void {
  Deno.test(name, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await test(await createRun(join(folder, "tiny"), config));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
