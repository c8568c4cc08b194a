import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { FailureError } from "../../../models/errors.ts";
import { printRun } from "../../../figures/print/print_run.ts";
import { inFolder } from "../../tasks/run_task.ts";
import { withoutBrowser } from "../browser.ts";
import { plantedRun } from "../planted_run.ts";

/** What a program prints; undefined where it is not installed. */
async function printed(program: string, ...args: string[]): Promise<string | undefined> {
  try {
    return new TextDecoder().decode((await new Deno.Command(program, { args }).output()).stdout);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

Deno.test("printRun() writes each figure with its numbers beside it", () =>
  inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted");
    const files = await printRun(run);
    assertEquals(files.slice(0, 4), [
      "paper/headline.csv",
      "paper/headline.svg",
      "paper/loss-curve.csv",
      "paper/loss-curve.svg",
    ]);
    for (const file of files) assert(await run.has(file), file);
    assertMatch(await run.readText("paper/loss-curve.csv"), /^panel,x axis,y axis,mark,colour,quantity,x,/);
    assert(!await run.has("paper/.chromium"));
  }));

Deno.test({
  name: "printRun() makes pictures as fine as asked for and pages whose fonts are embedded",
  ignore: withoutBrowser,
  fn: () =>
    inFolder(async (folder) => {
      const run = await plantedRun(folder, "planted");
      await printRun(run, { formats: ["png", "pdf"], pixelsPerInch: 192, figures: ["loss-curve"] });
      const png = await run.readBytes("paper/loss-curve.png");
      const size = new DataView(png.buffer, png.byteOffset);
      // 86 mm are 325.04 CSS pixels, which the window rounds up to 326.
      assertEquals(size.getUint32(16), 2 * 326);
      const pdf = run.file("paper/loss-curve.pdf");
      const fonts = await printed("pdffonts", pdf);
      const info = await printed("pdfinfo", pdf);
      if (fonts === undefined || info === undefined) return;
      const embedded = fonts.trim().split("\n").slice(2).map((line) =>
        / (yes|no) +(?:yes|no) +(?:yes|no) +\d/.exec(line)![1]
      );
      assert(embedded.length > 0 && embedded.every((answer) => answer === "yes"), fonts);
      assertMatch(info, /Pages: +1\n/);
      const [, across] = /Page size: +([\d.]+) x/.exec(info)!;
      assertEquals(Math.round(Number(across)), Math.round(86 * 72 / 25.4));
    }),
});

Deno.test("printRun() says that PNG and PDF need Chromium where there is none", () =>
  inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted");
    const path = Deno.env.get("PATH")!;
    Deno.env.set("PATH", folder);
    try {
      await assertRejects(() => printRun(run, { formats: ["pdf"] }), FailureError, "There is no Chromium (looked for ");
    } finally {
      Deno.env.set("PATH", path);
    }
    assert(!await run.has("paper/.chromium"));
  }));
