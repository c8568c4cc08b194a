/** Exact values or clusters, blocks or one piece: what changes where there are as many neurons as features. */
import { z } from "zod";
import { markdownTable } from "../report/markdown.ts";
import { percent, significant, withError } from "../report/number_text.ts";
import { comparison, count, measured } from "../report/analysis_schema.ts";
import type { Section } from "../report/section.ts";
import { type BesideNulls, type Regularity, regularity } from "./regularity.ts";
import { regularityVerdicts } from "./regularity_verdicts.ts";

const besideNulls = z.strictObject({ iid: comparison, fixedDegree: comparison });
const moments = z.strictObject({ mean: measured, spread: measured });

const schema = z.strictObject({
  values: count,
  exactShare: measured,
  sharedNeurons: measured,
  largest: besideNulls,
  orthogonal: besideNulls,
  cancelling: besideNulls,
  kinds: z.array(z.strictObject({
    features: count,
    neurons: count,
    degree: count.nullable(),
    orthogonal: z.boolean(),
    count,
    encoder: moments,
    decoder: moments,
  })),
  draws: count,
}).nullable();

/** Kinds of components that the summary lists. */
const LISTED = 12;

/** How regular the network is; null where nothing has frozen. */
export const regularitySection: Section<Regularity | null> = {
  title: "Regularity",
  schema,
  analyse: ({ config, weights, clusters, signs }) =>
    regularity(weights, clusters, signs, { seed: config.training.seed }),
  summarise: (data) => data === null ? "Nothing has frozen: S has no nonzeros." : text(data),
  verdicts: (data) => data === null ? [] : regularityVerdicts(data),
};

function text(
  { values, exactShare, sharedNeurons, largest, orthogonal, cancelling, kinds, draws }: Regularity,
): string {
  const row = (name: string, { iid, fixedDegree }: BesideNulls) => [
    name,
    percent(iid.observed),
    withError(iid.nullMean, iid.nullSd),
    withError(fixedDegree.nullMean, fixedDegree.nullSd),
  ];
  return [
    `${values} clusters in the corners of one side; ${
      percent(exactShare)
    } of the nonzeros are in groups, by the degree of their ` +
    `feature, with one exact value of E; ${
      percent(sharedNeurons)
    } of the neurons serve two features or more. A component is ` +
    "a set of features and neurons that S joins to no others; two features are orthogonal where the products of their signs on " +
    `common neurons cancel. Fractions of ${draws} draws of each null model, ± their spread.`,
    markdownTable(["of S", "measured", "iid entries", "the same degrees"], [
      row("features in the largest component", largest),
      row("features in components of two or more, all orthogonal", orthogonal),
      row("orthogonal pairs, of those that share neurons", cancelling),
    ]),
    markdownTable(
      ["features × neurons", "neurons of a feature", "orthogonal", "how many", "S·E", "S·D"],
      kinds.slice(0, LISTED).map(({ features, neurons, degree, orthogonal, count, encoder, decoder }) => [
        `${features} × ${neurons}`,
        degree === null ? "differ" : significant(degree),
        orthogonal ? "yes" : "no",
        significant(count),
        `${significant(encoder.mean)} ± ${significant(encoder.spread, 2)}`,
        `${significant(decoder.mean)} ± ${significant(decoder.spread, 2)}`,
      ]),
    ) + (kinds.length > LISTED ? `\n\nand ${kinds.length - LISTED} kinds more.` : ""),
    "With as many features as neurons, one degree k and orthogonal features a component is a weighing matrix, S Sᵀ = k·I.",
  ].join("\n\n");
}
