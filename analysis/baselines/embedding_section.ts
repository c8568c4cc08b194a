/** How the features lie in the hidden layer, of any network. */
import { z } from "zod";
import type { Config } from "../../models/experiment/config.ts";
import { markdownTable } from "../report/markdown.ts";
import { percent, significant, withError } from "../report/number_text.ts";
import { comparison, count, measured, measuredList } from "../report/analysis_schema.ts";
import { ofAnyNetwork, type Section, type Verdict } from "../report/section.ts";
import { familyWiseLevel, regularWithin } from "../report/thresholds.ts";
import { type EmbeddingData, embeddingOf, measureEmbedding } from "./embedding.ts";

const schema = z.strictObject({
  dimensions: count,
  squaredNorm: measured,
  represented: count,
  shares: measuredList,
  cosines: z.array(measuredList),
  plane: z.strictObject({
    vectors: z.array(z.tuple([measured, measured])),
    gaps: measuredList,
    expected: measured,
    deviation: comparison,
  }).nullable(),
  axes: z.strictObject({ kurtosis: comparison, corners: count }).nullable(),
});

/** The rows of the first matrix: their lengths and angles, and whether their axes are theirs. */
export const embeddingSection: Section<EmbeddingData> = {
  title: "Embedding",
  schema,
  ...ofAnyNetwork(({ config, parameters }) =>
    measureEmbedding(embeddingOf(config, parameters), { seed: config.training.seed })
  ),
  summarise: text,
  verdicts: embeddingVerdicts,
};

function text({ dimensions, squaredNorm, represented, shares, plane, axes }: EmbeddingData): string {
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return [
    "Each feature has a vector in the hidden layer, its row of the first matrix W. Represented are those of at least half the " +
    "largest squared length. The share of a dimension that a feature has is |W_i|² / Σ_j (Ŵ_i·W_j)² (Elhage et al. 2022): 1 where " +
    "it is orthogonal to all others, 1/2 where it shares a line with an opposite one, 2/5 in a pentagon.",
    markdownTable(["quantity", "value"], [
      ["features represented", `${represented} of ${shares.length}`],
      ["‖W‖² / h, features a dimension where lengths are 1 or 0", significant(squaredNorm / dimensions)],
      ["D* = h / ‖W‖²", significant(dimensions / squaredNorm)],
      ["mean share of a dimension", significant(mean)],
      ...(plane === null ? [] : [
        ["degrees between neighbours", plane.gaps.map((gap) => significant(gap, 4)).join(", ")],
        [
          `their root mean square deviation from ${significant(plane.expected)}°; random directions`,
          `${significant(plane.deviation.observed, 2)}°; ${
            withError(plane.deviation.nullMean, plane.deviation.nullSd)
          }°`,
        ],
      ]),
      ...(axes === null ? [] : [
        ["excess kurtosis of the entries", significant(axes.kurtosis.observed)],
        ["the same in rotated axes, ± spread", withError(axes.kurtosis.nullMean, axes.kurtosis.nullSd)],
        ["clusters of the entries away from 0", String(axes.corners)],
      ]),
    ]),
  ].join("\n\n");
}

/** Whether directions form a regular polygon, and whether the hidden layer has axes of its own. */
export function embeddingVerdicts(
  { plane, axes, represented }: EmbeddingData,
  { model }: Pick<Config, "model">,
): Verdict[] {
  const verdicts: Verdict[] = [];
  if (plane !== null && represented > 2) {
    const { observed, nullMean, nullSd, p } = plane.deviation;
    verdicts.push({
      claim: `The represented features form a regular polygon: ${significant(plane.expected)}° between neighbours.`,
      measured: `${represented} of ${plane.vectors.length} features, off by ${
        significant(observed, 2)
      }° (root mean square)`,
      against: `${withError(nullMean, nullSd)}° of random directions; regular means within ${
        percent(regularWithin)
      } of ${significant(plane.expected)}°`,
      verdict: observed <= regularWithin * plane.expected && p <= familyWiseLevel ? "supported" : "not supported",
    });
  }
  if (axes !== null) {
    const { kurtosis: { observed, nullMean, nullSd, z, p }, corners } = axes;
    const isPrivileged = corners > 0 && z !== null && z > 0 && p <= familyWiseLevel;
    verdicts.push({
      claim: model.name === "toy-model"
        ? "A hidden layer without nonlinearity has no axes of its own: W has no ±c."
        : "The neurons are axes of their own: the entries of the first matrix are in clusters, those of a rotated one are not.",
      measured: `${corners} clusters away from 0; excess kurtosis ${significant(observed)}`,
      against: `${withError(nullMean, nullSd)} in rotated axes`,
      verdict: verdictOn(isPrivileged, corners === 0 && p > familyWiseLevel, model.name === "toy-model"),
    });
  }
  return verdicts;
}

/** Axes of their own, none, or in between; the toy model is expected to have none. */
function verdictOn(isPrivileged: boolean, isNot: boolean, isToy: boolean): Verdict["verdict"] {
  if (!isPrivileged && !isNot) return "open";
  return isPrivileged === isToy ? "not supported" : "supported";
}
