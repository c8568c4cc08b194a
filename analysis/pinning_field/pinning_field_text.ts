/** The field and the response to it in words and tables. */
import { type Agreement, independentError, reachableR2 } from "../statistics/agreement.ts";
import { clusterCells, clusterKinds, clusterName, clusterNames } from "../displacements/cluster_names.ts";
import { type ByCluster, regions } from "../displacements/displacement_clusters.ts";
import { betterCandidate, type IdealCandidate } from "../displacements/ideal_candidates.ts";
import { markdownTable } from "../report/markdown.ts";
import { fixed, percent, significant, withError } from "../report/number_text.ts";
import { newtonMomentum } from "../derivatives/newton_steps.ts";
import { strongestTerm } from "./local_theory.ts";
import { type ResidualForce, shareOfTheWay } from "./unfinished_training.ts";
import type { PinningFieldSectionData } from "./pinning_field_measurement.ts";
import { type ByMatrix, matrices } from "../derivatives/weight_vector.ts";

/** The ideal configuration and the field there. */
export function fieldText(data: PinningFieldSectionData): string {
  const { objective, candidates, field, sources, origins, overlapSums } = data;
  const budget = data.reduced
    ? [
      "**A reduced measurement.** On a CPU a network of this size gets fewer samples and steps for the response and for " +
      "the continued training than `--device cuda` would give it.",
    ]
    : [];
  return [
    ...budget,
    "**Ideal configuration.** If a weight felt nothing but its own entry of S and the degree of its feature, a zero of S " +
    "would sit at (0, 0) and a nonzero at its sign times the mean of its class:",
    markdownTable(
      ["neurons of the feature", "pairs", "E·S", "D·S"],
      data.classes.map(({ degree, pairs, encoder, decoder }) => [
        String(degree),
        String(pairs),
        significant(encoder),
        significant(decoder),
      ]),
    ),
    `The objective there is ${significant(objective, 4)}; the learned weights have ` +
    `${
      significant(data.unfinished.residualForce.learned.objective, 4)
    }. Other candidates take the encoder from S alone, at the ` +
    "class centres or at one amplitude, c·S, and the decoder that is optimal for it. What each predicts, as its " +
    "correlation with the learned displacements: for E of the force on the encoder, for D of the decoder's own " +
    "displacements. The control is an S with the same degrees, its edges swapped and its signs drawn at random:",
    markdownTable(
      ["candidate", "objective", ...clusterNames()],
      candidates.map(({ name, objective, agreement }) => [
        candidateNames[name],
        significant(objective, 4),
        ...clusterCells((matrix, region) => withCorrelationError(agreement[matrix][region])),
      ]),
    ),
    better(candidates),
    `**Field.** f = −∇L at the ideal configuration, ${
      isExact(data) ? `over all ${data.samples} supports, noise in closed form` : `from ${data.samples} fresh samples`
    }: the force ` +
    "that makes single weights leave it. Without any solve, its correlation with the learned displacements is",
    markdownTable(
      ["", ...clusterNames()],
      [
        [
          "correlation of f with the displacement",
          ...clusterCells((matrix, region) => significant(field[matrix][region].correlation)),
        ],
        [
          "standard error of f / its spread",
          ...clusterCells((matrix, region) => percent(field[matrix][region].relativeError)),
        ],
        [
          "share of f from degrees and neuron bias",
          ...clusterCells((matrix, region) => percent(Math.max(0, origins[matrix][region].degrees))),
        ],
        [
          "share of f from overlaps and degrees",
          ...clusterCells((matrix, region) => percent(Math.max(0, origins[matrix][region].neighbourhood))),
        ],
      ],
    ),
    "The force on the encoder comes from the features that are on (signal) and from the noise of the input: " +
    regions.map((region) => {
      const { signal, noise, interplay } = sources[region];
      return `${region} ${significant(signal, 2)} + ${significant(noise, 2)} of its variance, the rest, ` +
        `${significant(interplay, 2)}, being twice their covariance`;
    }).join("; ") + ".",
    `In the centre the overlaps of a pair are the ${
      significant(overlapSums.walks, 2)
    } walks, on average, from its feature ` +
    "over a neuron and another feature to its neuron. Their signed sum, S Sᵀ S, has an excess kurtosis of " +
    `${significant(overlapSums.excessKurtosis, 2)} over the zeros of S, the field one of ${
      matrices.map((matrix) => {
        const { excessKurtosis, excessKurtosisError } = data.clusters.field[`${matrix}, centre`];
        return `${withError(excessKurtosis, excessKurtosisError)} (${clusterName(matrix, "centre")})`;
      }).join(" and ")
    }. The fewer the walks the heavier the tails; their number follows from the degrees, not from the size.`,
  ].join("\n\n");
}

/** A field that is drawn differs from half to half. */
function isExact({ field }: PinningFieldSectionData): boolean {
  return clusterKinds.every(([matrix, region]) => field[matrix][region].relativeError === 0);
}

const candidateNames: Readonly<Record<IdealCandidate["name"], string>> = {
  "class centres": "class centres",
  "one amplitude": "one amplitude, c·S",
  "shuffled S": "class centres of a shuffled S (control)",
};

/** As if the weights were independent, which is what a control is compared with. */
function withCorrelationError(agreement: Agreement): string {
  return withError(agreement.correlation, independentError(agreement));
}

/** Which candidate predicts more, said only where all clusters agree. */
function better(candidates: readonly IdealCandidate[]): string {
  const { name, difference } = betterCandidate(candidates);
  const winner = name === "class centres"
    ? "The class centres predict every cluster better than one amplitude does"
    : name === "one amplitude"
    ? "One amplitude predicts every cluster better than the class centres do"
    : "Neither predicts every cluster better than the other";
  return `${winner}; their correlations differ by ${
    significant(difference, 2)
  } at most. The prediction starts from the class centres.`;
}

