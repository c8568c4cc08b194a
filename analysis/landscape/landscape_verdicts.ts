/** The claims that the exact landscape speaks to. */
import { clusterKinds, clusterName } from "../displacements/cluster_names.ts";
import { matrices } from "../derivatives/weight_vector.ts";
import { percent, significant, withError } from "../report/numbers.ts";
import type { Verdict } from "../report/section.ts";
import { explainedShare, frozenChange, sameMinimum } from "../report/thresholds.ts";
import { nearGaussianAll } from "../statistics/near_gaussian.ts";
import type { LandscapeData } from "./landscape.ts";
import { noiseShare } from "./landscape_text.ts";

/** What the measurement says of the study's claims. */
export function landscapeVerdicts(data: LandscapeData): Verdict[] {
  return [uniqueVerdict(data), predictedVerdict(data), gaussianVerdict(data), learnedVerdict(data)];
}

/** All descents that ended did so at one point, and it is a minimum. */
function uniqueVerdict({ forceLeft, descents, modes }: LandscapeData): Verdict {
  const others = descents.slice(1);
  const ended = descents.every(({ force }) => matrices.every((matrix) => force[matrix] <= forceLeft));
  const farthest = Math.max(...others.flatMap(({ distance }) => clusterKinds.map(([m, r]) => distance[m][r])));
  const changed = others.map(({ changes: { created, pruned, flipped } }) => created + pruned + flipped);
  const away = changed.filter((count) => count > 0).length;
  const [softest] = modes.values;
  return {
    claim: "There usually is one local minimum in the basin of an S.",
    measured:
      `${others.length} other starts end within ${
        significant(farthest, 2)
      } spreads of the displacements from the minimum of the ` +
      `learned weights; ${away} of them with another S (${changed.join(", ")} entries)`,
    against: `one point to ${sameMinimum} spreads, and a smallest eigenvalue above 0: ${
      withError(softest.value, softest.residual)
    }`,
    verdict: !ended || others.length === 0
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
