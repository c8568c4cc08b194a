/** The graph of S in words: tests, counts and spectrum. */
import { markdownTable } from "../report/markdown.ts";
import { fixed, significant, withError } from "../report/number_text.ts";
import type { CountsUnderNulls, GraphCounts } from "./graph_counts.ts";
import { nullNames, statisticNames } from "./graph_names.ts";
import type { GraphStatistics } from "./graph_statistics.ts";
import type { NullName, RandomGraphTests, StatisticTest } from "./random_graph.ts";
import { beyondLaw, type SingularSpectrum } from "./singular_spectrum.ts";

/** The tests against the null models in a table. */
export function randomGraphText(data: RandomGraphTests): string {
  const { draws, level, nulls, marchenkoPastur } = data;
  const names = Object.keys(nullNames) as NullName[];
  const rows = (Object.keys(statisticNames) as (keyof GraphStatistics)[]).map((statistic) => [
    statisticNames[statistic],
    significant(nulls.iid[statistic].observed, 4),
    ...names.map((name) => cell(nulls[name][statistic], level)),
  ]);
  const edges = [
    `${significant(marchenkoPastur.signs.observed / marchenkoPastur.signs.edge)} for S`,
    `${significant(marchenkoPastur.support.observed / marchenkoPastur.support.edge)} for |S| − p`,
  ];
  return [
    `The bipartite graph of features and neurons against ${draws} draws of each null model, all with as many nonzeros ` +
    "as S: mean ± standard deviation of the null, and z. Bold: rejected at a family-wise level of " +
    `${level} over all tests of the table (Holm). "Fixed degrees" keeps every degree and each neuron's numbers of + ` +
    "and −. Nothing here changes when a neuron is flipped.",
    markdownTable(["statistic", "S", ...names.map((name) => nullNames[name])], rows),
    `Largest singular values in units of Marchenko and Pastur's edge: ${edges.join(", ")}.`,
  ].join("\n\n");
}

function cell({ observed, nullMean, nullSd, z, adjustedP }: StatisticTest, level: number): string {
  if (nullSd === 0 && observed === nullMean) return "the same";
  if (z === null) return `**always ${significant(nullMean)}**`;
  const text = `${withError(nullMean, nullSd)}, z = ${fixed(z, 1)}`;
  return adjustedP <= level ? `**${text}**` : text;
}

/** Degrees and overlaps in tables. */
export function graphCountsText(data: GraphCounts): string {
  const { draws, degrees, overlaps } = data;
  return [
    `Counts in S, with mean ± standard deviation over ${draws} draws of each null model.`,
    "Features by their number of neurons:",
    countsTable(degrees.features),
    "Neurons by their number of features:",
    countsTable(degrees.neurons),
    "Pairs of features by the number of neurons they share:",
    countsTable(overlaps.features),
    "Pairs of neurons by the number of features they share:",
    countsTable(overlaps.neurons),
  ].join("\n\n");
}

function countsTable({ observed, nulls }: CountsUnderNulls): string {
  const length = Math.max(observed.length, ...nulls.map(({ mean }) => mean.length));
  const rows = Array.from({ length }, (_, value) => [
    String(value),
    String(observed[value] ?? 0),
    ...nulls.map(({ mean, sd }) => `${significant(mean[value] ?? 0)} ± ${significant(sd[value] ?? 0, 2)}`),
  ]);
  return markdownTable(["number", "S", ...nulls.map(({ name }) => name)], rows);
}

/** Where the singular values lie. */
export function singularSpectrumText(data: SingularSpectrum): string {
  const { values } = data;
  const { edge, beyond } = beyondLaw(data);
  return `The ${values.length} singular values of S lie between ${significant(values[0])} and ` +
    `${significant(values[values.length - 1])}; ${beyond} of them beyond ${significant(edge)}, where Marchenko and ` +
    "Pastur's law for independent entries ends (which sparse random matrices overstep a little too; the random-graph " +
    "section tests the largest one against draws).";
}
