import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assertEquals, assertStringIncludes } from "@std/assert";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Serves the repository as a registry would. */
function serveModules(): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async ({ url }) => {
    const { pathname } = new URL(url);
    const type = pathname.endsWith(".ts") ? "application/typescript" : "text/css";
    return new Response(await Deno.readTextFile(join(root, pathname)), { headers: { "content-type": type } });
  });
}

Deno.test("htmlDocument() has its style where its module comes from the web, without a permission", async () => {
  const server = serveModules();
  const host = `127.0.0.1:${server.addr.port}`;
  const cache = await Deno.makeTempDir();
  const program = `import { htmlDocument } from "http://${host}/figures/page/document.ts";
console.log(htmlDocument({ title: "Planted", body: "<p>here</p>" }));`;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--no-config",
      "--no-lock",
      "--quiet",
      `--allow-import=${host}`,
      `data:text/javascript,${encodeURIComponent(program)}`,
    ],
    env: { DENO_DIR: cache },
  }).output();
  await server.shutdown();
  await Deno.remove(cache, { recursive: true });
  const text = new TextDecoder();
  assertEquals(code, 0, text.decode(stderr));
  assertStringIncludes(text.decode(stdout), await Deno.readTextFile(join(root, "figures/page/page.css")));
});
