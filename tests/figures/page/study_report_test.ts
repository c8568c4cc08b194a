import { join } from "node:path";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { drawRun } from "../../../figures/page/gallery.ts";
import { writeStudyReport } from "../../../figures/page/write_study_report.ts";
import { inFolder } from "../../tasks/run_task.ts";
import { plantedRun } from "../planted_run.ts";

Deno.test("writeStudyReport() writes a page and a text whose links lead to files that there are", () =>
  inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted");
    await drawRun(run);
    const { report, files } = await writeStudyReport(
      folder,
      [{ run, command: "deno task reproduce --only planted" }],
      "deno task reproduce",
    );
    assertEquals(files, [join(folder, "REPORT.md"), join(folder, "report.html")]);
    assert(report.claims.some(({ findings }) => findings.length > 0));
    const [text, page] = await Promise.all(files.map((file) => Deno.readTextFile(file)));
    const links = [
      ...Array.from(text.matchAll(/\]\(([^)]+)\)/g), ([, path]) => path),
      ...Array.from(page.matchAll(/(?:src|href)="(planted\/[^"#]+)/g), ([, path]) => path),
    ];
    assert(links.length > 4);
    for (const link of links) assert((await Deno.stat(join(folder, link))).isFile, link);
    for (const { findings } of report.claims) {
      for (const { verdict } of findings) assertStringIncludes(page, verdict);
    }
    assertStringIncludes(page, "deno task reproduce --only planted");
  }));
