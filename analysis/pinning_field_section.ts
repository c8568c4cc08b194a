/** Field, response, residual and verdict: the pinning field as a section that can be read alone. */
import type { Config } from "../models/config.ts";
import type { Device } from "../models/runtime/device.ts";
import type { Agreement } from "./agreement.ts";
import type { SplitCorner } from "./corner_types.ts";
import { type ByCluster, type Place } from "./displacement_clusters.ts";
import { type DisplacementSample, displacementSample } from "./displacement_sample.ts";
import type { Gaussianity } from "./gaussianity.ts";
import { markdownTable, percent, significant, withError } from "./markdown.ts";
import {
  analysePinningField,
  type PinningFieldData,
  pinningFieldDefaults,
  type PinningFieldOptions,
} from "./pinning_field.ts";
import { type DisplacementShapes, displacementShapes, residualGroups } from "./residuals.ts";
import { shapeTable } from "./residuals_section.ts";
import type { VarianceByDegree } from "./scale_mixture.ts";
import type { Section, Verdict } from "./section.ts";
import { addScaled, matrices, type WeightVector } from "./weight_vector.ts";

/** What the section keeps: the measurement, the shapes, and points for a figure. */
export interface PinningFieldSectionData extends PinningFieldData {
  /** The learned and the predicted weights split into types. */
  readonly shapes: Readonly<Record<"learned" | "predicted", DisplacementShapes>>;
  /** By cluster: the field, the predicted displacements, and what the prediction leaves of the learned ones. */
  readonly clusters: Readonly<Record<"field" | "predicted" | "left", Readonly<Record<string, Gaussianity>>>>;
  readonly sample: ByCluster<DisplacementSample>;
}

const places: readonly Place[] = ["centre", "corner"];
const kinds = matrices.flatMap((matrix) => places.map((place) => [matrix, place] as const));
const letters = { encoder: "E", decoder: "D" };

/** Weight pairs above which a CPU would take hours at full precision. */
const largeNetwork = 2e6;

/** What a measurement takes as a rule: rounds for the field, products for a solve, and samples' worth of time for a product. */
const [roundsAsARule, productsAsARule, productCost] = [2, 7, 1.6];

/** The full precision where that takes minutes; a large network on a CPU gets one round for the field and fewer steps. */
function budget({ model: { features, hidden }, training: { steps } }: Config, device: Device): PinningFieldOptions {
  if (device === "cuda" || features * hidden <= largeNetwork) return {};
  return {
    fieldPrecision: { relativeError: 0.05, samplesPerRound: 512 * features, rounds: 1 },
    samples: 256 * features,
    newtonSteps: 3,
    continuedSteps: Math.ceil(steps / 8),
  };
}

/** The pinning field, the response to it, and what neither explains; null where it is not defined. */
export const pinningFieldSection: Section<PinningFieldSectionData | null> = {
  title: "Pinning field",
  async analyse({ weights, config, signs, device, report }) {
    if (config.loss.name !== "rebalanced" || signs.signs.every((sign) => sign === 0)) return null;
    const { data, ideal, field, learned, predicted } = await analysePinningField(weights, config, signs, {
      ...budget(config, device),
      seed: config.training.seed,
      device,
      report,
    });
    const shapesByCluster = (vector: WeightVector) =>
      Object.fromEntries(residualGroups(vector, signs).map(({ name, values: _, ...shape }) => [name, shape]));
    return {
      ...data,
      shapes: {
        learned: displacementShapes(weights, signs),
        predicted: displacementShapes(addScaled(ideal, 1, predicted), signs),
      },
      clusters: {
        field: shapesByCluster(field),
        predicted: shapesByCluster(predicted),
        left: shapesByCluster(addScaled(learned, -1, predicted)),
      },
      sample: displacementSample(predicted, learned, signs, { seed: config.training.seed }),
    };
  },
  trainingSteps(config, device) {
    const { fieldPrecision, samples, hessianSamples, newtonSteps, continuedSteps } = {
      ...pinningFieldDefaults(config),
      ...budget(config, device),
    };
    const drawn = Math.min(roundsAsARule, fieldPrecision.rounds) * fieldPrecision.samplesPerRound +
      (newtonSteps + 1) * samples +
      newtonSteps * productsAsARule * productCost * hessianSamples;
    return drawn / config.training.batch + 2 * continuedSteps;
  },
  summarise(data, config) {
    if (data === null) return "No signs have frozen, or the loss is not the rebalanced one: there is no pinning field.";
    return [fieldText(data, config), responseText(data), residualText(data), verdictText(data)].join("\n\n");
  },
  verdicts(data) {
    return data === null ? [] : [centralLimitVerdict(data), gaussianVerdict(data), determinedVerdict(data)];
  },
};

