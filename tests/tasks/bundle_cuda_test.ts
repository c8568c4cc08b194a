import { assertEquals, assertStringIncludes } from "@std/assert";
import { inFolder, runTask } from "./run_task.ts";

async function refusal(folder: string, ...words: string[]): Promise<string> {
  const { code, output, errors } = await runTask("bundle-cuda", folder, ...words);
  assertEquals(output, "");
  assertEquals(code, 2);
  return errors;
}

Deno.test("bundle-cuda checks its command line before it does anything", () =>
  inFolder(async (folder) => {
    assertStringIncludes(await refusal(folder), "name one folder for the bundle");
    assertStringIncludes(await refusal(folder, "out", "--compression", "rar"), "must be gzip or zstd, got rar");
    assertStringIncludes(await refusal(folder, "out", "--piece-size", "48"), `like 48MiB or 1GB`);
    assertEquals(Array.from(Deno.readDirSync(folder)), []);
  }));

Deno.test("bundle-cuda writes into an empty folder only", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/out`);
    await Deno.writeTextFile(`${folder}/out/mine.txt`, "mine");
    assertStringIncludes(await refusal(folder, "out"), "already holds mine.txt; name a new or empty folder");
  }));
