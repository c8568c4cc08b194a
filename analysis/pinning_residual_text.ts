/** What the response to the pinning field leaves, in words and tables: outliers, types of corners, shapes. */
import { clusterKinds, clusterName } from "./cluster_names.ts";
import type { SplitCorner } from "./corner_types.ts";
import { markdownTable, percent, significant, withError } from "./markdown.ts";
import type { PinningFieldSectionData } from "./pinning_field_measurement.ts";
import { shapeTable } from "./residuals_section.ts";
import type { VarianceByDegree } from "./scale_mixture.ts";
import { matrices } from "./weight_vector.ts";

export function residualText(data: PinningFieldSectionData): string {
  const { shapes, unfinished, clusters } = data;
  const outliers = clusterKinds.map(([matrix, place]) => {
    const { count, paired, kurtosis, kurtosisWithout } = unfinished.outliers[matrix][place];
    return [
      clusterName(matrix, place),
      String(count),
      count === 0 ? "–" : percent(paired),
      significant(kurtosis, 3),
      significant(kurtosisWithout, 3),
    ];
  });
  const splits = matrices.flatMap((matrix) => [
    ...shapes.learned.corner[matrix].map((split) => splitRow(`${clusterName(matrix, "corner")}, learned`, split)),
    ...shapes.predicted.corner[matrix].slice(-1).map((split) =>
      splitRow(`${clusterName(matrix, "corner")}, predicted`, split)
    ),
  ]);
  return [
    "**Outliers.** Weights more than five robust deviations from their class; a pair that is displaced to the same side in " +
    "both matrices moves as one, between centre and corner: an edge of S being born or dying when the training stopped.",
    markdownTable(["", "outliers", "pair moves as one", "excess kurtosis", "without them"], outliers),
    "**Corner types.** The corners split by what S says about a pair. Explained: the share of the variance between types; " +
    "the moments are those of all pairs in units of their own type's deviation.",
    markdownTable(["", "split by", "types", "explained", "Gaussian types", "skewness", "excess kurtosis"], splits),
    "**Centre as a scale mixture.** Variances that depend on feature and neuron make a mixture of Gaussians heavy-tailed.",
    markdownTable(
      ["", "excess kurtosis of the mixture", "measured", "after dividing by the deviations of feature and neuron"],
      matrices.map((matrix) => {
        const { predictedKurtosis, standardised } = shapes.learned.centre[matrix];
        return [
          clusterName(matrix, "centre"),
          significant(predictedKurtosis, 2),
          significant(unfinished.outliers[matrix].centre.kurtosis, 2),
          withError(standardised.excessKurtosis, standardised.excessKurtosisError),
        ];
      }),
    ),
    "The deviation of E in the centre by degree of the feature (" +
    degreeList(shapes.learned.centre.encoder.byFeatureDegree) + ") and of the neuron (" +
    degreeList(shapes.learned.centre.encoder.byNeuronDegree) + ").",
    "**Shapes.** Of the field, of the predicted displacements, which hold no training noise, and of what the prediction " +
    "leaves. Where the field is closer to a Gaussian than the predicted displacements are, the response makes the difference.",
    shapeTable(
      (["field", "predicted", "left"] as const).flatMap((kind) =>
        Object.entries(clusters[kind]).map(([name, shape]) => [`${kind}: ${name}`, shape] as const)
      ),
    ),
  ].join("\n\n");
}

function splitRow(
  label: string,
  { name, explained, types, gaussian, pooled }: SplitCorner,
): string[] {
  return [
    label,
    name,
    String(types.length),
    percent(explained),
    `${gaussian} of ${types.length}`,
    withError(pooled.skewness, pooled.skewnessError),
    withError(pooled.excessKurtosis, pooled.excessKurtosisError),
  ];
}

/** Degrees that at least ten nodes have. */
function degreeList(variances: readonly VarianceByDegree[]): string {
  return variances
    .filter(({ nodes }) => nodes >= 10)
    .map(({ degree, variance, error }) => {
      const deviation = Math.sqrt(variance);
      return `${degree}: ${withError(deviation, error / (2 * deviation))}`;
    })
    .join(", ");
}
