/** What the weights have frozen into, layer by layer. */
import { statisticNames } from "../random_graph/graph_names.ts";
import type { GraphStatistics } from "../random_graph/graph_statistics.ts";
import { markdownTable } from "../report/markdown.ts";
import { percent, significant, withError } from "../report/number_text.ts";
import { ofAnyNetwork, type Section, type Verdict } from "../report/section.ts";
import { equalWithin, familyWiseLevel } from "../report/thresholds.ts";
import { type LayersData, measureLayers } from "./layers.ts";
import { layersSchema } from "./layers_schema.ts";

/** Clusters, signs and graph statistics of each layer; null for a network without layers of its own. */
export const layersSection: Section<LayersData | null> = {
  title: "Layers",
  schema: layersSchema,
  ...ofAnyNetwork(measureLayers),
  summarise: (data) => data === null ? "" : layersText(data),
  verdicts: (data) => data === null ? [] : sharedNeurons(data),
};

function layersText({ layers, hearing }: LayersData): string {
  const frozen = layers.flatMap(({ name, signs }) => signs === null ? [] : [{ name, ...signs }]);
  const statistics = [
    ...new Set(frozen.flatMap(({ statistics }) => Object.keys(statistics))),
  ] as (keyof GraphStatistics)[];
  return [
    "Each layer's weights are cut where their clusters lie farthest apart, as encoder weights are; what lies beyond the threshold " +
    "are its signs. The errors of the counts are over what is counted.",
    markdownTable(
      [
        "layer",
        "excess kurtosis",
        "threshold",
        "share beyond",
        "mean size there",
        "out of one below",
        "into one above",
      ],
      layers.map(({ name, shape, excessKurtosis, signs }) => [
        `${name} (${shape.join(" → ")})`,
        withError(excessKurtosis.value, excessKurtosis.error),
        signs === null ? "–" : significant(signs.threshold),
        signs === null ? "–" : percent(signs.density.value),
        signs === null ? "–" : withError(signs.amplitude.value, signs.amplitude.error),
        signs === null ? "–" : withError(signs.outOfOne.value, signs.outOfOne.error),
        signs === null ? "–" : withError(signs.intoOne.value, signs.intoOne.error),
      ]),
    ),
    "The signs of each layer beside as many nonzeros at random places with random signs (mean ± spread of the null):",
    markdownTable(
      ["statistic", ...frozen.map(({ name }) => name)],
      [
        ["majority sign", ...frozen.map(({ purity: { value, nullMean, nullSd } }) => beside(value, nullMean, nullSd))],
        ...statistics.map((statistic) => [
          statisticNames[statistic].replace("feature", "input").replace("neuron", "output"),
          ...frozen.map(({ statistics }) => {
            const { observed, nullMean, nullSd } = statistics[statistic]!;
            return beside(observed, nullMean, nullSd);
          }),
        ]),
      ],
    ),
    ...(hearing === null ? [] : [
      "Over the nonzeros of the last layer, the weaker of the two paths from a function's features to the neuron that puts it out is " +
      `${significant(hearing.observed)} spreads of all paths on average; with functions shuffled it is ` +
      `${significant(hearing.nullMean, 2)} ± ${significant(hearing.nullSd, 2)}.`,
    ]),
  ].join("\n\n");
}

function beside(observed: number, nullMean: number, nullSd: number): string {
  return `${significant(observed)} (${significant(nullMean)} ± ${significant(nullSd, 2)})`;
}

function sharedNeurons({ layers, hearing }: LayersData): Verdict[] {
  const last = layers.at(-1)!.signs;
  if (last === null || hearing === null) return [];
  const { value, error } = last.outOfOne;
  const isShared = value - equalWithin.errors * error > 1;
  const isHeard = hearing.observed > hearing.nullMean && hearing.p < familyWiseLevel;
  return [{
    claim: "Functions share the neurons that compute them: a neuron puts out several, and hears both features of each.",
    measured: `${withError(value, error)} functions a neuron, ${
      withError(last.intoOne.value, last.intoOne.error)
    } neurons a function; weaker path ${significant(hearing.observed)} spreads`,
    against: `one function a neuron; shuffled functions: ${significant(hearing.nullMean, 2)} ± ` +
      `${significant(hearing.nullSd, 2)}, p = ${significant(hearing.p, 2)}`,
    partOf: [7],
    verdict: isShared && isHeard ? "supported" : "not supported",
  }];
}
