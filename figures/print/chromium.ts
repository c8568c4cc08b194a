/** Pictures and documents of SVG, made by the Chromium that is installed: it sets text as readers' browsers do. */
import { join } from "node:path";
import { FailureError } from "../../models/errors.ts";

/** What Chromium is called on the systems that have it. */
const programs = ["chromium", "chromium-browser", "google-chrome", "chrome"];

const cssPixelsPerInch = 96;

/** A kind of file that Chromium makes. */
export type ChromiumFormat = "png" | "pdf";

/** Switches for each kind of file. */
const switches: Readonly<
  Record<ChromiumFormat, (file: string, size: readonly [number, number], pixelsPerInch: number) => string[]>
> = {
  png: (file, [width, height], pixelsPerInch) => [
    `--screenshot=${file}`,
    `--window-size=${Math.ceil(width)},${Math.ceil(height)}`,
    `--force-device-scale-factor=${pixelsPerInch / cssPixelsPerInch}`,
    "--hide-scrollbars",
  ],
  pdf: (file) => [`--print-to-pdf=${file}`, "--no-pdf-header-footer"],
};

/**
 * Makes a picture, or a document of one page with its fonts embedded, from an SVG.
 *
 * @param svg with a size in millimetres
 * @param pixelsPerInch of a picture
 * @param folder an empty folder for Chromium's own files, where the result is too
 * @returns the path of the result
 * @throws {FailureError} if there is no Chromium, or it makes no file
 */
export async function convertSvg(
  svg: string,
  format: ChromiumFormat,
  pixelsPerInch: number,
  folder: string,
): Promise<string> {
  const [width, height] = ["width", "height"].map((name) => {
    return Number(new RegExp(`^<svg[^>]* ${name}="([\\d.]+)mm"`).exec(svg)![1]);
  });
  const page = join(folder, "page.html");
  const result = join(folder, `result.${format}`);
  await Deno.writeTextFile(page, document(svg, width, height));
  const inPixels = (millimetres: number) => millimetres * cssPixelsPerInch / 25.4;
  const { success, stderr } = await runChromium([
    // The page is our own and holds no script; as the administrator, as in containers, Chromium has no sandbox.
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    `--user-data-dir=${join(folder, "profile")}`,
    ...switches[format](result, [inPixels(width), inPixels(height)], pixelsPerInch),
    new URL(`file://${page}`).href,
  ]);
  const made = await Deno.stat(result).then(({ size }) => size > 0, () => false);
  if (made) return result;
  const reason = new TextDecoder().decode(stderr).trim().split("\n").at(-1) ?? "";
  throw new FailureError(`Chromium made no ${format}${success ? "" : `: ${reason}`}; try it with another version.`);
}

async function runChromium(args: readonly string[]): Promise<Deno.CommandOutput> {
  for (const program of programs) {
    try {
      return await new Deno.Command(program, { args: [...args], stdout: "null", stderr: "piped" }).output();
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  throw new FailureError(
    `There is no Chromium (looked for ${programs.join(", ")}), which makes PNG and PDF; install it, or take SVG.`,
  );
}

/** A page that is the figure and nothing else. */
function document(svg: string, width: number, height: number): string {
  return `<!DOCTYPE html>
<meta charset="utf-8">
<style>@page{size:${width}mm ${height}mm;margin:0}html,body{margin:0}svg{display:block}</style>
${svg}`;
}
