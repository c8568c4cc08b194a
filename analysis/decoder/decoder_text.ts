/** The trained decoder beside the best ones for the same encoder, in words. */
import { markdownTable } from "../report/markdown.ts";
import { significant, withError } from "../report/number_text.ts";
import type { DecoderData } from "./decoder_comparison.ts";

/** Objectives and corners in tables. */
export function decoderText(data: DecoderData): string {
  const { trained, optimal, rounded, constant, corners } = data;
  return [
    "For a fixed encoder the best decoder solves a weighted ridge problem for each feature. Objectives on fresh " +
    `samples; on the samples of its own fit the optimal decoder has ${
      significant(optimal.fittedObjective, 5)
    }, which ` +
    "is a lower bound of the optimum.",
    markdownTable(["encoder", "decoder", "objective"], [
      ["trained", "trained", withError(trained.objective, trained.standardError)],
      ["trained", "optimal", withError(optimal.objective, optimal.standardError)],
      [`c·S, c = ${significant(rounded.amplitude)}`, "optimal", withError(rounded.objective, rounded.standardError)],
      ["trained", `b·S, b = ${significant(constant.amplitude)} in closed form`, significant(constant.objective, 5)],
    ]),
    "Corners of the decoder (means of D·S) by the degree n of the feature. The theory, " +
    "b_n = λq m / (λq[m²(n − 1) + M] + (1 − q)V + ρ_D) with q = k/d, knows of a neuron only the mean m and mean square " +
    "M of its activation when the feature is on and the mean square V when it is off: n neurons share the work of " +
    "reaching 1, and noise, interference and ridge keep the sum below 1.",
    markdownTable(
      ["n", "features", "trained", "optimal", "theory"],
      corners.map(({ degree, features, trained, optimal, theory }) => [
        String(degree),
        String(features),
        significant(trained),
        significant(optimal),
        significant(theory),
      ]),
    ),
  ].join("\n\n");
}
