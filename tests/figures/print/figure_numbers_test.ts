import { assert, assertEquals } from "@std/assert";
import { csvParse } from "d3-dsv";
import { figuresOf } from "../../../figures/charts/charts.ts";
import { lossCurve } from "../../../figures/charts/training/loss_curve_chart.ts";
import { figureNumbers } from "../../../figures/print/figure_numbers.ts";
import { density } from "../../../figures/marks/density_mark.ts";
import { points } from "../../../figures/marks/points_mark.ts";
import { gridFigure } from "../../../figures/render/figure.ts";
import { plantedMaterial } from "../planted_material.ts";

Deno.test("figureNumbers() is a table of the points of every curve, in the units of the axes", () => {
  const rows = csvParse(figureNumbers(lossCurve([
    { step: 1, objective: 32, on: 2, off: 0.5, learningRate: 0.02 },
    { step: 100, objective: 7.25, on: 0.125, off: 4, learningRate: 0.001 },
  ])));
  assertEquals(rows.length, 8);
  const short = rows.map((row) => [row.panel, row["y axis"], row.colour, row.quantity, row.x, row.y].join(" "));
  assertEquals(short[0], "1 loss a sample ink objective 1 32");
  assertEquals(short[3], "1 loss a sample vermilion on 100 0.125");
  assertEquals(short[7], "2 learning rate green learningRate 100 0.001");
});

Deno.test("figureNumbers() has the cells of a density and the points of a cloud", () => {
  const bins = {
    x: [0, 2],
    y: [0, 1],
    columns: 2,
    rows: 1,
    counts: Uint32Array.of(0, 3),
    inside: 3,
    largest: 3,
  } as const;
  const options = {
    width: 100,
    height: 100,
    marks: [density(bins, 1), points([5, 6], [7, 8], [{ indices: [1], colour: "" }], 1)],
  };
  const text = { name: "clouds", title: "", caption: "", tables: [] };
  assertEquals(figureNumbers(gridFigure(text, [options])).trim().split("\n").slice(1), [
    "1,,,density,,,,1,2,,0,1,,3",
    "1,,,points,,,6,,,8,,,,",
  ]);
});

Deno.test("figureNumbers() of every figure is a whole table", async () => {
  for (const figure of figuresOf(await plantedMaterial())) {
    const { columns, length, ...rows } = csvParse(figureNumbers(figure));
    assertEquals(columns.length, 14);
    assert(length > 0, figure.name);
    for (const row of Object.values(rows)) assertEquals(Object.keys(row).length, 14, figure.name);
  }
});
