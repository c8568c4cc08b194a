import { assertEquals, assertStringIncludes } from "@std/assert";
import { inFolder, runTask } from "./run_task.ts";

function hasDriver(): boolean {
  try {
    Deno.dlopen("libcuda.so.1", {}).close();
    return true;
  } catch {
    return false;
  }
}

Deno.test({
  name: "setup-cuda says that there is no driver and changes nothing",
  ignore: hasDriver(),
  fn: () =>
    inFolder(async (folder) => {
      const { code, output, errors } = await runTask("setup-cuda", folder);
      assertEquals(code, 1);
      assertStringIncludes(errors, "setup-cuda: No NVIDIA driver was found (");
      assertEquals(errors.trimEnd().split("\n").length, 1);
      assertEquals(output, "");
      assertEquals(Array.from(Deno.readDirSync(folder)), []);
    }),
});

Deno.test("setup-cuda knows two releases", () =>
  inFolder(async (folder) => {
    const { code, errors } = await runTask("setup-cuda", folder, "--cuda", "11");
    assertEquals(code, 2);
    assertEquals(errors, "setup-cuda: --cuda must be 13 or 12, got 11.\n");
  }));
