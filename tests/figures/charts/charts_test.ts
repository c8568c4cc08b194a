import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { gaussianity } from "../../../analysis/statistics/gaussianity.ts";
import { graphCounts } from "../../../analysis/random_graph/graph_counts.ts";
import { isingSection } from "../../../analysis/frustration/ising_section.ts";
import { randomGraphTests } from "../../../analysis/random_graph/random_graph.ts";
import { residualsSection } from "../../../analysis/displacements/residuals_section.ts";
import type { Subject } from "../../../analysis/report/section.ts";
import { extractSigns } from "../../../analysis/signs/signs.ts";
import { singularSpectrum } from "../../../analysis/random_graph/singular_spectrum.ts";
import { charts, figuresOf } from "../../../figures/charts/charts.ts";
import type { Findings, Material } from "../../../figures/render/material.ts";
import { renderFigure } from "../../../figures/render/render.ts";
import { significant } from "../../../analysis/report/numbers.ts";
import { theme } from "../../../figures/render/theme.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { randomStream } from "../../../models/random.ts";
import { plantedWeights } from "../planted.ts";
import { assertStandalone } from "../svg.ts";

const config = parseConfig(
  { name: "planted", model: { features: 96, hidden: 48 }, training: { steps: 400 } },
  "planted",
);
const weights = plantedWeights({ features: 96, hidden: 48, density: 0.1 });
const clusters = {
  centres: ([-1, 0, 1] as const).map((sign) => ({
    encoder: 1.6 * sign,
    decoder: 0.35 * sign,
    share: sign === 0 ? 0.9 : 0.05,
    spread: 0.05,
    decoderSpread: 0.015,
    prominence: 3,
    sign,
  })),
  threshold: 0.8,
  margin: null,
  criterion: { neighbours: 25, requiredProminence: 1, rejectedProminence: 0.5 },
};
const signs = extractSigns(weights, clusters);
const subject: Subject = { config, weights, clusters, signs, device: "cpu" };

const estimate = (value: number) => ({ value, error: 0.01 });
const sample = { of: 900, predicted: [0, 0.1, -0.1], learned: [0.01, 0.12, -0.09] };
const byCluster = <Value>(value: Value) => ({
  encoder: { centre: value, corner: value },
  decoder: { centre: value, corner: value },
});

/** What the costly sections would say, in the shape in which analysis.json has it. */
const planted = {
  decoder: {
    trained: { objective: 7.4, standardError: 0.01 },
    optimal: { objective: 7.3, standardError: 0.01, fittedObjective: 7.2 },
    rounded: { objective: 7.5, standardError: 0.01, amplitude: 1.6 },
    corners: [{ degree: 2, features: 30, trained: 0.35, optimal: 0.36, theory: 0.34 }],
  },
  meanField: {
    sparse: { density: 0.12 },
    scan: [0.05, 0.1, 0.2, 0.9].map((density) => ({ density, amplitude: 1.6, objective: 7 + density })),
    trained: { density: 0.1 },
  },
  basins: {
    density: 0.1,
    ladder: ["learned", "rounded", "random", "rowSign", "fixedDegree", "regular"].map((kind) => ({
      kind,
      draws: 3,
      before: estimate(8),
      after: estimate(7.6),
      refitted: estimate(7.5),
      changedShare: estimate(0),
    })),
    scan: [0.05, 0.1, 0.2].map((density) => ({ density, before: 8, after: 7.5, refitted: 7.4 })),
  },
  pinningField: {
    response: "linear",
    sample: byCluster(sample),
    clusters: { left: {} },
    ...byCluster({ pairs: 900, correlation: 0.9, slope: 1, r2: 0.8, learnedSpread: 1, predictedSpread: 1 }),
  },
};

