import { assert, assertEquals, assertGreater, assertMatch } from "@std/assert";
import { lossCurve } from "../../../figures/charts/training/loss_curve_chart.ts";
import { printColours, printFigure } from "../../../figures/print/print_figure.ts";
import { renderFigure } from "../../../figures/render/render.ts";
import { theme } from "../../../figures/render/figure_theme.ts";
import { parseSvg, type SvgElement } from "../svg.ts";

const figure = lossCurve([
  { step: 1, objective: 32, on: 2, off: 0.5, learningRate: 0.02 },
  { step: 100, objective: 7.4, on: 0.1, off: 4, learningRate: 0.001 },
]);

function* elements(element: SvgElement): Generator<SvgElement> {
  yield element;
  for (const child of element.children) yield* elements(child);
}

const valuesOf = (svg: string, name: string) =>
  [...elements(parseSvg(svg))].flatMap(({ attributes }) => attributes[name] ?? []);

Deno.test("printFigure() has the width of a column or of the page, and neither ground, title nor caption", () => {
  for (const [width, millimetres] of [["column", "86mm"], ["page", "178mm"]] as const) {
    const svg = printFigure(figure, width);
    const root = parseSvg(svg);
    assertEquals(root.attributes.width, millimetres);
    const [, , across, down] = root.attributes.viewBox.split(" ").map(Number);
    assertEquals(root.attributes.height, `${(parseFloat(millimetres) * down / across).toFixed(2)}mm`);
    assertEquals(root.children.map(({ name }) => name).filter((name) => name !== "svg"), ["title"]);
    assert(!svg.includes("prefers-color-scheme") && !svg.includes(figure.caption));
  }
  const { width, phone } = figure;
  assertMatch(printFigure(figure, "column"), new RegExp(`viewBox="0 0 ${phone.width} `));
  assertMatch(printFigure(figure, "page"), new RegExp(`viewBox="0 0 ${width} `));
});

Deno.test("printFigure() draws thinner lines in the colours of print alone", () => {
  const svg = printFigure(figure, "page");
  const onPaper = new Set<string>([...Object.values(printColours), theme.paper, "none", "currentColor"]);
  for (const name of ["fill", "stroke"]) {
    for (const colour of valuesOf(svg, name)) assert(onPaper.has(colour), `${name} ${colour}`);
  }
  const widest = (text: string) => Math.max(...valuesOf(text, "stroke-width").map(Number));
  assertEquals(widest(svg), 0.75 * widest(renderFigure(figure)));
});

/** Lightness L* of a colour on a grey copy (CIE 1976, from the relative luminance of sRGB). */
function lightness(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16) / 255)
    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return 116 * Math.cbrt(0.2126 * red + 0.7152 * green + 0.0722 * blue) - 16;
}

Deno.test("printColours of categories stay apart in grey by eight steps of a hundred, and from the paper", () => {
  const { blue, vermilion, green, purple, orange, sky } = printColours;
  const greys = [blue, vermilion, green, purple, orange, sky].map(lightness).toSorted((a, b) => a - b);
  for (let next = 1; next < greys.length; next++) assertGreater(greys[next] - greys[next - 1], 8);
  assertGreater(100 - greys.at(-1)!, 16);
});
