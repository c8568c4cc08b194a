import * as Plot from "@observablehq/plot";
import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { gridFigure } from "../../../figures/render/figure.ts";
import { renderFigure } from "../../../figures/render/render.ts";
import { theme } from "../../../figures/render/figure_theme.ts";
import { assertStandalone, findAll, marksOf } from "../svg.ts";

const text = { name: "planted", title: "A < B & C", caption: 'Says "n = 3" & more. '.repeat(12).trim(), tables: [] };
const plot = () => ({ height: 100, marks: [Plot.dot([[1, 2], [3, 4]], { fill: theme.blue, clip: true })] });

Deno.test("renderFigure() gives a standalone SVG with title, caption and every mark", () => {
  const source = renderFigure(gridFigure(text, [plot(), plot()], { key: [{ label: "points", colour: theme.blue }] }));
  const root = assertStandalone(source);
  assertEquals(root.attributes.width, String(theme.width));
  assertEquals(
    root.children.find(({ name }) => name === "desc")?.text,
    text.caption.replaceAll("&", "&amp;"),
  );
  assertEquals(marksOf(root, "dot", "circle").length, 2 * 2 + 1);
  assertStringIncludes(source, "prefers-color-scheme:dark");
});

Deno.test("renderFigure() draws the caption under the panels unless the page does", () => {
  const figure = gridFigure(text, [plot()]);
  const lines = (source: string) =>
    findAll(assertStandalone(source), ({ attributes }) => attributes.fill === theme.muted);
  const drawn = lines(renderFigure(figure));
  assert(drawn.length >= 2);
  assertEquals(drawn.map((line) => line.text).join(" "), text.caption.replaceAll("&", "&amp;"));
  assertEquals(lines(renderFigure(figure, { caption: false })).length, 0);
});

Deno.test("renderFigure() gives the same text again, with ids of its own for each figure", () => {
  const first = renderFigure(gridFigure(text, [plot()]));
  assertEquals(renderFigure(gridFigure(text, [plot()])), first);
  assertStringIncludes(first, 'id="planted-clip-1"');
  assertNotEquals(renderFigure(gridFigure({ ...text, name: "other" }, [plot()])), first);
});

Deno.test("gridFigure() places plots row by row", () => {
  const { panels, width, height } = gridFigure(text, [plot(), plot(), plot()], { columns: 2 });
  assertEquals(panels.map(({ x, y }) => [x, y]), [[0, 0], [400, 0], [0, 100]]);
  assertEquals([width, height], [800, 200]);
});
