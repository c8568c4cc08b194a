import { join } from "node:path";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { plantedRun } from "../figures/planted_run.ts";
import { inFolder, runTask } from "./run_task.ts";

Deno.test("figures draws all runs, their pages and the page that compares them", async () => {
  await inFolder(async (folder) => {
    const runs = join(folder, "runs");
    await Deno.mkdir(runs);
    const [first, second] = [await plantedRun(runs, "first"), await plantedRun(runs, "second")];
    const { code, output, errors } = await runTask("figures", folder);
    assertEquals([code, errors], [0, ""]);
    for (const run of [first, second]) {
      for (const file of ["figures/headline.svg", "figures/movie.svg", "movie.html", "index.html"]) {
        assert(await run.has(file), file);
      }
    }
    assertStringIncludes(output, join("runs", "index.html"));
    assertStringIncludes(await Deno.readTextFile(join(runs, "index.html")), "<option>second</option>");
  });
});

Deno.test("figures says what to do where there is no run", async () => {
  await inFolder(async (folder) => {
    const { code, errors } = await runTask("figures", folder);
    assertEquals(code, 2);
    assertStringIncludes(errors, "deno task train-superposition");
  });
});

Deno.test({
  name: "figures --open hands the page to the system's opener, and says so where that fails",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await inFolder(async (folder) => {
      const runs = join(folder, "runs");
      await Deno.mkdir(runs);
      await plantedRun(runs, "first");
      const [bin, opened] = [join(folder, "bin"), join(folder, "opened")];
      await Deno.mkdir(bin);
      const path = Deno.env.get("PATH")!;
      Deno.env.set("PATH", `${bin}:${path}`);
      try {
        await Deno.writeTextFile(join(bin, "xdg-open"), `#!/bin/sh\necho "$1" > ${opened}\n`, { mode: 0o755 });
        const { code, errors } = await runTask("figures", folder, "--open", "first");
        assertEquals([code, errors], [0, ""]);
        assertEquals(
          (await Deno.readTextFile(opened)).trim(),
          join(await Deno.realPath(runs), "first", "index.html"),
        );
        await Deno.writeTextFile(join(bin, "xdg-open"), "#!/bin/sh\nexit 3\n", { mode: 0o755 });
        const failed = await runTask("figures", folder, "--open");
        assertEquals(failed.code, 1);
        assertStringIncludes(failed.errors, "in a browser");
      } finally {
        Deno.env.set("PATH", path);
      }
    });
  },
});
