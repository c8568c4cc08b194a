/** What the response to the pinning field leaves, in words and tables: outliers, types of corners, shapes. */
import { clusterKinds, clusterName } from "../displacements/cluster_names.ts";
import { leastTypePairs, type SplitCorner } from "../displacements/corner_types.ts";
import { outlierNature, type Outliers, outlierSpreads } from "../displacements/outliers.ts";
import { markdownTable } from "../report/markdown.ts";
import { percent, significant, withError } from "../report/number_text.ts";
import type { PinningFieldSectionData } from "./pinning_field_measurement.ts";
import { shapeTable } from "../displacements/shape_table.ts";
import { explainedShare } from "../report/thresholds.ts";
import { commonClasses } from "../displacements/ideal_configuration.ts";
import { spreadByDegree, type VarianceByDegree } from "../statistics/scale_mixture.ts";
import { matrices } from "../derivatives/weight_vector.ts";

/** Outliers, types of corners, the centre as a mixture, and the shapes of field, prediction and remainder. */
export function residualText(data: PinningFieldSectionData): string {
  const { shapes, clusters } = data;
  const splits = matrices.flatMap((matrix) => [
    ...shapes.learned.corner[matrix].map((split) => splitRow(`${clusterName(matrix, "corner")}, learned`, split)),
    ...shapes.predicted.corner[matrix].slice(-1).map((split) =>
      splitRow(`${clusterName(matrix, "corner")}, predicted`, split)
    ),
  ]);
  return [
    outlierText(data),
    `**Corner types.** ${
      typesSentence(data)
    } The corners split by what S says about a pair. Explained: the share of the ` +
    `variance between types. Not rejected: types of at least ${leastTypePairs} pairs whose Anderson–Darling test does not ` +
    "tell them from a Gaussian (1 % in all by Holm, weights taken for independent); small types have little power. The " +
    "moments are those of all pairs in units of their own type's spread.",
    markdownTable(["", "split by", "types", "explained", "not rejected", "skewness", "excess kurtosis"], splits),
    `**Centre as a scale mixture.** Variances that depend on feature and neuron make a mixture of Gaussians heavy-tailed. ` +
    mixtureSentence(data),
    markdownTable(
      ["", "excess kurtosis of the mixture", "measured", "after dividing by the spreads of feature and neuron"],
      matrices.map((matrix) => {
        const { predictedKurtosis, standardised, excessKurtosis } = shapes.learned.centre[matrix];
        return [
          clusterName(matrix, "centre"),
          significant(predictedKurtosis, 2),
          significant(excessKurtosis, 2),
          withError(standardised.excessKurtosis, standardised.excessKurtosisError),
        ];
      }),
    ),
    "The spread of E in the centre by degree of the feature (" +
    degreeList(shapes.learned.centre.encoder.byFeatureDegree) + ") and of the neuron (" +
    degreeList(shapes.learned.centre.encoder.byNeuronDegree) + ").",
    "**Shapes.** Of the field, of the predicted displacements, which hold no training noise, and of what the prediction " +
    "leaves of the learned ones.",
    shapeTable(
      (["field", "predicted", "left"] as const).flatMap((kind) =>
        clusterKinds.flatMap(([matrix, region]) => {
          const shape = clusters[kind][`${matrix}, ${region}`];
          return shape === undefined ? [] : [[`${kind}: ${clusterName(matrix, region)}`, shape] as const];
        })
      ),
    ),
  ].join("\n\n");
}

function outlierText({ unfinished: { outliers } }: PinningFieldSectionData): string {
  return [
    `**Outliers.** Corner weights more than ${outlierSpreads} robust spreads of their own class from it: who are they? ` +
    "Predicted and continued are shares of their displacement, Σ predicted · learned / Σ learned²: how much of it S " +
    "predicts, and how much is left after continued training. Gone: those that are then nearer to 0 than to their class.",
    markdownTable(
      ["", "outliers", "in both matrices", "predicted", "continued", "gone", "excess kurtosis", "without them"],
      matrices.map((matrix) => {
        const { count, both, predicted, continued, gone, kurtosis, kurtosisWithout } = outliers[matrix];
        const share = (value: number) => count === 0 ? "–" : significant(value, 2);
        return [
          clusterName(matrix, "corner"),
          String(count),
          count === 0 ? "–" : percent(both),
          share(predicted),
          share(continued),
          String(gone),
          significant(kurtosis, 3),
          significant(kurtosisWithout, 3),
        ];
      }),
    ),
    matrices.map((matrix) => `${clusterName(matrix, "corner")}: ${outlierSentence(outliers[matrix])}`).join(" "),
  ].join("\n\n");
}

/** What the outliers are. */
function outlierSentence(outliers: Outliers): string {
  switch (outlierNature(outliers)) {
    case "none":
      return "there are none.";
    case "predicted":
      return "S predicts most of it: they answer to the field like the others, only more.";
    case "dying edges":
      return "most leave the corner: edges of S that were dying when the training stopped.";
    case "unfinished":
      return "most of it goes away by itself: the training had not finished with them.";
    case "unexplained":
      return `S does not predict them, and ${
        percent(outliers.continued)
      } of it is left when the training goes on: a choice ` +
        "that S alone does not make, or noise that so much training does not undo.";
  }
}

/** Which degrees hold the corners, and where those sit. */
function typesSentence({ classes }: PinningFieldSectionData): string {
  const listed = commonClasses(classes).map(({ degree, share, encoder, decoder }) =>
    `${degree} (${percent(share)} of the pairs, E·S ${significant(encoder)}, D·S ${significant(decoder)})`
  );
  return `Features on how many neurons hold a tenth of the corner pairs or more: ${listed.join(", ")}.`;
}

/** How much of the tails the mixture makes. */
function mixtureSentence({ shapes }: PinningFieldSectionData): string {
  return matrices.map((matrix) => {
    const { predictedKurtosis, excessKurtosis } = shapes.learned.centre[matrix];
    const name = clusterName(matrix, "centre");
    if (excessKurtosis <= 0) return `${name} has no such tails.`;
    const most = predictedKurtosis > explainedShare.most * excessKurtosis;
    return `In ${name} that ${most ? "makes most" : "is the smaller part"} of the tails.`;
  }).join(" ");
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

function degreeList(variances: readonly VarianceByDegree[]): string {
  return spreadByDegree(variances).map(({ degree, spread, error }) => `${degree}: ${withError(spread, error)}`).join(
    ", ",
  );
}