function fieldText(data: PinningFieldSectionData, { loss }: Config): string {
  const { objectives, field, sources, origins } = data;
  return [
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
      ["", ...kindNames()],
      [
        [
          "correlation of f with the displacement",
          ...kindCells((matrix, place) => significant(field[matrix][place].correlation)),
        ],
        [
          "standard error of f / its spread",
          ...kindCells((matrix, place) => percent(field[matrix][place].relativeError)),
        ],
        [
          "share of f from degrees and neuron bias",
          ...kindCells((matrix, place) => percent(Math.max(0, origins[matrix][place].degrees))),
        ],
        [
          "share of f from overlaps and degrees",
          ...kindCells((matrix, place) => percent(Math.max(0, origins[matrix][place].neighbourhood))),
        ],
        [
          "correlation for a random S (control)",
          ...kindCells((matrix, place) => {
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

function responseText(data: PinningFieldSectionData): string {
  const { stages, solves, local } = data;
  const rows = [
    ["local formula (no solve)", "–", ...agreementCells(local.agreement)],
    ...stages.map(({ name, objective, agreement }) => [
      name,
      objective === null ? "–" : significant(objective, 5),
      ...agreementCells(agreement),
    ]),
    ["the same, outliers left out", "–", ...agreementCells(data.settled)],
    ["slope of the learned on the last", "–", ...kindCells((matrix, place) => data[matrix][place].slope.toFixed(2))],
  ];
  const solved = solves.map(({ damping, products, residual, leastCurvature }, step) =>
    `step ${step + 1}: μ = ${significant(damping)}, ${products} products, residual ${
      significant(residual, 2)
    }, least ` +
    `curvature met ${significant(leastCurvature, 2)}`
  );
  const [strongest] = kinds.map(([matrix, place]) => local.coefficients[matrix][place]).map((terms) =>
    Object.entries(terms).sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))[0][0]
  );
  return [
    "**Response.** The displacement at which the field vanishes. The objective is quadratic in the decoder, so the " +
    "decoder's response to an ideal encoder is exact; from there damped Newton steps −(H + μB)⁻¹∇L move both matrices, " +
    "B being the curvature that a pair feels from itself; each repeats 0.3 of the move before. R² (correlation) with the " +
    "learned displacements, all from the centres of their own classes, which are two numbers for each degree; no slope is " +
    "fitted:",
    markdownTable(["prediction", "objective", ...kindNames()], rows),
    `Curvatures are in units of B; where a solve met one below −μ/2 it doubled μ, and later steps kept that (${
      solved.join("; ")
    }). The ` +
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
      kinds.map(([matrix, place]) => `${percent(force[matrix][place])} (${kindName(matrix, place)})`).join(", ")
    }. So the training went on twice, on different data, for ${steps} steps at a learning rate falling from ` +
    `${
      significant(learningRate)
    } to 0; each continuation is the mean of the weights at the ends of the chunks in its ` +
    `second half. In the mean of both, ${changes.created} zeros of the encoder have become nonzeros, ${changes.pruned} ` +
    `nonzeros zeros, and ${changes.flipped} have changed sign (at c/2). All displacements are from the centres of their ` +
    "own classes:",
    markdownTable(["R² (correlation)", ...kindNames()], [
      ["learned weights for the continued", ...agreementCells(learned)],
      ["one continuation for the other", ...agreementCells(replicas)],
      [
        "within reach: free of the continuation's noise",
        ...kindCells((matrix, place) => withoutNoise(replicas[matrix][place].correlation).toFixed(2)),
      ],
      ["**prediction from S for the continued**", ...agreementCells(predicted)],
      ["the same, outliers left out", ...agreementCells(settled)],
      [
        "how many were left out",
        ...kindCells((matrix, place) => String(predicted[matrix][place].pairs - settled[matrix][place].pairs)),
      ],
      ["spread, continued / learned", ...kindCells((matrix, place) => significant(spread[matrix][place]))],
    ]),
    "What two continuations do not share is training noise, which no theory of S can predict; the mean of both holds half " +
    "of it. The noise of the first training is in both as far as the continuation does not undo it.",
  ].join("\n\n");
}

/** R² with the mean of two replicas of a prediction that knows all but their noise (Spearman and Brown 1910). */
function withoutNoise(correlation: number): number {
  return 2 * correlation / (1 + correlation);
}

function residualText(data: PinningFieldSectionData): string {
  const { shapes, unfinished, clusters } = data;
  const outliers = kinds.map(([matrix, place]) => {
    const { count, paired, kurtosis, kurtosisWithout } = unfinished.outliers[matrix][place];
    return [
      kindName(matrix, place),
      String(count),
      count === 0 ? "–" : percent(paired),
      significant(kurtosis, 3),
      significant(kurtosisWithout, 3),
    ];
  });
  const splits = matrices.flatMap((matrix) => [
    ...shapes.learned.corner[matrix].map((split) => splitRow(`${kindName(matrix, "corner")}, learned`, split)),
    ...shapes.predicted.corner[matrix].slice(-1).map((split) =>
      splitRow(`${kindName(matrix, "corner")}, predicted`, split)
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
          kindName(matrix, "centre"),
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

function verdictText(data: PinningFieldSectionData): string {
  const [first, ...rest] = [determinedVerdict(data), centralLimitVerdict(data), gaussianVerdict(data)];
  return `**Verdict.** ${
    [first, ...rest].map(({ claim, measured, verdict }) => `${claim}: ${verdict} (${measured})`).join(". ")
  }.`;
}

/** Half or more of the variance of every cluster follows from S. */
function determinedVerdict({ unfinished, control }: PinningFieldSectionData): Verdict {
  const { predicted } = unfinished.continuation;
  const values = kinds.map(([matrix, place]) => predicted[matrix][place].r2);
  const listed = kinds.map(([matrix, place], index) => `${kindName(matrix, place)} ${significant(values[index], 2)}`);
  const strange = kinds.map(([matrix, place]) => Math.abs(control[matrix][place].correlation));
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
    { name: `${letters[matrix]} centre, standardised`, shape: shapes.learned.centre[matrix].standardised },
    ...shapes.learned.corner[matrix].slice(-1).map(({ pooled }) => ({
      name: `${letters[matrix]} corner, by types`,
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

function kindName(matrix: typeof matrices[number], place: Place): string {
  return `${letters[matrix]} ${place}`;
}

function kindNames(): string[] {
  return kinds.map(([matrix, place]) => kindName(matrix, place));
}

function kindCells(cell: (matrix: typeof matrices[number], place: Place) => string): string[] {
  return kinds.map(([matrix, place]) => cell(matrix, place));
}

function agreementCells(agreement: ByCluster<Agreement>): string[] {
  return kindCells((matrix, place) => {
    const { r2, correlation } = agreement[matrix][place];
    return `${r2.toFixed(2)} (${correlation.toFixed(2)})`;
  });
}
