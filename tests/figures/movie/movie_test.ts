import { inflateRawSync } from "node:zlib";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertNotEquals,
  assertStringIncludes,
} from "@std/assert";
import { extractSigns } from "../../../analysis/signs/signs.ts";
import { movie } from "../../../figures/movie/movie.ts";
import { densityLayer } from "../../../figures/movie/movie_density.ts";
import { movieFrames, sampleInWords, shownPairs } from "../../../figures/movie/movie_frames.ts";
import { moviePage } from "../../../figures/movie/movie_page.ts";
import { renderFigure } from "../../../figures/render/render.ts";
import { theme } from "../../../figures/render/figure_theme.ts";
import { inFolder } from "../../tasks/run_task.ts";
import { onPage, withBrowser, withoutBrowser } from "../browser.ts";
import { plantedWeights } from "../planted.ts";
import { plantedSnapshots } from "../planted_run.ts";
import { placeOn } from "../scales.ts";
import { assertStandalone, findAll } from "../svg.ts";

const weights = plantedWeights({ features: 64, hidden: 32, density: 0.05 });
const centres = [
  { encoder: -1.6, decoder: -0.35, share: 0.025, spread: 0.05, sign: -1 },
  { encoder: 0, decoder: 0, share: 0.95, spread: 0.05, sign: 0 },
  { encoder: 1.6, decoder: 0.35, share: 0.025, spread: 0.05, sign: 1 },
] as const;
const pairs = Array.from({ length: 600 }, (_, place) => 3 * place);
const snapshots = plantedSnapshots({ pairs }, weights);
const signs = extractSigns(weights, { threshold: 0.8 });
const frames = movieFrames(snapshots, weights, centres, signs);
const records = [1, 10, 100, 400].map((step) => ({ step, objective: 400 / step }));

Deno.test("movieFrames() knows where each pair ends", () => {
  const expected = pairs.map((pair) => weights.signs[pair] + 1);
  assertEquals([...frames.cluster], expected);
  assertEquals(frames.clusters.map(({ colour }) => colour), ["blue", "neutral", "vermilion"]);
  const degree = (feature: number) =>
    weights.signs.subarray(32 * feature, 32 * (feature + 1)).filter((sign) => sign !== 0).length;
  assertEquals([...frames.degree], pairs.map((pair) => degree(Math.floor(pair / 32))));
});

Deno.test("movie() moves every pair through its frames and rests on the last, without a script", () => {
  const figure = movie(frames, records);
  const source = renderFigure(figure);
  assertLess(source.length, 2e6);
  const root = assertStandalone(source);
  const paths = findAll(root, ({ attributes }) => attributes["aria-label"] === "moving points");
  assertEquals(
    paths.map(({ attributes }) => attributes.stroke).toSorted(),
    [
      theme.neutral,
      theme.vermilion,
      theme.blue,
    ].toSorted(),
  );
  const corner = paths.find(({ attributes }) => attributes.stroke === theme.vermilion)!;
  const values = corner.children[0].attributes.values.split(";");
  assertEquals(values.length, 4 + 1);
  assertEquals(values[3], corner.attributes.d);
  assertEquals(values[4], values[3]);
  const first = pairs.find((pair) => weights.signs[pair] === 1)!;
  const [x, y] = [placeOn(figure.panels[0], "x"), placeOn(figure.panels[0], "y")];
  [0.01, 0.25, 0.5, 1].forEach((part, frame) => {
    const [, px, py] = /^M(-?\d+) (-?\d+)h0/.exec(values[frame])!;
    assertAlmostEquals(Number(px) / 2, x(part * weights.encoder[first]), 0.3);
    assertAlmostEquals(Number(py) / 2, y(part * weights.decoder[first]), 0.3);
  });
  const drawn = paths.reduce((sum, { attributes }) => sum + attributes.d.match(/h0/g)!.length, 0);
  assertEquals(drawn, pairs.length);
  for (const { attributes } of findAll(root, ({ name }) => name === "animate")) {
    assertEquals(attributes.values.split(";").length, attributes.keyTimes.split(";").length);
    assertEquals(attributes.keyTimes.split(";").at(-1), "1");
  }
  const texts = findAll(root, ({ name, attributes }) => name === "text" && "visibility" in attributes);
  assertEquals(texts.map(({ text }) => text), ["step 1", "step 10", "step 100", "step 400"]);
});

