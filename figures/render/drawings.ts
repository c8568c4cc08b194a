/** Every figure, each with what it takes of a run: a new one is a module of its own and a line in the table. */
import type { Basins } from "../../analysis/basins/basins.ts";
import type { Clusters } from "../../analysis/clusters/clusters.ts";
import type { DecoderData } from "../../analysis/decoder/decoder_section.ts";
import { regions } from "../../analysis/displacements/displacement_clusters.ts";
import type { GraphCounts } from "../../analysis/random_graph/graph_counts.ts";
import type { IsingData } from "../../analysis/frustration/ising_section.ts";
import type { MeanFieldData } from "../../analysis/mean_field/mean_field_section.ts";
import type { PinningFieldSectionData } from "../../analysis/pinning_field/pinning_field_measurement.ts";
import type { RandomGraphTests } from "../../analysis/random_graph/random_graph.ts";
import { nullNames, statisticNames } from "../../analysis/random_graph/random_graph_section.ts";
import type { ResidualsData } from "../../analysis/displacements/residuals_section.ts";
import type { SingularSpectrum } from "../../analysis/random_graph/singular_spectrum.ts";
import { matrices } from "../../analysis/derivatives/weight_vector.ts";
import type { MetricsRow } from "../../models/run/metrics.ts";
import { basins } from "../charts/signs/basins.ts";
import { clusters } from "../charts/weights/clusters.ts";
import { cornerTypes } from "../charts/displacements/corner_types.ts";
import { degrees } from "../charts/signs/degrees.ts";
import { densityScan, type ScanSeries } from "../charts/signs/density_scan.ts";
import { displacements } from "../charts/displacements/displacements.ts";
import { encoderHistogram } from "../charts/weights/encoder_histogram.ts";
import type { Figure } from "./figure.ts";
import { headline } from "../charts/weights/headline.ts";
import { isingEntropy } from "../charts/frustration/spin_ice_entropy.ts";
import { isingLattices } from "../charts/frustration/spin_ice_lattices.ts";
import { lossCurve, type LossRecord } from "../charts/training/loss_curve.ts";
import type { Material, Network } from "./material.ts";
import { optimalDecoder } from "../charts/signs/optimal_decoder.ts";
import { overlaps } from "../charts/signs/overlaps.ts";
import { quantiles } from "../charts/displacements/quantiles.ts";
import { randomGraph } from "../charts/signs/random_graph.ts";
import { type ResidualGroup, residuals } from "../charts/displacements/residuals.ts";
import { singularValues } from "../charts/signs/singular_values.ts";
import { cornerPairs } from "../transforms/corner_pairs.ts";
import { displacementGroups } from "../transforms/displacement_groups.ts";

/** Draws one figure, or says that the run lacks the data for it. */
export type Drawing = (material: Material) => Figure | undefined;

/** A figure of what one section of the analysis found; undefined where it was not measured or has nothing to say. */
function measured<Data>(key: string, draw: (data: NonNullable<Data>, material: Material) => Figure): Drawing {
  return (material) => {
    const data = material.analysis[key] as Data | undefined;
    return data === undefined || data === null ? undefined : draw(data, material);
  };
}

/** The figures in the order of the page. */
export const drawings: readonly Drawing[] = [
  ({ pair, ...own }) => headline([own, ...(pair === undefined ? [] : [pair])].map(headlinePanel)),
  ({ metrics }) => hasLosses(metrics) ? lossCurve(metrics) : undefined,
  ({ weights, clusters }) => encoderHistogram(weights, clusters),
  ({ weights, clusters: { centres } }) => clusters(weights, centres),
  ({ weights, signs }) => signs.edges > 0 ? cornerTypes(cornerPairs(weights, signs)) : undefined,
  measured<GraphCounts | null>("graphCounts", ({ degrees: { features, neurons } }) => degrees(features, neurons)),
  measured<GraphCounts | null>("graphCounts", ({ overlaps: { features, neurons } }) => overlaps(features, neurons)),
  measured<RandomGraphTests | null>("randomGraph", randomGraphFigure),
  measured<SingularSpectrum | null>("singularSpectrum", spectrumFigure),
  measured<DecoderData | null>("decoder", decoderFigure),
  (material) => densityFigure(material),
  measured<Basins | null>("basins", ({ ladder }) => basins(ladder.map(rung))),
  measured<PinningFieldSectionData | null>("pinningField", displacementFigure),
  measured<ResidualsData>("residuals", (data, material) => residuals(shapedGroups(data, material))),
  measured<ResidualsData>("residuals", (data, material) => quantiles(shapedGroups(data, material))),
  measured<IsingData>("ising", ({ lattices }, { signs }) => isingLattices(lattices, signs)),
  measured<IsingData>("ising", ({ entropy, signs }) => isingEntropy(entropy, signs)),
];

function headlinePanel({ config: { model }, weights, analysis }: Network) {
  const title = model.hidden < model.features ? "With superposition" : "Without superposition";
  return { title, weights, centres: (analysis.clusters as Clusters).centres };
}

