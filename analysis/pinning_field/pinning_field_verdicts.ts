/** The claims that the pinning field speaks to. */
import { clusterKinds, clusterName } from "../displacements/cluster_names.ts";
import { percent, significant, withError } from "../report/number_text.ts";
import { nearGaussianAll } from "../statistics/near_gaussian.ts";
import type { PinningFieldSectionData } from "./pinning_field_measurement.ts";
import type { Verdict } from "../report/section.ts";
import { chanceCorrelation, explainedShare, gaussianBounds } from "../report/thresholds.ts";
import { matrices } from "../derivatives/weight_vector.ts";

/** What the measurement says of the study's claims. */
export function pinningFieldVerdicts(data: PinningFieldSectionData): Verdict[] {
  const verdicts = [
    determinedVerdict(data),
    overlapVerdict(data),
    centralLimitVerdict(data),
    typesVerdict(data),
    gaussianVerdict(data),
  ];
  return verdicts.map((verdict) => ({ ...verdict, partOf: [5] }));
}

const gaussianMeans = `a Gaussian within an excess kurtosis of ${gaussianBounds.excessKurtosis} and a skewness of ` +
  `${gaussianBounds.skewness}`;

/** Half or more of the variance of every cluster follows from S, and nothing from a shuffled S. */
function determinedVerdict({ unfinished, candidates }: PinningFieldSectionData): Verdict {
  const { predicted } = unfinished.continuation;
  const control = candidates.find(({ name }) => name === "shuffled S")!.agreement;
  const values = clusterKinds.map(([matrix, region]) => predicted[matrix][region].r2);
  const listed = clusterKinds.map(([matrix, region], index) =>
    `${clusterName(matrix, region)} ${significant(values[index], 2)}`
  );
  const controls = clusterKinds.map(([matrix, region]) => control[matrix][region]);
  const silent = controls.every(({ correlation, pairs }) => Math.abs(correlation) < chanceCorrelation(pairs));
  const strongest = Math.max(...controls.map(({ correlation }) => Math.abs(correlation)));
  return {
    claim: "the displacements inside the clusters are the answer to the pinning field of S",
    measured: `R² ${listed.join(", ")} after continued training`,
    against: `a shuffled S, whose field and decoder correlate at most ${significant(strongest, 2)}`,
    verdict: silent && values.every((value) => value > explainedShare.most)
      ? "supported"
      : values.every((value) => value < explainedShare.little)
      ? "not supported"
      : "open",
  };
}

/** The local sum keeps at least half of what the full response explains in the centre; open where that is little. */
function overlapVerdict(data: PinningFieldSectionData): Verdict {
  const full = matrices.map((matrix) => data[matrix].centre.correlation ** 2);
  const local = matrices.map((matrix) => data.local.agreement[matrix].centre.correlation ** 2);
  const listed = matrices.map((matrix, index) =>
    `${significant(local[index], 2)} of ${significant(full[index], 2)} (${clusterName(matrix, "centre")})`
  );
  const explained = full.every((share) => share > explainedShare.most);
  const kept = local.every((share, index) => share > explainedShare.most * full[index]);
  return {
    claim: "the displacements in the centre are sums over overlaps with neighbours in S",
    measured: `squared correlation with a local sum whose coefficients were fitted to other features: ${
      listed.join(", ")
    }`,
    against: "the prediction that moves all weights together and fits nothing",
    verdict: !explained ? "open" : kept ? "supported" : "not supported",
  };
}

/** Whether the sum over overlaps has enough terms. */
function centralLimitVerdict({ clusters, overlapSums }: PinningFieldSectionData): Verdict {
  const shapes = matrices.map((matrix) => clusters.field[`${matrix}, centre`]);
  const listed = matrices.map((matrix, index) =>
    `${clusterName(matrix, "centre")} ${withError(shapes[index].excessKurtosis, shapes[index].excessKurtosisError)}`
  );
  return {
    claim: "the field in the centre is Gaussian, as the central limit theorem makes a sum of many overlaps",
    measured: `excess kurtosis ${listed.join(", ")}; a zero of S has ${
      significant(overlapSums.walks, 2)
    } overlaps to sum`,
    against: `${gaussianMeans}; S Sᵀ S has an excess kurtosis of ${significant(overlapSums.excessKurtosis, 2)} there`,
    verdict: nearGaussianAll(shapes),
  };
}

/** Whether the corners are a few types. */
function typesVerdict({ shapes }: PinningFieldSectionData): Verdict {
  const byFeature = matrices.map((matrix) => splitBy(shapes.learned.corner[matrix], "feature degree"));
  const byBoth = matrices.map((matrix) => splitBy(shapes.learned.corner[matrix], "feature and neuron degree"));
  const shares = (splits: typeof byFeature) => splits.map((split) => percent(split?.explained ?? 0)).join(" (E), ");
  const pairs = byBoth[0]?.pooled.count ?? 0;
  const expected = (byBoth[0]?.types.length ?? 1) / Math.max(1, pairs);
  const least = Math.min(...byBoth.map((split) => split?.explained ?? 0));
  return {
    claim: "the corners are made of types that degrees in S tell apart",
    measured: `the feature's degree explains ${shares(byFeature)} (D) of the variance, with the neuron's ${
      shares(byBoth)
    } (D)`,
    against: `about ${percent(expected)} by chance`,
    verdict: least > explainedShare.most ? "supported" : least < explainedShare.little ? "not supported" : "open",
  };
}

function splitBy(
  splits: PinningFieldSectionData["shapes"]["learned"]["corner"]["encoder"],
  wanted: (typeof splits)[number]["name"],
) {
  return splits.find(({ name }) => name === wanted);
}

/** Whether the learned displacements are Gaussian within the finest types. */
function gaussianVerdict({ shapes }: PinningFieldSectionData): Verdict {
  const parts = matrices.flatMap((matrix) => [
    { name: `${clusterName(matrix, "centre")}, one scale`, shape: shapes.learned.centre[matrix].standardised },
    ...shapes.learned.corner[matrix].slice(-1).map(({ pooled }) => ({
      name: `${clusterName(matrix, "corner")}, by types`,
      shape: pooled,
    })),
  ]);
  return {
    claim: "displacements are Gaussian once type and local scale are known",
    measured: parts.map(({ name, shape }) =>
      `${name}: excess kurtosis ${withError(shape.excessKurtosis, shape.excessKurtosisError)}, skewness ` +
      withError(shape.skewness, shape.skewnessError)
    ).join("; "),
    against: gaussianMeans,
    verdict: nearGaussianAll(parts.map(({ shape }) => shape)),
  };
}
