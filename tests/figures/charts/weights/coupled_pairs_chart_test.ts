import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { coupledPairs as measure } from "../../../../analysis/coupled_pairs/coupled_pairs.ts";
import { coupledPairs } from "../../../../figures/charts/weights/coupled_pairs_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { UsageError } from "../../../../models/errors.ts";
import { loadPreset } from "../../../../models/experiment/presets.ts";
import { randomStream } from "../../../../models/random.ts";
import { plantedBlobs } from "../../../analysis/coupled_pairs/planted_blobs.ts";

const { weights, signs } = plantedBlobs(true);

Deno.test("charts.coupledPairs() joins lower-left pairs to three pairs of the cloud each", () => {
  const data = measure(weights, signs, (...labels) => randomStream(1, ...labels));
  const figure = coupledPairs({ coupledPairs: data, weights, signs });
  const svg = renderFigure(figure);
  const links = svg.match(/<g[^>]*aria-label="link"[^>]*>(.*?)<\/g>/s)![1];
  assertEquals(links.match(/<path/g)!.length, 3 * 8);
  assertStringIncludes(figure.caption, "of the lower-left pairs close one");
  assertEquals(figure.tables.map(({ rows }) => rows.length), [5, 6]);
});

Deno.test("charts.coupledPairs() has nothing to show of a network without the measurement", () => {
  const network = { config: loadPreset("quick"), weights, metrics: [], analysis: { version: 1, coupledPairs: null } };
  assertThrows(() => coupledPairs(network as never), UsageError, "measure the network first");
});