async function material(): Promise<Material> {
  const analysis = {
    clusters,
    randomGraph: randomGraphTests(signs, { draws: 20 }),
    graphCounts: graphCounts(signs, { draws: 10 }),
    singularSpectrum: singularSpectrum(signs),
    residuals: await residualsSection.analyse(subject),
    ising: await isingSection.analyse(subject),
    ...planted,
  };
  const metrics = [1, 400].map((step) => ({ step, seconds: 1, objective: 9, on: 1, off: 1, learningRate: 0.02 }));
  const stored = JSON.parse(JSON.stringify(analysis));
  return { config, weights, analysis: stored, signs, metrics, snapshots: undefined, pair: undefined };
}

const names = [
  "headline",
  "loss-curve",
  "encoder-histogram",
  "clusters",
  "corner-types",
  "degrees",
  "overlaps",
  "random-graph",
  "singular-values",
  "optimal-decoder",
  "density-scan",
  "basins",
  "displacements",
  "residuals",
  "quantiles",
  "ising-lattices",
  "ising-entropy",
];

Deno.test("figuresOf() makes a figure of every section, wide and narrow", async () => {
  const run = await material();
  const figures = figuresOf(run);
  assertEquals(figures.map(({ name }) => name), names);
  for (const figure of figures) {
    assertStandalone(renderFigure(figure));
    const narrow = assertStandalone(renderFigure(figure, { phone: true }));
    assertEquals(Number(narrow.attributes.width) <= theme.phoneWidth, true, figure.name);
    for (const { panels, width } of [figure, figure.phone]) {
      for (const { x, options } of panels) {
        assertGreater(width + 1, x + (options.width ?? 0), `${figure.name}: a panel leaves the figure`);
      }
    }
  }
  const { finiteSize: _, ...ofOneRun } = charts;
  assertEquals(figures.length, Object.keys(ofOneRun).length);
  for (const { name, caption, tables } of figures) {
    assertLess(caption.match(/[.?:](?= [A-Z])/g)?.length ?? 0, 3, `${name}: ${caption}`);
    assertGreater(tables.length, 0, name);
    for (const { columns, rows } of tables) {
      for (const row of rows) assertEquals(row.length, columns.length, name);
    }
  }
  const rowsOf = (name: string) => figures.find((figure) => figure.name === name)!.tables[0].rows;
  assertEquals(rowsOf("basins")[2], ["iid S", "3", "8.000 ± 0.010", "7.600 ± 0.010", "7.500 ± 0.010"]);
  assertEquals(rowsOf("density-scan")[2], ["mean-field theory, equal degrees, lowest", "0.05", "7.05"]);
  assertEquals(rowsOf("displacements")[3], ["Decoder, corner", "3", "900", "0.9", "0.8"]);
});

Deno.test("residuals and quantiles show what the prediction leaves where it was sampled", async () => {
  const run = await material();
  const { normal } = randomStream(9, "left");
  const predicted = Array.from({ length: 300 }, normal);
  const learned = predicted.map((value) => value + 0.1 * normal());
  const left = gaussianity(learned.map((value, index) => value - predicted[index]));
  const pinningField = {
    ...planted.pinningField,
    sample: byCluster({ of: 300, predicted, learned }),
    clusters: { left: { "decoder, corner": left } },
  };
  const figures = figuresOf({ ...run, analysis: { ...run.analysis, pinningField } as unknown as Findings });
  const rowsOf = (name: string) => figures.find((figure) => figure.name === name)!.tables[0].rows;
  const name = "decoder, corner, left by the prediction";
  assertEquals(rowsOf("residuals").at(-1)!.slice(0, 3), [name, "300", significant(left.sd)]);
  assertEquals(rowsOf("quantiles").at(-1)!.slice(0, 2), [name, "300"]);
});

Deno.test("figuresOf() leaves out what was not measured, and what has nothing to say", async () => {
  const { analysis: _, ...run } = await material();
  const left = figuresOf({ ...run, analysis: { clusters, pinningField: null } });
  assertEquals(left.map(({ name }) => name), names.slice(0, 5));
});
