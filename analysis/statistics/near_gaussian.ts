/** When a shape may be called Gaussian: by the size of its deviations, not by whether a large sample can see them. */
import type { Gaussianity } from "./gaussianity.ts";
import type { Verdict } from "../report/section.ts";
import { gaussianBounds } from "../report/thresholds.ts";

/**
 * Supported when both moments are inside the bounds by two of their own errors; not supported when one is outside by three
 * of the errors that a Gaussian sample of this size would have, which heavy tails do not inflate; else open.
 * See {@linkcode gaussianity}.
 */
export function nearGaussian(
  shape: Pick<Gaussianity, "count" | "skewness" | "skewnessError" | "excessKurtosis" | "excessKurtosisError">,
): Verdict["verdict"] {
  const moments = [
    [shape.excessKurtosis, shape.excessKurtosisError, 24, gaussianBounds.excessKurtosis],
    [shape.skewness, shape.skewnessError, 6, gaussianBounds.skewness],
  ] as const;
  const outside = moments.some(([moment, , variance, bound]) =>
    Math.abs(moment) - 3 * Math.sqrt(variance / shape.count) > bound
  );
  if (outside) return "not supported";
  return moments.every(([moment, error, , bound]) => Math.abs(moment) + 2 * error < bound) ? "supported" : "open";
}

/** The verdict on a claim about several shapes: all must be Gaussian, one that is not decides. */
export function nearGaussianAll(shapes: readonly Parameters<typeof nearGaussian>[0][]): Verdict["verdict"] {
  const verdicts = shapes.map(nearGaussian);
  if (verdicts.includes("not supported")) return "not supported";
  return verdicts.every((verdict) => verdict === "supported") ? "supported" : "open";
}
