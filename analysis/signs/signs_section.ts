/** The frozen signs, in numbers. */
import { markdownTable } from "../report/markdown.ts";
import { percent, significant, withError } from "../report/numbers.ts";
import { signsSchema } from "./signs_schema.ts";
import type { Section, Verdict } from "../report/section.ts";
import { type SignStructure, signStructure, type SignTest } from "./signs.ts";

/** Densities, degrees and purity of S. */
export const signsSection: Section<SignStructure> = {
  title: "Signs",
  schema: signsSchema,
  analyse: ({ weights, signs }) => signStructure(weights, signs),
  summarise(data) {
    const estimates = [
      ["density p", data.density],
      ["encoder amplitude c", data.amplitude],
      ["decoder amplitude", data.decoderAmplitude],
      ["neurons per feature", data.neuronsPerFeature],
      ["features per neuron", data.featuresPerNeuron],
    ] as const;
    const tests = [
      ["nonzeros with the majority sign of their neuron", data.rowSignPurity],
      ["correlation of signs within a neuron", data.correlationWithinNeurons],
      ["mean product of the signs around a 4-cycle", data.plaquetteMean],
    ] as const;
    return [
      "w* = c·S with S ∈ {−1, 0, 1}; errors over features (over neurons for the last).",
      markdownTable(
        ["quantity", "value"],
        estimates.map(([name, { value, error }]) => [name, withError(value, error)]),
      ),
      "How many features have how many neurons, and how many neurons serve how many features:",
      degreeTable(data),
      "The signs beside what independent fair signs on the same nonzeros would give:",
      markdownTable(
        ["statistic", "value", "null model", "z"],
        tests.map(([name, test]) => [name, significant(test.value), nullOf(test), zOf(test)]),
      ),
    ].join("\n\n");
  },
  verdicts(data, { model }) {
    return model.hidden > model.features ? [oneFeatureANeuron(data)] : [rowSign(data)];
  },
};

const nullOf = ({ nullMean, nullSd }: SignTest) => `${significant(nullMean)} ± ${significant(nullSd)}`;
const zOf = ({ z }: SignTest) => z === null ? "–" : significant(z);

function degreeTable({ featureDegrees, neuronDegrees }: SignStructure): string {
  const columns = Math.max(featureDegrees.length, neuronDegrees.length);
  const row = (name: string, counts: readonly number[]) => [
    name,
    ...Array.from({ length: columns }, (_, degree) => String(counts[degree] ?? 0)),
  ];
  const header = ["degree", ...Array.from({ length: columns }, (_, degree) => String(degree))];
  return markdownTable(header, [row("features", featureDegrees), row("neurons", neuronDegrees)]);
}

function oneFeatureANeuron({ neuronDegrees }: SignStructure): Verdict {
  const serving = neuronDegrees.reduce((sum, count) => sum + count, 0);
  const several = neuronDegrees.slice(2).reduce((sum, count) => sum + count, 0);
  return {
    claim: "Without superposition each neuron serves at most one feature.",
    measured: `${several} of ${serving} neurons (${percent(several / serving)}) serve two features or more`,
    against: "none",
    verdict: several === 0 ? "supported" : "not supported",
  };
}

function rowSign({ rowSignPurity }: SignStructure): Verdict {
  const { value, nullMean, nullSd } = rowSignPurity;
  return {
    claim: "The nonzeros of a neuron share one sign (footnote).",
    measured: `${percent(value)} carry the majority sign of their neuron`,
    against: `100 % if they share it; ${percent(nullMean)} ± ${percent(nullSd)} if signs are fair coins`,
    verdict: value > 0.99 ? "supported" : "not supported",
  };
}