function hasLosses(metrics: readonly MetricsRow[]): metrics is (MetricsRow & LossRecord)[] {
  return metrics.length > 0 && "objective" in metrics[0] && "learningRate" in metrics[0];
}

function randomGraphFigure({ nulls, level, draws }: RandomGraphTests): Figure {
  const models = (Object.keys(nullNames) as (keyof typeof nullNames)[]).map((name) => ({
    name: nullNames[name],
    tests: (Object.keys(statisticNames) as (keyof typeof statisticNames)[]).map((statistic) => ({
      statistic: statisticNames[statistic],
      ...nulls[name][statistic],
    })),
  }));
  return randomGraph(models, { level, draws });
}

function spectrumFigure({ values, law }: SingularSpectrum, { analysis }: Material): Figure {
  const tests = analysis.randomGraph as RandomGraphTests | null | undefined;
  const largest = tests?.nulls.iid.signedSingularValue;
  return singularValues({
    values,
    law,
    nullLargest: largest && { mean: largest.nullMean, sd: largest.nullSd },
  });
}

function decoderFigure({ corners, trained, optimal, rounded }: DecoderData): Figure {
  const named = (name: string, { objective, standardError }: typeof trained) => ({
    name,
    objective,
    error: standardError,
  });
  return optimalDecoder({
    corners,
    objectives: [
      named("trained", trained),
      named("optimal decoder", optimal),
      named("c·S, optimal decoder", rounded),
    ],
  });
}

/** Theory and descents against the density, whichever was measured. */
function densityFigure({ analysis }: Material): Figure | undefined {
  const theory = analysis.meanField as MeanFieldData | null | undefined;
  const descents = analysis.basins as Basins | null | undefined;
  const series: ScanSeries[] = [];
  const marked: { name: string; density: number }[] = [];
  if (descents) {
    const points = (stage: "before" | "after") =>
      descents.scan.map((point) => ({ density: point.density, objective: point[stage], error: 0 }));
    series.push({ name: "random S", points: points("before") });
    series.push({ name: "random S after descent", points: points("after") });
    marked.push({ name: "learned", density: descents.density });
  }
  if (theory) {
    // The theory goes on to densities that nothing was measured at.
    const shown = descents ? descents.scan.map(({ density }) => density) : [0, 1];
    const points = theory.scan
      .filter(({ density }) => density >= 0.7 * Math.min(...shown) && density <= 1.4 * Math.max(...shown))
      .map(({ density, objective }) => ({ density, objective, error: 0 }));
    series.push({ name: "mean-field theory, equal degrees", points });
    if (!descents) marked.push({ name: "learned", density: theory.trained.density });
    if (theory.sparse) marked.push({ name: "minimum of the theory", density: theory.sparse.density });
  }
  return series.length === 0 ? undefined : densityScan(series, marked);
}

const kindNames: Readonly<Record<Basins["ladder"][number]["kind"], string>> = {
  learned: "learned",
  rounded: "c·S, learned S",
  random: "iid S",
  rowSign: "one sign a neuron",
  fixedDegree: "learned degrees",
  regular: "level degrees",
};

function rung({ kind, ...objectives }: Basins["ladder"][number]) {
  return { kind: kindNames[kind], ...objectives };
}

function displacementFigure({ sample, ...agreement }: PinningFieldSectionData): Figure {
  const panels = matrices.flatMap((matrix) =>
    regions.map((region) => ({
      title: `${matrix === "encoder" ? "Encoder" : "Decoder"}, ${region}`,
      ...sample[matrix][region],
      ...agreement[matrix][region],
    }))
  );
  return displacements(panels);
}

/** Groups of at least so many values have a shape that a figure can show. */
const leastShown = 200;
/** More panels of displacements would not be looked at. */
const mostGroups = 8;

function shapedGroups(data: NonNullable<ResidualsData>, { weights, signs, analysis }: Material): ResidualGroup[] {
  const values = displacementGroups(weights, signs);
  const theory = analysis.pinningField as PinningFieldSectionData | null | undefined;
  const predictedSds = Object.fromEntries(
    matrices.flatMap((matrix) =>
      regions.map((region) => [`${matrix}, ${region}`, theory?.[matrix][region].predictedSpread])
    ),
  );
  const learned = Object.entries(data)
    .filter(([name, { count }]) => count >= leastShown && values.has(name))
    .slice(0, mostGroups)
    .map(([name, shape]) => ({ name, values: values.get(name)!, predictedSd: predictedSds[name], ...shape }));
  return theory ? [...learned, ...leftGroups(theory)] : learned;
}

/** What the prediction leaves of the sampled displacements. */
function leftGroups({ sample, clusters }: PinningFieldSectionData): ResidualGroup[] {
  return matrices.flatMap((matrix) =>
    regions.flatMap((region) => {
      const { predicted, learned } = sample[matrix][region];
      const shape = clusters.left[`${matrix}, ${region}`];
      if (shape === undefined || learned.length < leastShown) return [];
      const values = learned.map((value, index) => value - predicted[index]);
      return [{ ...shape, name: `${matrix}, ${region}, left by the prediction`, values }];
    })
  );
}
