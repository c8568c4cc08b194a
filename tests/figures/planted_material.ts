/** What there is to draw of a run with known weights, without a run directory. */
import { measureEmbedding } from "../../analysis/baselines/embedding.ts";
import { graphCounts } from "../../analysis/random_graph/graph_counts.ts";
import { isingSection } from "../../analysis/frustration/ising_section.ts";
import { randomGraphTests } from "../../analysis/random_graph/random_graph.ts";
import { residualsSection } from "../../analysis/displacements/residuals_section.ts";
import type { Subject } from "../../analysis/report/section.ts";
import { gaussianity } from "../../analysis/statistics/gaussianity.ts";
import { extractSigns } from "../../analysis/signs/signs.ts";
import { singularSpectrum } from "../../analysis/random_graph/singular_spectrum.ts";
import type { Material } from "../../figures/render/figure_material.ts";
import { parseConfig } from "../../models/experiment/config.ts";
import { randomStream } from "../../models/random.ts";
import { plantedWeights } from "./planted.ts";

const config = parseConfig(
  { name: "planted", model: { features: 96, hidden: 48 }, training: { steps: 400 } },
  "planted",
);
const weights = plantedWeights({ features: 96, hidden: 48, density: 0.1 });
export const clusters = {
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
const { normal } = randomStream(9, "planted displacements");
const predicted = Array.from({ length: 300 }, () => 0.05 * normal());
const learned = predicted.map((value) => value + 0.01 * normal());
/** The shape of what the planted prediction leaves. */
export const left = gaussianity(learned.map((value, index) => value - predicted[index]));
const comparison = { observed: 0.98, nullMean: 0.06, nullSd: 0.008, z: 115, p: 1e-9 };
const byCluster = <Value>(value: Value) => ({
  encoder: { centre: value, corner: value },
  decoder: { centre: value, corner: value },
});

/** What the costly sections would say, in the shape in which analysis.json has it. */
const plantedFindings = {
  decoder: {
    trained: { objective: 7.4, standardError: 0.01 },
    optimal: { objective: 7.3, standardError: 0.01, fittedObjective: 7.2 },
    rounded: { objective: 7.5, standardError: 0.01, amplitude: 1.6 },
    corners: [{ degree: 2, features: 30, trained: 0.35, optimal: 0.36, theory: 0.34 }],
  },
  coupledPairs: {
    rectangles: { ofBlob: 0.98, ofOthers: 0.05, nulls: { rows: comparison, columns: comparison, both: comparison } },
    couplings: (["cloudOfNeuron", "cloudAroundRectangle", "blobOfFeature"] as const).map((relation) => ({
      relation,
      share: 0.7,
      nulls: { rows: comparison, columns: comparison, both: { ...comparison, nullSd: 0, z: 0 } },
    })),
    densities: (["any", "otherRectangle"] as const).map((partner) => ({ partner, pairs: 900, gain: estimate(0.3) })),
  },
  featureTypes: {
    groups: [0, 1].map((type) => ({
      name: `type ${type + 1}`,
      type,
      first: 48 * type,
      features: 48,
      chance: 1 / 48,
      importance: 1 + 3 * type,
      amplitude: 1,
      noiseVariance: 0.005,
      neuronsPerFeature: estimate(3 + type),
      encoder: { mean: 1.6, spread: 0.1 },
      decoder: { mean: 0.35, spread: 0.02 },
      missed: estimate(0.1),
      predicted: { degree: 2.9 + 1.2 * type, weight: 1.7 },
    })),
    betweenGroups: { observed: 0.5, nullMean: 0.01, nullSd: 0.01, z: 49, p: 1e-9 },
    cornerScales: 1,
    scaleBelowThreshold: null,
    theory: { cheapest: 7, measured: 7.01, equal: 7.2 },
    blocks: {
      partners: { observed: 2, nullMean: 1, nullSd: 0.1, z: 10, p: 1e-9 },
      byPartners: [0, 1, 5].map((partners) => ({ partners, pairs: 40, encoder: { mean: 1.5, spread: 0.1 } })),
    },
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
  groundState: {
    learned: estimate(7.4),
    candidates: ["learned", "hadamard"].map((kind) => ({
      kind,
      searched: false,
      amplitude: 1.6,
      energy: 7.5,
      relaxed: estimate(7.3),
      neuronsPerFeature: 5,
      statistics: { fourCycles: 12, frustration: 0.5 },
    })),
  },
  handBuilt: {
    learned: estimate(7.4),
    scan: (["random", "hadamard"] as const).flatMap((construction) =>
      [2, 8, 32].flatMap((neuronsPerFeature) =>
        [0.6, 1.2, 1.8].map((amplitude) => ({
          construction,
          neuronsPerFeature,
          amplitude,
          objective: 7.2 + (amplitude - 1.5) ** 2 + 4 / neuronsPerFeature,
        }))
      )
    ),
    best: (["random", "hadamard"] as const).map((construction) => ({
      construction,
      neuronsPerFeature: 32,
      amplitude: 1.5,
      objective: 7.3,
      spread: 0.01,
      draws: 3,
    })),
    asSparse: null,
    theory: [2, 9, 30].map((neuronsPerFeature) => ({ neuronsPerFeature, amplitude: 1.5, objective: 8 })),
  },
  computing: {
    functions: [{ name: "and" as const, count: 256, linear: 0.41 }],
    neurons: { layer: 64, all: 128 },
    methods: [["learned", 128], ["linear", 0], ["random", 64], ["dedicated", 64], ["random", 1024], ["dedicated", 1024]]
      .map(
        ([name, neurons]) => ({
          name,
          neurons,
          explained: estimate(0.7),
          accuracy: estimate(0.99),
          design: name === "random" ? { featuresPerNeuron: 4, signed: false, threshold: 0, scale: 1 } : null,
        }),
      ),
    samples: 65536,
    functionsAbove: 1,
    tried: 34,
  },
  layers: {
    layers: [1, 2, 3].map((layer) => ({
      name: `layer${layer}`,
      shape: [1024, 1024],
      spread: 0.2,
      excessKurtosis: estimate(9),
      histogram: Array.from({ length: 81 }, (_, bin) => Math.round(10 ** (4 - Math.abs(bin - 40) / 10))),
      largest: 1.5,
      signs: {
        threshold: 0.8,
        density: estimate(0.02),
        amplitude: estimate(1),
        outOfOne: estimate(4.4),
        intoOne: estimate(1.1),
        intoCounts: [4, 222, 30],
        purity: { value: 1, nullMean: 0.9, nullSd: 0.01, z: 10 },
        statistics: {},
      },
    })),
    hearing: { observed: 1.8, nullMean: -0.4, nullSd: 0.03, z: 73, p: 1e-9 },
  },
  landscape: {
    sample: byCluster({ of: 900, predicted, learned }),
    stages: ["field", "order 1", "Newton step 1"].map((name) => ({
      name,
      agreement: byCluster({
        pairs: 900,
        correlation: 0.9,
        slope: 1,
        r2: name === "order 1" ? -3 : 0.8,
        learnedSpread: 0.05,
        predictedSpread: 0.05,
      }),
    })),
    descents: ["learned", "classCentres"].map((start) => ({
      start,
      objective: 7.2,
      changes: { created: start === "learned" ? 0 : 2, pruned: 0, flipped: 0 },
      distance: byCluster(start === "learned" ? 0 : 0.004),
    })),
  },
  pinningField: {
    response: "linear",
    sample: byCluster({ of: 900, predicted, learned }),
    clusters: { left: { "encoder, centre": left, "decoder, corner": left } },
    ...byCluster({ pairs: 900, correlation: 0.9, slope: 1, r2: 0.8, learnedSpread: 0.05, predictedSpread: 0.05 }),
  },
};

/** A run of d = 96, h = 48 that every chart has something to show of. */
export async function plantedMaterial(): Promise<Material> {
  const analysis = {
    clusters,
    randomGraph: randomGraphTests(signs, { draws: 20 }),
    graphCounts: graphCounts(signs, { draws: 10 }),
    singularSpectrum: singularSpectrum(signs),
    embedding: measureEmbedding({ features: 96, dimensions: 48, vectors: weights.encoder }),
    residuals: await residualsSection.analyse(subject),
    ising: await isingSection.analyse(subject),
    ...plantedFindings,
  };
  const metrics = [1, 400].map((step) => ({ step, seconds: 1, objective: 9, on: 1, off: 1, learningRate: 0.02 }));
  const stored = JSON.parse(
    JSON.stringify(analysis, (_, value) => ArrayBuffer.isView(value) ? Array.from(value as Int8Array) : value),
  );
  return { config, weights, analysis: stored, signs, metrics, snapshots: undefined, pair: undefined };
}
