/** Whether neurons go to features by their type, and by the theory of the shares. */
import { extent, max } from "d3-array";
import { percent, significant, withError } from "../report/number_text.ts";
import type { Verdict } from "../report/section.ts";
import { equalWithin, familyWiseLevel, predictedWithin } from "../report/thresholds.ts";
import type { BlockNeurons } from "./block_neurons.ts";
import { dearer } from "./feature_types_text.ts";
import type { FeatureTypesData, GroupMeasurement } from "./feature_types.ts";

/** What the groups say of how neurons are shared out. */
export function featureTypesVerdicts(data: FeatureTypesData): Verdict[] {
  const { blocks } = data;
  const ofBlocks = blocks === null ? [] : [togetherShare(blocks)];
  if (data.groups.length < 2) return [...ofBlocks, oneScale(data)];
  const measured = data.groups.map(({ name, neuronsPerFeature: { value, error } }) =>
    `${withError(value, error)} (${name})`
  ).join(", ");
  return [byType(data, measured), ...byTheory(data, measured), ...ofBlocks, oneScale(data)];
}

function togetherShare({ partners: { observed, nullMean, nullSd, p } }: BlockNeurons): Verdict {
  return {
    claim: "Features that are on together share neurons.",
    measured: `${significant(observed)} other features of the same block on the neuron of a nonzero, on average`,
    against: `shuffled blocks: ${significant(nullMean)} ± ${significant(nullSd, 2)}, p = ${significant(p, 2)}`,
    verdict: observed > nullMean && p < familyWiseLevel ? "supported" : "not supported",
  };
}

function byType({ betweenGroups: { observed, nullMean, nullSd, p } }: FeatureTypesData, measured: string): Verdict {
  return {
    claim: "Neurons are shared out by the type of the feature.",
    measured: `neurons per feature ${measured}; η² = ${significant(observed)}`,
    against: `shuffled degrees: η² = ${significant(nullMean, 2)} ± ${significant(nullSd, 2)}, p = ${significant(p, 2)}`,
    partOf: [7],
    verdict: p < familyWiseLevel ? "supported" : "not supported",
  };
}

function byTheory({ groups, theory }: FeatureTypesData, measured: string): Verdict[] {
  const predictions = groups.flatMap(({ predicted }) => predicted === null ? [] : [predicted.degree]);
  if (theory === null || predictions.length < groups.length) return [];
  return [{
    claim: "A neuron more is worth as much for every type: the shares are the cheapest ones of the mean-field theory.",
    measured: `neurons per feature ${measured}`,
    against: `predicted ${
      predictions.map((degree) => significant(degree)).join(", ")
    }; in the theory the measured shares ` +
      `cost ${dearer(theory, "measured")} more and equal ones ${dearer(theory, "equal")}`,
    partOf: [7],
    verdict: groups.every(isPredicted) ? "supported" : "not supported",
  }];
}

/** Within a tenth, or within what the degrees of so few features leave open. */
function isPredicted({ neuronsPerFeature: { value, error }, predicted }: GroupMeasurement): boolean {
  const allowed = Math.max(predictedWithin * value, equalWithin.errors * (Number.isNaN(error) ? 0 : error));
  return Math.abs(predicted!.degree - value) <= allowed;
}

/** Says where S lacks a scale. */
export function featureTypesWarnings({ scaleBelowThreshold }: FeatureTypesData): string[] {
  if (scaleBelowThreshold === null) return [];
  return [
    `A cluster at |E| = ${
      significant(scaleBelowThreshold)
    } lies below the threshold of S: S has the larger scale only, and ` +
    "what is said of neurons, degrees and errors of S holds for that one alone.",
  ];
}

function oneScale({ groups, cornerScales, scaleBelowThreshold }: FeatureTypesData): Verdict {
  const sizes = groups.flatMap(({ encoder }) => encoder === null ? [] : [encoder.mean]);
  const [smallest, largest] = extent(sizes) as [number, number];
  const widest = max(groups, ({ encoder }) => encoder?.spread ?? 0)!;
  return {
    claim: "All features share one scale: E is near 0 or near ±c.",
    measured: `c = ${sizes.map((size) => significant(size)).join(", ")} by group; ${cornerScales} ` +
      `${cornerScales === 1 ? "peak" : "peaks"} of the corner pairs` +
      (scaleBelowThreshold === null
        ? ""
        : `, and a cluster at ${significant(scaleBelowThreshold)} below the threshold`),
    against: `one peak and values of c within ${percent(predictedWithin)}; spread within a group up to ` +
      significant(widest, 2),
    partOf: [7],
    verdict: cornerScales === 1 && scaleBelowThreshold === null && largest <= (1 + predictedWithin) * smallest
      ? "supported"
      : "not supported",
  };
}
