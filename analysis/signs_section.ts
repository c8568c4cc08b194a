/** The frozen signs, in numbers. */
import { markdownTable, significant, withError } from "./markdown.ts";
import type { Section } from "./section.ts";
import { type SignStructure, signStructure } from "./signs.ts";

/** Densities, degrees and purity of S. */
export const signsSection: Section<SignStructure> = {
  title: "Signs",
  analyse: ({ weights, signs }) => signStructure(weights, signs),
  summarise(data) {
    const estimates = [
      ["density p", data.density],
      ["encoder amplitude c", data.amplitude],
      ["decoder amplitude", data.decoderAmplitude],
      ["neurons per feature", data.neuronsPerFeature],
      ["features per neuron", data.featuresPerNeuron],
    ] as const;
    const degrees = data.featureDegrees;
    return [
      "w* = c·S with S ∈ {−1, 0, 1}; errors over features (over neurons for the last).",
      markdownTable(
        ["quantity", "value"],
        estimates.map(([name, { value, error }]) => [name, withError(value, error)]),
      ),
      "How many features have how many neurons:",
      markdownTable(["degree", ...degrees.keys().map(String)], [[
        "features",
        ...degrees.map((count) => significant(count, 6)),
      ]]),
    ].join("\n\n");
  },
};
