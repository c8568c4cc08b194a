/** The claims that the pinning field speaks to. */
import { clusterKinds, clusterName } from "./cluster_names.ts";
import { percent, significant, withError } from "./markdown.ts";
import type { PinningFieldSectionData } from "./pinning_field_measurement.ts";
import type { Verdict } from "./section.ts";
import { matrices } from "./weight_vector.ts";

/** What the measurement says of the study's claims. */
export function pinningFieldVerdicts(data: PinningFieldSectionData): Verdict[] {
  return [determinedVerdict(data), centralLimitVerdict(data), gaussianVerdict(data)];
}

/** Half or more of the variance of every cluster follows from S. */
function determinedVerdict({ unfinished, control }: PinningFieldSectionData): Verdict {
  const { predicted } = unfinished.continuation;
  const values = clusterKinds.map(([matrix, place]) => predicted[matrix][place].r2);
  const listed = clusterKinds.map(([matrix, place], index) =>
    `${clusterName(matrix, place)} ${significant(values[index], 2)}`
  );
  const strange = clusterKinds.map(([matrix, place]) => Math.abs(control[matrix][place].correlation));
  return {
    claim: "the displacements inside the clusters are the answer to the pinning field of S",
    measured: `R² ${listed.join(", ")} after continued training`,
    against: `a random S, whose field correlates at most ${significant(Math.max(...strange), 2)}`,
    verdict: values.every((value) => value > 0.5)
      ? "supported"
      : values.every((value) => value < 0.1)
      ? "not supported"
      : "open",
  };
}

/** The local sum over overlaps keeps most of what the full response explains in the centre; open where that is little. */
function centralLimitVerdict(data: PinningFieldSectionData): Verdict {
  const explained = matrices.map((matrix) => data[matrix].centre.r2);
  const shares = matrices.map((matrix) => data.local.agreement[matrix].centre.r2 / data[matrix].centre.r2);
  return {
    claim: "the displacements are sums over overlaps with neighbours in S, the terms of a central limit theorem",
    measured: `a local sum keeps ${shares.map((share) => percent(share)).join(" (E) and ")} (D) of R² in the centre`,
    against: "the prediction that moves all weights together",
    verdict: shares.every((share) => share > 0.5) && explained.every((r2) => r2 > 0.5) ? "supported" : "open",
  };
}

/** Whether displacements are Gaussian within the finest types. */
function gaussianVerdict({ shapes }: PinningFieldSectionData): Verdict {
  const parts = matrices.flatMap((matrix) => [
    { name: `${clusterName(matrix, "centre")}, standardised`, shape: shapes.learned.centre[matrix].standardised },
    ...shapes.learned.corner[matrix].slice(-1).map(({ pooled }) => ({
      name: `${clusterName(matrix, "corner")}, by types`,
      shape: pooled,
    })),
  ]);
  const compatible = parts.map(({ shape }) =>
    Math.abs(shape.excessKurtosis) < 3 * shape.excessKurtosisError && Math.abs(shape.skewness) < 3 * shape.skewnessError
  );
  return {
    claim: "displacements are Gaussian once type and local scale are known",
    measured: parts.map(({ name, shape }) =>
      `${name}: excess kurtosis ${withError(shape.excessKurtosis, shape.excessKurtosisError)}, skewness ` +
      withError(shape.skewness, shape.skewnessError)
    ).join("; "),
    against: "zero within three jackknife errors",
    verdict: compatible.every(Boolean) ? "supported" : "not supported",
  };
}
