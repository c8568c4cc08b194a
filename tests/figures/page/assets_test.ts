import { assertStringIncludes } from "@std/assert";
import { runFromWeb } from "../../run_from_web.ts";

Deno.test("htmlDocument() has its style where its module comes from the web, without a permission", async () => {
  const page = await runFromWeb((address) =>
    `import { htmlDocument } from "${address}/figures/page/document.ts";
console.log(htmlDocument({ title: "Planted", body: "<p>here</p>" }));`
  );
  assertStringIncludes(page, await Deno.readTextFile(new URL("../../../figures/page/page.css", import.meta.url)));
});
