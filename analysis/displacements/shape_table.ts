/** Shapes of clusters and types as a table. */
import { markdownTable } from "../report/markdown.ts";
import { significant, withError } from "../report/number_text.ts";
import { distributionBand } from "../statistics/distribution_band.ts";
import type { Gaussianity } from "../statistics/gaussianity.ts";

/** A row of moments and tests for each named shape. The distances have 95 % bands. */
export function shapeTable(shapes: readonly (readonly [string, Gaussianity])[]): string {
  return markdownTable(
    ["cluster or type", "n", "spread", "skewness", "excess kurtosis", "KS distance", "KS p", "AD p"],
    shapes.map(([name, shape]) => [
      name,
      String(shape.count),
      significant(shape.sd),
      withError(shape.skewness, shape.skewnessError),
      withError(shape.excessKurtosis, shape.excessKurtosisError),
      `${significant(shape.ksStatistic, 2)} ± ${significant(distributionBand(shape.count), 1)}`,
      significant(shape.ksPValue, 2),
      significant(shape.andersonDarlingPValue, 2),
    ]),
  );
}
