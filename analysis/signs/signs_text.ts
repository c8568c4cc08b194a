/** The frozen signs in words. */
import { markdownTable } from "../report/markdown.ts";
import { significant, withError } from "../report/number_text.ts";
import type { SignStructure, SignTest } from "./signs.ts";

/** Densities, degrees and purity of S in tables. */
export function signsText(data: SignStructure): string {
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
}

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
