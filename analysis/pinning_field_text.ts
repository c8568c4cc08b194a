/** The field and the response to it in words and tables. */
import type { Config } from "../models/config.ts";
import type { Agreement } from "./agreement.ts";
import { clusterCells, clusterKinds, clusterName, clusterNames } from "./cluster_names.ts";
import { type ByCluster, places } from "./displacement_clusters.ts";
import { markdownTable, percent, significant, withError } from "./markdown.ts";
import { newtonMomentum } from "./pinning_field.ts";
import type { PinningFieldSectionData } from "./pinning_field_measurement.ts";

export function fieldText(data: PinningFieldSectionData, { loss }: Config): string {
  const { objectives, field, sources, origins } = data;
  const budget = data.reduced
    ? [
      "**A reduced measurement.** On a CPU a network of this size gets one round of samples for the field, and fewer " +
      "samples and steps for the response and for the continued training than `--device cuda` would give it.",
    ]
    : [];
  return [
    ...budget,
    "**Ideal configuration.** If only S and the degrees of its features mattered, a zero of S would sit at (0, 0) and a " +
    "nonzero at its sign times the mean of its class:",
    markdownTable(
      ["neurons of the feature", "pairs", "E·S", "D·S"],
      data.classes.map(({ degree, pairs, encoder, decoder }) => [
        String(degree),
        String(pairs),
        significant(encoder),
        significant(decoder),
      ]),
    ),
    `The objective there is ${
      significant(objectives.classCentres, 4)
    }; with the decoder that is optimal for this encoder ` +
    `${
      significant(objectives.classCentresOptimalDecoder, 4)
    }, and with an encoder of one amplitude, c·S, and its optimal ` +
    `decoder ${significant(objectives.roundedOptimalDecoder, 4)}. The learned weights have ` +
    `${significant(objectives.learned, 4)}.`,
    `**Field.** f = −∇L at the ideal configuration, from ${data.samples} fresh samples, λ = ${loss.lambdaOn}: the force ` +
    "that makes single weights leave it. Without any solve, its correlation with the learned displacements is",
    markdownTable(
      ["", ...clusterNames()],
      [
        [
          "correlation of f with the displacement",
          ...clusterCells((matrix, place) => significant(field[matrix][place].correlation)),
        ],
        [
          "standard error of f / its spread",
          ...clusterCells((matrix, place) => percent(field[matrix][place].relativeError)),
        ],
        [
          "share of f from degrees and neuron bias",
          ...clusterCells((matrix, place) => percent(Math.max(0, origins[matrix][place].degrees))),
        ],
        [
          "share of f from overlaps and degrees",
          ...clusterCells((matrix, place) => percent(Math.max(0, origins[matrix][place].neighbourhood))),
        ],
        [
          "correlation for a random S (control)",
          ...clusterCells((matrix, place) => {
            const { correlation, pairs } = data.control[matrix][place];
            return withError(correlation, 1 / Math.sqrt(pairs));
          }),
        ],
      ],
    ),
    "The force on the encoder comes from the features that are on (signal) and from the noise of the input: " +
    places.map((place) => {
      const { signal, noise, interplay } = sources[place];
      return `${place} ${significant(signal, 2)} + ${significant(noise, 2)} of its variance, the rest, ` +
        `${significant(interplay, 2)}, being twice their covariance`;
    }).join("; ") + ".",
  ].join("\n\n");
}

