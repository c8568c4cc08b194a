import { assert, assertGreater } from "@std/assert";
import type { Page } from "playwright-core";
import { measureEmbedding } from "../../../analysis/baselines/embedding.ts";
import { hadamardSigns } from "../../../analysis/ground_state/hadamard_signs.ts";
import type { TemperatureScan } from "../../../analysis/tempering/temperature_scan.ts";
import { charts, figuresOf } from "../../../figures/charts/charts.ts";
import { movieFrames } from "../../../figures/movie/movie_frames.ts";
import { movie } from "../../../figures/movie/movie.ts";
import type { Figure } from "../../../figures/render/figure.ts";
import { randomStream } from "../../../models/random.ts";
import { renderFigure } from "../../../figures/render/render.ts";
import { textWidth } from "../../../figures/render/render_text.ts";
import { withBrowser, withoutBrowser } from "../browser.ts";
import { plantedMaterial } from "../planted_material.ts";
import { plantedSnapshots } from "../planted_run.ts";

const font = "DejaVu Sans";

/** Weights held at temperatures, from two starts. */
const scan: TemperatureScan = {
  branches: ["frozen", "unfrozen"].map((name) => ({
    name,
    points: [0, 1e-5, 3e-4].map((temperature) => {
      const estimate = (value: number) => ({ value: value + 1e4 * temperature, error: 0.01 * value });
      const [amplitude, undecided] = [estimate(1.5), estimate(0.2)];
      return {
        temperature,
        neuronsPerFeature: estimate(8),
        amplitude,
        undecided,
        objective: estimate(6),
        cooledObjective: estimate(5),
      };
    }),
  })),
  theory: { neuronsPerFeature: 8, amplitude: 1.8, objective: 5.5 },
};

/** Every kind of figure, with the longest names that the analysis gives. */
async function everyFigure(): Promise<Figure[]> {
  const run = await plantedMaterial();
  const { weights, signs, analysis: { clusters: { centres } } } = run;
  const pairs = Array.from({ length: 600 }, (_, index) => 7 * index);
  const frames = movieFrames(plantedSnapshots({ pairs }, weights), weights, centres, signs);
  const trend = (quantity: string, gaussian: number | null) => ({
    quantity,
    gaussian,
    points: [128, 1152].map((features) => ({ features, value: -0.125, error: 0.1, theory: gaussian })),
  });
  return [
    ...figuresOf(run),
    ...figuresOf({ ...run, pair: run }).slice(0, 1),
    charts.finiteSize([
      trend("excess kurtosis, decoder, corner, predicted, by types", 0),
      trend("correlation with continued weights, decoder, corner", null),
    ]),
    charts.pairDensity({
      step: 12000,
      range: [-2, 2, -0.15, 0.15],
      counts: Uint32Array.from({ length: 16 }, (_, cell) => cell),
    }),
    charts.temperature(scan),
    charts.components(hadamardSigns(16, 16, 4, randomStream(0, "layout"))),
    charts.embedding(measureEmbedding({
      features: 3,
      dimensions: 2,
      vectors: Float32Array.of(1, 0, -0.501, 0.866, -0.499, -0.866),
    })),
    movie(frames, [1, 10, 100, 400].map((step) => ({ step, objective: 400 / step }))),
  ];
}

/** A line of text as the browser shows it, in pixels. */
interface ShownLine {
  readonly text: string;
  readonly size: number;
  readonly weight: "normal" | "bold";
  readonly length: number;
  /** How far it leaves the figure, and its own panel to either side. */
  readonly beyondFigure: number;
  readonly beyondPanel: number;
}

function shownLines(page: Page): Promise<ShownLine[]> {
  return page.evaluate(() => {
    const figure = document.querySelector("svg")!;
    const frame = figure.getBoundingClientRect();
    return [...figure.querySelectorAll<SVGTextContentElement>("text:not(:has(tspan)), tspan")].map((element) => {
      const box = element.getBoundingClientRect();
      const panel = element.ownerSVGElement!;
      const left = panel === figure ? frame.left : frame.left + Number(panel.getAttribute("x"));
      const right = left + Number(panel.getAttribute("width"));
      const { fontSize, fontWeight } = getComputedStyle(element);
      return {
        text: element.textContent!,
        size: parseFloat(fontSize),
        weight: Number(fontWeight) >= 600 ? "bold" as const : "normal" as const,
        length: element.getComputedTextLength(),
        beyondFigure: Math.max(
          frame.left - box.left,
          box.right - frame.right,
          frame.top - box.top,
          box.bottom - frame.bottom,
        ),
        beyondPanel: Math.max(left - box.left, box.right - right),
      };
    });
  });
}

Deno.test({
  name: "every figure keeps its text inside, in a font as wide as any",
  ignore: withoutBrowser,
  async fn() {
    const figures = await everyFigure();
    assertGreater(figures.length, Object.keys(charts).length);
    await withBrowser(async (browser) => {
      const page = await browser.newPage({ viewport: { width: 900, height: 1000 } });
      await page.setContent(`<span style="font: 100px '${font}', monospace">mmmmmmmmmm</span>`);
      const { width } = (await page.locator("span").boundingBox())!;
      const isThere = Math.abs(width - 974) < 2;
      if (!isThere && Deno.env.get("PINFIELD_REQUIRE_BROWSER") !== "1") return;
      assert(isThere, `${font} is not installed`);
      for (const figure of figures) {
        for (const phone of [false, true]) {
          const svg = renderFigure(figure, { phone }).replace(/font-family="[^"]*"/, `font-family="${font}"`);
          await page.setContent(`<body style="margin:0">${svg}`);
          const lines = await shownLines(page);
          assertGreater(lines.length, 3);
          for (const { text, size, weight, length, beyondFigure, beyondPanel } of lines) {
            const where = `${figure.name}${phone ? ", phone" : ""}: "${text}"`;
            assert(beyondFigure <= 0, `${where} leaves the figure by ${beyondFigure} pixels`);
            assert(beyondPanel <= 0.5, `${where} leaves its panel by ${beyondPanel} pixels`);
            assert(length <= textWidth(text, { size, weight }), `${where} is ${length} wide`);
          }
        }
      }
    });
  },
});
