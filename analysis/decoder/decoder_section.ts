/** The trained decoder beside the best ones for the same encoder. */
import { heldOutLoss } from "../../models/training/evaluation.ts";
import { constantDecoder } from "./constant_decoder.ts";
import { markdownTable } from "../report/markdown.ts";
import { percent, significant, withError } from "../report/numbers.ts";
import { optimalDecoder } from "./optimal_decoder.ts";
import type { Section, Verdict } from "../report/section.ts";

/** A held-out objective. */
interface Measured {
  readonly objective: number;
  readonly standardError: number;
}

/** The decoder corners of the features of one degree: means of D·S over their nonzeros. */
export interface CornersOfDegree {
  /** n: neurons of the feature. */
  readonly degree: number;
  /** How many features have it. */
  readonly features: number;
  readonly trained: number;
  readonly optimal: number;
  /** b_n of `constantDecoder`, from the moments of an average neuron. */
  readonly theory: number;
}

/** Key `decoder` of `analysis.json`. */
export interface DecoderData {
  readonly trained: Measured;
  /** The optimal decoder for the trained encoder; the objective on its own samples is a lower bound. */
  readonly optimal: Measured & { readonly fittedObjective: number };
  /** The same for c·S in the place of the encoder. */
  readonly rounded: Measured & { readonly amplitude: number };
  /** b·S for the trained encoder, b in closed form. */
  readonly constant: { readonly amplitude: number; readonly objective: number };
  readonly corners: readonly CornersOfDegree[];
  /** 1 − |trained − optimal|² / |trained|² over all decoder weights. */
  readonly explained: number;
}

const samples = 131072;

/** "Once S is known the decoder follows"; null for another loss or where nothing has frozen. */
export const decoderSection: Section<DecoderData | null> = {
  title: "Optimal decoder",
  async analyse({ config, weights, signs, device }) {
    const edges = signs.edges;
    if (config.loss.name !== "rebalanced" || edges === 0) return null;
    const options = { samples, seed: config.training.seed, device };
    async function evaluate(encoder: Float32Array, decoder: Float32Array): Promise<Measured> {
      const { objective, standardError } = await heldOutLoss(config, { ...weights, encoder, decoder }, options);
      return { objective, standardError };
    }
    const { decoder: optimal, fittedObjective } = await optimalDecoder(weights, config, options);
    const amplitude = weights.encoder.reduce((sum, weight, pair) => sum + weight * signs.entries[pair], 0) / edges;
    const rounded = Float32Array.from(signs.entries, (sign) => amplitude * sign);
    const ofRounded = await optimalDecoder({ ...weights, encoder: rounded }, config, options);
    const constant = await constantDecoder(weights.encoder, signs, config, options);

    const degreeOf = signs.featureDegrees;
    const corners = [...new Set(degreeOf)].filter((degree) => degree > 0).sort((a, b) => a - b).map((degree) => {
      let [features, trainedSum, optimalSum] = [0, 0, 0];
      degreeOf.forEach((own, feature) => {
        if (own !== degree) return;
        features++;
        for (let pair = feature * weights.hidden; pair < (feature + 1) * weights.hidden; pair++) {
          trainedSum += signs.entries[pair] * weights.decoder[pair];
          optimalSum += signs.entries[pair] * optimal[pair];
        }
      });
      const nonzeros = features * degree;
      const theory = constant.amplitudeAtDegree(degree);
      return { degree, features, trained: trainedSum / nonzeros, optimal: optimalSum / nonzeros, theory };
    });
    return {
      trained: await evaluate(weights.encoder, weights.decoder),
      optimal: { ...await evaluate(weights.encoder, optimal), fittedObjective },
      rounded: { ...await evaluate(rounded, ofRounded.decoder), amplitude },
      constant: { amplitude: constant.amplitude, objective: constant.objective },
      corners,
      explained: explained(weights.decoder, optimal),
    };
  },
  summarise(data) {
    if (data === null) return "Known for the rebalanced loss, and for weights that have frozen.";
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
  },
  verdicts: (data) => data === null ? [] : [decoderFollows(data)],
};

function explained(trained: Float32Array, optimal: Float32Array): number {
  let misses = 0;
  let squares = 0;
  trained.forEach((weight, pair) => {
    misses += (weight - optimal[pair]) ** 2;
    squares += weight ** 2;
  });
  return 1 - misses / squares;
}

function decoderFollows({ trained, optimal, explained }: DecoderData): Verdict {
  return {
    claim: "Once the encoder is known the decoder follows (optimal decoder from the encoder).",
    measured: `objective ${withError(optimal.objective, optimal.standardError)} with the optimal decoder, ` +
      `which explains ${percent(explained)} of the trained one`,
    against: `${withError(trained.objective, trained.standardError)} with the trained one, on the same samples`,
    verdict: optimal.objective <= trained.objective ? "supported" : "not supported",
  };
}