/** The response and how the prediction gets better with each stage of it. */
export function responseText(data: PinningFieldSectionData): string {
  const { stages, solves, local, settled, unfinished: { residualForce } } = data;
  const rows = [
    ["local formula (no solve)", "–", ...agreementCells(local.agreement)],
    ...stages.map(({ name, objective, agreement }) => [
      name,
      significant(objective, 4),
      ...agreementCells(agreement),
    ]),
    ["the same, outliers left out", "–", ...settledCells(settled)],
    [
      "slope of the learned on the last",
      "–",
      ...clusterCells((matrix, region) => fixed(data[matrix][region].slope, 2)),
    ],
  ];
  const solved = solves.map(({ damping, products, residual, leastCurvature }, step) =>
    `step ${step + 1}: μ = ${significant(damping)}, ${products} products, residual ${
      significant(residual, 2)
    }, least curvature met ${significant(leastCurvature, 2)}`
  );
  const unsolved = solves.flatMap(({ negative }, step) => negative ? [`step ${step + 1}`] : []);
  const unstable = unsolved.length === 0
    ? ""
    : ` At the highest μ, ${unsolved.join(", ")} still met negative curvature and stopped short of a solution: the ` +
      "prediction is then no minimum.";
  return [
    "**Response.** The displacement that takes the field away. The objective is quadratic in the decoder, so the " +
    "decoder's response to an ideal encoder is exact; from there damped Newton steps −(H + μB)⁻¹∇L move both matrices, " +
    `B being the curvature that a pair feels from itself; each repeats ${newtonMomentum} of the move before. After the ` +
    `last the residual force is ${
      forceList(residualForce.predicted)
    } of the field's spread, sampling error taken off. R² (correlation) ` +
    "with the learned displacements, all from the centres of their own classes, which are two numbers for each degree; no " +
    "slope is fitted:",
    markdownTable(["prediction", "objective", ...clusterNames()], rows),
    `Curvatures are in units of B; where a solve met one below −μ/2 it doubled μ, and later steps kept that (${
      solved.join("; ")
    }).${unstable} The local formula is a sum over the neighbourhood of a pair in S whose few coefficients are fitted to ` +
    `half of the features and tested on the other half; its strongest term in E's centre is the ${
      strongestTerm(local.coefficients.encoder.centre)
    }.`,
    continuationText(data),
  ].join("\n\n");
}

function continuationText({ unfinished: { residualForce, continuation } }: PinningFieldSectionData): string {
  const { steps, learningRate, changes, spread, learned, replicas, predicted, settled } = continuation;
  return [
    `**Is the training finished?** At the learned weights the residual force is ${
      forceList(residualForce.learned)
    } of the field's spread. ` +
    `So the training went on twice, on different data, for ${steps} steps at a learning rate falling from ` +
    `${
      significant(learningRate)
    } to 0; each continuation is the mean of the weights at the ends of the chunks in its ` +
    `second half. In the mean of both, ${changes.created} zeros of the encoder have become nonzeros, ${changes.pruned} ` +
    `nonzeros zeros, and ${changes.flipped} have changed sign (at half of the amplitude). ${progress(residualForce)}`,
    "All displacements are from the centres of their own classes:",
    markdownTable(["R² (correlation)", ...clusterNames()], [
      ["learned weights for the continued", ...agreementCells(learned)],
      ["one continuation for the other", ...agreementCells(replicas)],
      [
        "within reach: free of the continuation's noise",
        ...clusterCells((matrix, region) => fixed(reachableR2(replicas[matrix][region].correlation), 2)),
      ],
      ["**prediction from S for the continued**", ...agreementCells(predicted)],
      ["the same, outliers of the learned weights left out", ...settledCells(settled)],
      ["spread, continued / learned", ...clusterCells((matrix, region) => significant(spread[matrix][region]))],
    ]),
    "What two continuations do not share is training noise, which no theory of S can predict; the mean of both holds half " +
    "of it. The noise of the first training is in both as far as the continuation does not undo it.",
  ].join("\n\n");
}

/** Where the objective of the continued weights lies between those of the learned and the predicted ones. */
function progress(residualForce: PinningFieldSectionData["unfinished"]["residualForce"]): string {
  const { learned, continued, predicted } = residualForce;
  const figures =
    `On the same samples the objective of the learned weights is ${significant(learned.objective, 5)}, of the ` +
    `continued ${significant(continued.objective, 5)}, of the predicted ${significant(predicted.objective, 5)}`;
  const way = shareOfTheWay(residualForce);
  if (way === null) {
    return `${figures}: the prediction is not lower than the training, so that it is no minimum that the training could reach.`;
  }
  return `${figures}: the continuation went ${percent(way)} of the way down to the prediction` +
    (way > 1 ? ", and below it." : way < 0 ? ", that is, up." : ".");
}

function forceList({ force }: ResidualForce): string {
  return clusterKinds.map(([matrix, region]) => `${percent(force[matrix][region])} (${clusterName(matrix, region)})`)
    .join(
      ", ",
    );
}

function agreementCells(agreement: ByCluster<Agreement>): string[] {
  return clusterCells((matrix, region) => agreementCell(agreement[matrix][region]));
}

/** Only corners have outliers that can be left out. */
function settledCells(settled: ByMatrix<Agreement>): string[] {
  return clusterCells((matrix, region) => region === "centre" ? "–" : agreementCell(settled[matrix]));
}

function agreementCell({ r2, correlation }: Agreement): string {
  return `${fixed(r2, 2)} (${fixed(correlation, 2)})`;
}
