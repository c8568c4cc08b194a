/** What answers the browser: two addresses below a random token, for reading only. */
import { basename } from "node:path";
import type { Run } from "../../models/run/run.ts";
import { escapeHtml } from "../../figures/page/document.ts";
import { pageScript, watchFragment, watchPage } from "./watch_page.ts";
import { versionOf, watchedRun } from "./watched_run.ts";

/** Answers requests for the page of a run. */
export type Answer = (request: Request) => Promise<Response>;

/**
 * Makes the answers. Other names of the host are refused, so that a foreign page cannot reach the run by a name of its own
 * that it lets point here; other addresses too, so that only who knows the token reads anything.
 *
 * @param run whose page it is
 * @param token the first part of every address
 */
export async function answerFor(run: Run, token: string): Promise<Answer> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(pageScript))).toBase64();
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy":
      `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; ` +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
  const refuse = (status: number, reason: string) => new Response(`${reason}\n`, { status });
  return async (request) => {
    const { pathname, port } = new URL(request.url);
    const host = request.headers.get("host");
    if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
      return refuse(403, "This is no name of this host.");
    }
    if (pathname !== `/${token}/` && pathname !== `/${token}/now`) return refuse(404, "There is nothing here.");
    if (request.method !== "GET") return refuse(405, "Here one can only read.");
    if (pathname === `/${token}/`) return new Response(watchPage(basename(run.path)), { headers });
    const etag = `"${await versionOf(run)}"`;
    if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers: { etag } });
    return new Response(await fragment(run), { headers: { ...headers, etag } });
  };
}

/** What goes wrong is said on the page; the next question may find it mended, as when a run has been replaced. */
async function fragment(run: Run): Promise<string> {
  try {
    return watchFragment(await watchedRun(run));
  } catch (error) {
    return `<p class="warning">${escapeHtml(error instanceof Error ? error.message : String(error))}</p>`;
  }
}
