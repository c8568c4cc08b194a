/** Runs a program whose modules come from the web, as they do when the package is imported from a registry. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

const contentTypes: Readonly<Record<string, string>> = { ".ts": "application/typescript", ".json": "application/json" };

/**
 * Runs a program. The project's files are served to it as a registry would; npm packages are those installed here.
 *
 * @param write the JavaScript, from the address of the served project
 * @param permissions flags, beside the one to import from that address
 * @returns what it printed
 * @throws {Error} with its standard error, if it fails
 */
export async function runFromWeb(write: (address: string) => string, permissions: string[] = []): Promise<string> {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async ({ url }) => {
    const { pathname } = new URL(url);
    const type = contentTypes[pathname.slice(pathname.lastIndexOf("."))] ?? "text/plain";
    return new Response(await Deno.readTextFile(join(root, pathname)), { headers: { "content-type": type } });
  });
  const host = `127.0.0.1:${server.addr.port}`;
  const cache = await Deno.makeTempDir();
  try {
    const program = `data:text/javascript,${encodeURIComponent(write(`http://${host}`))}`;
    const options = ["--no-check", "--no-lock", "--quiet", "--config", join(root, "deno.json")];
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", ...options, `--allow-import=${host}`, ...permissions, program],
      env: { DENO_DIR: cache },
    }).output();
    const text = new TextDecoder();
    if (code !== 0) throw new Error(text.decode(stderr));
    return text.decode(stdout);
  } finally {
    await server.shutdown();
    await Deno.remove(cache, { recursive: true });
  }
}