Deno.test("movie() stays below 2 MB where the sample and the frames are many", () => {
  const many = plantedWeights({ features: 256, hidden: 64, density: 0.1 });
  const long = plantedSnapshots({ pairs: Array.from({ length: 8192 }, (_, pair) => 2 * pair) }, many);
  const stretched = Array.from({ length: 120 }, (_, frame) => frame);
  const encoder = stretched.map((frame) => long.encoder[3].map((weight) => weight * (frame + 1) / 120));
  const decoder = stretched.map((frame) => long.decoder[3].map((weight) => weight * (frame + 1) / 120));
  const steps = stretched.map((frame) => frame + 1);
  const large = movieFrames(
    { ...long, steps, encoder, decoder },
    many,
    centres,
    extractSigns(many, { threshold: 0.8 }),
  );
  const source = renderFigure(movie(large, steps.map((step) => ({ step, objective: 1 / step }))));
  assertLess(source.length, 2e6);
  assertStringIncludes(source, "Of the 16,384 weight pairs, 8,192 are followed");
});

Deno.test("moviePage() holds every frame to a pixel and nothing that a network would be asked for", () => {
  const page = moviePage("planted", frames, records);
  assert(!/(src|href)="(https?:)?\/\//.test(page));
  const data = JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]);
  const bytes = inflateRawSync(Uint8Array.fromBase64(data.frames));
  const differences = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
  assertEquals(differences.length, 4 * 2 * pairs.length);
  const sums = new Float64Array(2 * pairs.length);
  for (let frame = 0; frame < 4; frame++) {
    for (let place = 0; place < sums.length; place++) sums[place] += differences[frame * sums.length + place];
    pairs.forEach((_, pair) => {
      assertAlmostEquals(sums[pair] / data.quantum * frames.reach.x, snapshots.encoder[frame][pair], 1e-3);
      const decoder = sums[pairs.length + pair] / data.quantum * frames.reach.y;
      assertAlmostEquals(decoder, snapshots.decoder[frame][pair], 1e-3);
    });
  }
  assertEquals(data.markers.length, 4);
  assertEquals([...Uint8Array.fromBase64(data.cluster)], [...frames.cluster]);
});

const density = [
  { step: 100, range: [-0.5, 0.5, -0.25, 0.25], counts: Uint32Array.of(1, 0, 9, 990) },
  { step: 400, range: [-2, 4, -1, 1], counts: Uint32Array.of(0, 1000, 0, 0) },
] as const;
const dense = movieFrames({ ...snapshots, density }, weights, centres, signs);

Deno.test("densityLayer() keeps log levels, places and the nearest density of each frame", () => {
  assertAlmostEquals(dense.reach.x, 1.06 * 4);
  assertAlmostEquals(dense.reach.y, 1.06);
  const { cells, levels, ranges, steps, ofFrame } = densityLayer(dense)!;
  assertEquals([cells, steps], [2, ["100", "400"]]);
  const most = theme.levels.length;
  const level = (count: number) => Math.min(most, 1 + Math.floor(most * Math.log(count) / Math.log(1000)));
  assertEquals(
    [...inflateRawSync(Uint8Array.fromBase64(levels))],
    [level(1), 0, level(9), level(990), 0, level(1000), 0, 0],
  );
  ranges[1].forEach((edge, place) => assertAlmostEquals(edge, [-2 / 4.24, 4 / 4.24, -1 / 1.06, 1 / 1.06][place]));
  // Steps 1 and 10 are nearer to the start than to step 100.
  assertEquals(ofFrame, [-1, -1, 0, 1]);
  assertEquals(densityLayer(frames), undefined);
});

