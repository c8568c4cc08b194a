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

Deno.test("figures leaves out runs that cannot be drawn, unless they are named", async () => {
  await inFolder(async (folder) => {
    const runs = join(folder, "runs");
    await Deno.mkdir(runs);
    await plantedRun(runs, "whole");
    const unfinished = await plantedRun(runs, "unfinished");
    await Deno.remove(unfinished.file("weights.safetensors"));
    const old = await plantedRun(runs, "old");
    await Deno.writeTextFile(old.file("config.yaml"), "width: 3\n", { append: true });
    await old.write("index.html", "");
    const { code, output, errors } = await runTask("figures", folder);
    assertEquals(code, 0, errors);
    assertStringIncludes(output, join("runs", "whole", "index.html"));
    assertEquals(errors.trimEnd().split("\n").map((line) => line.split(":")[0]), [
      "runs/old is not drawn",
      "runs/unfinished is not drawn",
      "old is left out of the page over all runs",
    ]);
    const page = await Deno.readTextFile(join(runs, "index.html"));
    assertEquals([...page.matchAll(/<th scope="row"><a href="([^/]+)/g)].map(([, name]) => name), ["whole"]);

    const named = await runTask("figures", folder, "unfinished", "whole");
    assertEquals([named.code, named.output], [2, ""]);
    assertStringIncludes(named.errors, "runs/unfinished has no weights.safetensors yet");
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
