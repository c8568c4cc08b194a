import { join } from "node:path";
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runPython, skipWithoutPython } from "./python/run_python.ts";

const notebook = join(import.meta.dirname!, "../docs/superposition.ipynb");

Deno.test({
  name: "the notebook runs in Deno's kernel, and shows its figures",
  ignore: skipWithoutPython("nbclient", "nbformat"),
  async fn() {
    const cells: Record<string, string>[][] = JSON.parse(
      await runPython("run_notebook.py", notebook, Deno.execPath()),
    );
    const [pairs, counts, loss, noisy, comparison] = cells;
    for (const shown of [pairs, loss, noisy]) assertStringIncludes(shown.at(-1)!["image/svg+xml"], "<svg ");
    assertMatch(String(counts), /^\d+ of 8192 entries of S are not zero/);
    // The text says that the one has frozen and the other has not.
    const frozen = Array.from(String(comparison).matchAll(/: (\d+) weights are frozen/g), ([, count]) => Number(count));
    assertEquals(frozen.map((count) => count > 0), [true, false]);
  },
});
