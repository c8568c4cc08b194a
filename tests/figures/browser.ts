/** A real browser, for the tests of the pages. */
import { assertEquals } from "@std/assert";
import type { Browser, Page } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/** Where Chromium is installed, if it is. */
export const chromiumPath: string | undefined = Deno.env.get("PATH")!.split(":")
  .flatMap((folder) => names.map((name) => `${folder}/${name}`))
  .find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });

/** Whether tests that need a browser are left out: where there is none, unless one is demanded. */
export const withoutBrowser = chromiumPath === undefined && Deno.env.get("PINFIELD_REQUIRE_BROWSER") !== "1";

/** How a page is shown. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly colorScheme?: "light" | "dark";
}

/** A browser that is closed after its tests. */
export async function withBrowser(body: (browser: Browser) => Promise<void>): Promise<void> {
  // On being loaded, Playwright looks below /proc whether this is Windows' Linux, which Deno lets only a program with all
  // permissions do; with this it does not look.
  Deno.env.set("__IS_WSL_TEST__", "1");
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
  try {
    await body(browser);
  } finally {
    await browser.close();
  }
}

/** Opens a file on a screen, runs the body, and asserts that the page neither complained nor asked the network. */
export async function onPage(
  browser: Browser,
  path: string,
  { width, height, colorScheme = "light" }: Screen,
  body: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) complaints.push(`network: ${request.url()}`);
  });
  await page.goto(`file://${path}`);
  await body(page);
  assertEquals(complaints, []);
  await page.close();
}

/** Asserts that nothing is wider than the screen. */
export async function assertNoHorizontalScroll(page: Page): Promise<void> {
  const [content, screen] = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]") as number[];
  assertEquals(content, screen);
}