export function responseText(data: PinningFieldSectionData): string {
  const { stages, solves, local } = data;
  const rows = [
    ["local formula (no solve)", "–", ...agreementCells(local.agreement)],
    ...stages.map(({ name, objective, agreement }) => [
      name,
      objective === null ? "–" : significant(objective, 5),
      ...agreementCells(agreement),
    ]),
    ["the same, outliers left out", "–", ...agreementCells(data.settled)],
    ["slope of the learned on the last", "–", ...clusterCells((matrix, place) => data[matrix][place].slope.toFixed(2))],
  ];
  const solved = solves.map(({ damping, products, residual, leastCurvature }, step) =>
    `step ${step + 1}: μ = ${significant(damping)}, ${products} products, residual ${
      significant(residual, 2)
    }, least ` +
    `curvature met ${significant(leastCurvature, 2)}`
  );
  const unsolved = solves.flatMap(({ negative }, step) => negative ? [`step ${step + 1}`] : []);
  const unstable = unsolved.length === 0
    ? ""
    : ` At the highest μ, ${unsolved.join(", ")} still met negative curvature and stopped short of a solution: the ` +
      "prediction is then no minimum.";
  const [strongest] = clusterKinds.map(([matrix, place]) => local.coefficients[matrix][place]).map((terms) =>
    Object.entries(terms).sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))[0][0]
  );
  return [
    "**Response.** The displacement at which the field vanishes. The objective is quadratic in the decoder, so the " +
    "decoder's response to an ideal encoder is exact; from there damped Newton steps −(H + μB)⁻¹∇L move both matrices, " +
    `B being the curvature that a pair feels from itself; each repeats ${newtonMomentum} of the move before. R² (correlation) with the ` +
    "learned displacements, all from the centres of their own classes, which are two numbers for each degree; no slope is " +
    "fitted:",
    markdownTable(["prediction", "objective", ...clusterNames()], rows),
    `Curvatures are in units of B; where a solve met one below −μ/2 it doubled μ, and later steps kept that (${
      solved.join("; ")
    }).${unstable} The ` +
    "local formula is a sum over the neighbourhood of a pair in S whose few coefficients are fitted on half of the " +
    `features and tested on the other half; its strongest term in E's centre is the ${strongest}.`,
    continuationText(data),
  ].join("\n\n");
}

function continuationText({ unfinished: { force, continuation } }: PinningFieldSectionData): string {
  const { steps, learningRate, changes, spread, learned, replicas, predicted, settled } = continuation;
  return [
    "**Is the training finished?** At the learned weights the force is not zero but, sampling error included and as a " +
    `fraction of the pinning field's spread, ${
      clusterKinds.map(([matrix, place]) => `${percent(force[matrix][place])} (${clusterName(matrix, place)})`).join(
        ", ",
      )
    }. So the training went on twice, on different data, for ${steps} steps at a learning rate falling from ` +
    `${
      significant(learningRate)
    } to 0; each continuation is the mean of the weights at the ends of the chunks in its ` +
    `second half. In the mean of both, ${changes.created} zeros of the encoder have become nonzeros, ${changes.pruned} ` +
    `nonzeros zeros, and ${changes.flipped} have changed sign (at c/2). All displacements are from the centres of their ` +
    "own classes:",
    markdownTable(["R² (correlation)", ...clusterNames()], [
      ["learned weights for the continued", ...agreementCells(learned)],
      ["one continuation for the other", ...agreementCells(replicas)],
      [
        "within reach: free of the continuation's noise",
        ...clusterCells((matrix, place) => withoutNoise(replicas[matrix][place].correlation).toFixed(2)),
      ],
      ["**prediction from S for the continued**", ...agreementCells(predicted)],
      ["the same, outliers left out", ...agreementCells(settled)],
      [
        "how many were left out",
        ...clusterCells((matrix, place) => String(predicted[matrix][place].pairs - settled[matrix][place].pairs)),
      ],
      ["spread, continued / learned", ...clusterCells((matrix, place) => significant(spread[matrix][place]))],
    ]),
    "What two continuations do not share is training noise, which no theory of S can predict; the mean of both holds half " +
    "of it. The noise of the first training is in both as far as the continuation does not undo it.",
  ].join("\n\n");
}

/** R² with the mean of two replicas of a prediction that knows all but their noise (Spearman and Brown 1910). */
function withoutNoise(correlation: number): number {
  return 2 * correlation / (1 + correlation);
}

function agreementCells(agreement: ByCluster<Agreement>): string[] {
  return clusterCells((matrix, place) => {
    const { r2, correlation } = agreement[matrix][place];
    return `${r2.toFixed(2)} (${correlation.toFixed(2)})`;
  });
}
