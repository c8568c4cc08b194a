/** The claims that the exact landscape speaks to. */
import { clusterKinds, clusterName } from "../displacements/cluster_names.ts";
import { matrices } from "../derivatives/weight_vector.ts";
import { percent, significant, withError } from "../report/number_text.ts";
import type { Verdict } from "../report/section.ts";
import { explainedShare, frozenChange, sameMinimum } from "../report/thresholds.ts";
import { nearGaussianAll } from "../statistics/near_gaussian.ts";
import type { LandscapeData } from "./landscape.ts";
import { noiseShare } from "./landscape_text.ts";

/** What the measurement says of the study's claims. */
export function landscapeVerdicts(data: LandscapeData): Verdict[] {
  return [uniqueVerdict(data), predictedVerdict(data), gaussianVerdict(data), learnedVerdict(data)];
}

/** All descents that ended at the S of the learned weights' minimum did so at one point, and it is a minimum. */
function uniqueVerdict({ forceLeft, descents, modes }: LandscapeData): Verdict {
  const [learned, ...others] = descents;
  const changedOf = ({ changes: { created, pruned, flipped } }: LandscapeData["descents"][number]) =>
    created + pruned + flipped;
  const same = others.filter((descent) => changedOf(descent) === 0);
  const elsewhere = others.map(changedOf).filter((count) => count > 0);
  const ended = [learned, ...same].every(({ force }) => matrices.every((matrix) => force[matrix] <= forceLeft));
  const farthest = Math.max(0, ...same.flatMap(({ distance }) => clusterKinds.map(([m, r]) => distance[m][r])));
  const [softest] = modes.values;
  return {
    claim: "There usually is one local minimum in the basin of an S.",
    measured: `${same.length} of ${others.length} other starts end with the S of the learned weights' minimum, ${
      same.length === 0 ? "" : `within ${significant(farthest, 2)} spreads of the displacements from it; `
    }${elsewhere.length} with another (${elsewhere.length === 0 ? "none" : elsewhere.join(", ")} entries changed)`,
    against: `one point to ${sameMinimum} spreads, and a smallest eigenvalue above 0: ${
      withError(softest.value, softest.residual)
    }`,
    partOf: [5],
    verdict: !ended || same.length === 0
      ? "open"
      : farthest > sameMinimum || softest.value < 0
      ? "not supported"
      : softest.value > softest.residual
      ? "supported"
      : "open",
  };
}

/** Most of the variance in every kind of cluster follows from S. */
function predictedVerdict({ stages }: LandscapeData): Verdict {
  const { agreement, name } = stages[stages.length - 1];
  const values = clusterKinds.map(([matrix, region]) => agreement[matrix][region].r2);
  return {
    claim: "The displacements at the exact minimum are the answer to the pinning field of S.",
    measured: `R² after ${name}: ${
      clusterKinds.map(([m, r], index) => `${clusterName(m, r)} ${significant(values[index])}`).join(", ")
    }`,
    against: `more than ${explainedShare.most} in all four`,
    partOf: [5],
    verdict: values.every((value) => value > explainedShare.most)
      ? "supported"
      : values.every((value) => value < explainedShare.little)
      ? "not supported"
      : "open",
  };
}

/** The centre at the minimum. */
function gaussianVerdict({ shapes, overlapSums }: LandscapeData): Verdict {
  const centre = matrices.map((matrix) => shapes.displacement[`${matrix}, centre`]);
  return {
    claim: "In the centre the displacements at the exact minimum are Gaussian.",
    measured: `excess kurtosis ${
      centre.map(({ excessKurtosis, excessKurtosisError }) => withError(excessKurtosis, excessKurtosisError)).join(
        " (E), ",
      )
    } (D)`,
    against: `S Sᵀ S, which has ${significant(overlapSums.excessKurtosis)} there`,
    partOf: [5],
    verdict: nearGaussianAll(centre),
  };
}

/** The learned weights are at the minimum, but for some noise. */
function learnedVerdict({ training, changes: { created, pruned, flipped }, shapes }: LandscapeData): Verdict {
  const shares = clusterKinds.map(([m, r]) => noiseShare(training[m][r]));
  const edges = shapes.displacement["encoder, corner"]?.count ?? 0;
  const moved = (created + pruned + flipped) / Math.max(1, edges);
  return {
    claim: "Training ends at the minimum of the landscape, and the learned displacements are those of the minimum.",
    measured: `not the minimum's are ${
      clusterKinds.map(([m, r], index) => `${percent(shares[index])} (${clusterName(m, r)})`).join(", ")
    } of the variance of the learned displacements; ${percent(moved)} of S changes on the way down`,
    against: `less than ${percent(explainedShare.most)} in all four, and less than ${percent(frozenChange)} of S`,
    verdict: shares.every((share) => share < explainedShare.most) && moved < frozenChange
      ? "supported"
      : "not supported",
  };
}
