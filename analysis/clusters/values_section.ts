/** The exact values of the weights, where they take exact values. */
import { markdownTable } from "../report/markdown.ts";
import { percent, significant } from "../report/numbers.ts";
import { valuesSchema } from "./clusters_schema.ts";
import type { Section } from "../report/section.ts";
import { type DegreeValues, valuesByDegree } from "./values_by_degree.ts";

/** Largest standard deviation of the encoder weights for a value to count as exact: about 1 % of the corner. */
const exactSpread = 0.02;

/** Values of the nonzeros by the degree of their feature. */
export const valuesSection: Section<readonly DegreeValues[]> = {
  title: "Values by degree",
  schema: valuesSchema,
  analyse: ({ weights, signs }) => valuesByDegree(weights, signs),
  summarise(groups) {
    const rows = groups.map(({ degree, shared, pairs, encoder, decoder }) => [
      String(degree),
      shared ? "shared" : "of its own",
      String(pairs),
      `${significant(encoder.mean, 4)} ± ${significant(encoder.spread, 2)}`,
      `${significant(decoder.mean, 4)} ± ${significant(decoder.spread, 2)}`,
    ]);
    return "Weights on the nonzeros of S, their sign taken out, by the number of neurons of the feature and by whether " +
      "the neuron serves other features too: mean ± standard deviation over the pairs.\n\n" +
      markdownTable(["neurons of the feature", "neuron", "pairs", "encoder", "decoder"], rows);
  },
  verdicts(groups, { model }) {
    if (model.hidden <= model.features || groups.length === 0) return [];
    const pairs = groups.reduce((sum, group) => sum + group.pairs, 0);
    const exact = groups.filter(({ encoder }) => encoder.spread <= exactSpread)
      .reduce((sum, group) => sum + group.pairs, 0);
    const widest = Math.max(...groups.map(({ encoder }) => encoder.spread));
    return [{
      claim:
        "Without superposition the weights take a few exact values, which the number of neurons of a feature decides.",
      measured: `${groups.length} groups; widest encoder spread ${significant(widest)}`,
      against: `exact means a spread of at most ${exactSpread}: so are the groups of ${
        percent(exact / pairs)
      } of the nonzeros`,
      verdict: widest <= exactSpread ? "supported" : "not supported",
    }];
  },
};
