import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { TemperatureScan } from "../../../../analysis/tempering/temperature_scan.ts";
import { temperature } from "../../../../figures/charts/training/temperature_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";

const estimate = (value: number) => ({ value, error: 0.01 * value });

const branch = (name: string, neurons: readonly number[]) => ({
  name,
  points: neurons.map((value, index) => ({
    temperature: [0, 1e-5, 1e-4][index],
    neuronsPerFeature: estimate(value),
    amplitude: estimate(1.5),
    undecided: estimate(0.2),
    objective: estimate(6 + index),
    cooledObjective: estimate(5 + index),
  })),
});

const scan: TemperatureScan = {
  branches: [branch("frozen", [6, 6, 20]), branch("unfrozen", [30, 30, 20])],
  theory: { neuronsPerFeature: 8, amplitude: 1.8, objective: 5.5 },
};

Deno.test("temperature draws both branches, with T = 0 on its axis, and says up to where they differ", () => {
  const figure = temperature(scan);
  assertStringIncludes(figure.caption, "remembered up to T = 1.0e−5");
  assertMatch(figure.caption, /Coldest from frozen: 9.09\s% below the theory.s objective/);
  assertEquals(figure.tables?.[0].rows.length, 6);
  const svg = renderFigure(figure);
  for (const word of ["unfrozen", "mean-field theory", ">0<"]) assertStringIncludes(svg, word);
});

Deno.test("temperature says where nothing is remembered, and does without a theory", () => {
  const { caption } = temperature({
    branches: [branch("frozen", [6, 6, 6]), branch("unfrozen", [6, 6, 6])],
    theory: null,
  });
  assertStringIncludes(caption, "forgotten at every temperature");
});
