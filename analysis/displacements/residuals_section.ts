/** The shapes of the displacements within the clusters and their types, without any prediction. */
import type { Gaussianity } from "../statistics/gaussianity.ts";
import { displacementsWithin } from "./ideal_configuration.ts";
import { markdownTable } from "../report/markdown.ts";
import { significant, withError } from "../report/numbers.ts";
import { displacementShapes, residualGroups } from "./residuals.ts";
import type { Section } from "../report/section.ts";
import { matrices } from "../derivatives/weight_vector.ts";

/** Shape by cluster or type; null where nothing has frozen. */
export type ResidualsData = Readonly<Record<string, Gaussianity>> | null;

/** Displacements from the class centres by cluster, and in the corners by degree of the feature. */
export const residualsSection: Section<ResidualsData> = {
  title: "Displacements within the clusters",
  analyse({ weights, signs }) {
    if (signs.edges === 0) return null;
    const displacement = displacementsWithin(weights, signs);
    const shapes = displacementShapes(displacement, signs);
    const types = matrices.flatMap((matrix) => {
      const split = shapes.corner[matrix].find(({ name }) => name === "feature degree");
      return (split?.types ?? []).map(({ type, ...shape }) => [`${matrix}, corner, degree ${type}`, shape] as const);
    });
    const clusters = residualGroups(displacement, signs).map(({ name, values: _, ...shape }) => [name, shape] as const);
    return Object.fromEntries([...clusters, ...types]);
  },
  summarise(data) {
    if (data === null) return "Nothing has frozen: there are no clusters to be displaced in.";
    return [
      "Displacements from the class centres, corners folded by their sign; errors from the jackknife over features. KS " +
      "distance ± 95 % band, and p of the KS and Anderson–Darling tests, as if the weights were independent.",
      shapeTable(Object.entries(data)),
    ].join("\n\n");
  },
};

/** Half-width of a 95 % band about a distribution function: Massart, Annals of Probability 18 (1990). */
function dkwBand(count: number): number {
  return Math.sqrt(Math.log(2 / 0.05) / (2 * count));
}

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
      `${significant(shape.ksStatistic, 2)} ± ${significant(dkwBand(shape.count), 1)}`,
      significant(shape.ksPValue, 2),
      significant(shape.andersonDarlingPValue, 2),
    ]),
  );
}