Deno.test("shownPairs() prefers pairs that end in corners, and the words say so", () => {
  const corners = [...frames.cluster].filter((cluster) => cluster !== 1).length;
  const shown = shownPairs(frames, 200);
  assertEquals([shown.length, new Set(shown).size], [200, 200]);
  assertEquals(shown.filter((pair) => frames.cluster[pair] !== 1).length, corners);
  assertStringIncludes(
    sampleInWords(frames, shown),
    `all ${corners} of these that end in a corner and ${200 - corners} of the ${600 - corners} that end in the centre`,
  );
  assertEquals(shownPairs(frames, 600), [...frames.cluster.keys()]);
});

Deno.test({
  name: "moviePage() shows and hides the density by button and key, and has neither without one",
  ignore: withoutBrowser,
  fn: () =>
    withBrowser((browser) =>
      inFolder(async (folder) => {
        await Deno.writeTextFile(`${folder}/dense.html`, moviePage("planted", dense, records));
        await onPage(browser, `${folder}/dense.html`, { width: 1200, height: 800 }, async (page) => {
          const picture = () => page.evaluate("document.getElementById('pairs').toDataURL()");
          const key = page.locator("#density-key");
          await page.locator("#step").getByText("step 400").waitFor();
          const shown = await picture();
          assertStringIncludes((await key.textContent())!, "all 2,048 pairs after step 400");
          await page.keyboard.press("d");
          const hidden = await picture();
          assertNotEquals(hidden, shown);
          assertEquals([await key.isVisible(), await page.locator("#density").textContent()], [
            false,
            "Show the density",
          ]);
          await page.locator("#density").click();
          assertEquals([await key.isVisible(), await picture()], [true, shown]);
          // The fullest cell of the last density is the lower right one; nothing else lies there.
          const there = await page.evaluate(`(() => {
            const { width, height } = document.getElementById("pairs");
            const context = document.getElementById("pairs").getContext("2d");
            const { data } = context.getImageData(0, 0, width, height);
            return [[0.9, 0.8], [0.9, 0.2]].map(([x, y]) => {
              const start = 4 * (Math.floor(y * height) * width + Math.floor(x * width));
              return [...data.slice(start, start + 4)];
            });
          })()`);
          const hex = theme.levels.at(-1)!;
          const rgb = [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
          assertEquals(there, [[...rgb, 255], [0, 0, 0, 0]]);
        });
        await Deno.writeTextFile(`${folder}/points.html`, moviePage("planted", frames, records));
        await onPage(browser, `${folder}/points.html`, { width: 1200, height: 800 }, async (page) => {
          await page.locator("#step").getByText("step 400").waitFor();
          await page.keyboard.press("d");
          assertEquals(await page.locator("#density, #density-key").count(), 0);
        });
      })
    ),
});

Deno.test("movieFrames() frames weights that are mostly of one sign around themselves", () => {
  const positive = snapshots.encoder.map((frame) => frame.map((weight) => Math.max(weight, -0.1)));
  const oneSided = movieFrames({ ...snapshots, encoder: positive }, weights, centres, signs);
  const [low, high] = [-0.1, Math.max(...positive.flatMap((frame) => Array.from(frame)))];
  assertAlmostEquals(oneSided.middle.x, (low + high) / 2, 1e-6);
  assertAlmostEquals(oneSided.reach.x, 1.06 * (high - low) / 2, 1e-6);
  assertEquals([oneSided.middle.y, frames.middle.x], [0, 0]);
  const page = moviePage("one-sided", oneSided, records);
  const data = JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]);
  const bytes = inflateRawSync(Uint8Array.fromBase64(data.frames));
  const [first] = new Int16Array(bytes.buffer, bytes.byteOffset, 1);
  assertAlmostEquals(oneSided.middle.x + first / data.quantum * oneSided.reach.x, positive[0][pairs[0]], 1e-3);
});
