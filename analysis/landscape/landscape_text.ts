/** The landscape in words and tables. */
import { clusterCells, clusterNames } from "../displacements/cluster_names.ts";
import { type Region, regions } from "../displacements/displacement_clusters.ts";
import { matrices } from "../derivatives/weight_vector.ts";
import { markdownTable } from "../report/markdown.ts";
import { fixed, percent, significant, withError } from "../report/number_text.ts";
import { type Answering, answering } from "./answers.ts";
import { type LandscapeData, startNames } from "./landscape.ts";
import { type WalkClass, walkClasses } from "./walks.ts";

/** What was found on the ground. */
export function landscapeText(data: LandscapeData): string {
  return [...minimaText(data), ...predictionText(data), ...orderText(data)].join("\n\n");
}

function minimaText({ forceLeft, continued, changes, descents, modes, training }: LandscapeData): string[] {
  const total = ({ created, pruned, flipped }: LandscapeData["changes"]) => created + pruned + flipped;
  const changed = (which: LandscapeData["changes"]) =>
    `${total(which)} entries of S (${which.created} created, ${which.pruned} pruned, ${which.flipped} flipped)`;
  const both = (force: LandscapeData["continued"]["force"]) =>
    matrices.map((matrix) => significant(force[matrix], 2)).join(" and ");
  return [
    `The learned weights are on a slope: the force on them is ${
      both(continued.force)
    } (E and D) of that at the class ` +
    `centres. First the training goes on for ${continued.steps} steps without noise of the samples, at a rate that falls to ` +
    `0: objective ${significant(descents[0].before, 5)} → ${significant(continued.objective, 5)}, force ${
      both(continued.forceAfter)
    }, and it changes ${
      changed(continued.changes)
    }. From there, and from all other starts, descents by L-BFGS on the exact ` +
    `gradient over all supports, noise averaged in closed form, until the force is ${
      significant(forceLeft)
    } of that at the class centres. From the learned weights to their minimum ${
      changed(changes)
    } change in all; S is that of the minimum ` +
    "from here on. Distances to the minimum of the learned weights are root mean squares in units of the spread of the displacements there.",
    markdownTable(
      ["start", "objective before", "at the end", "force E, D", "steps", "S changed", ...clusterNames()],
      descents.map(({ start, before, objective, force, steps, changes, distance }) => [
        startNames[start],
        significant(before, 5),
        significant(objective, 8),
        matrices.map((matrix) => significant(force[matrix], 2)).join(", "),
        String(steps),
        String(total(changes)),
        ...clusterCells((matrix, region) => significant(distance[matrix][region], 2)),
      ]),
    ),
    `The smallest eigenvalues of the exact Hessian at the minimum, in units of what a pair feels from itself: ${
      modes.values.map(({ value, residual }) => withError(value, residual)).join(", ")
    }; after ± the residual, within which there is an eigenvalue. The softest direction has ${
      clusterCells((matrix, region) => percent(modes.weightOf[matrix][region])).join(", ")
    } of its weight in ${clusterNames().join(", ")}, on ${significant(modes.participation)} pairs.`,
    "How much of the variance of the learned displacements is not the minimum's: noise of the training, or a way that it has " +
    "not gone to its end.",
    markdownTable(["", ...clusterNames()], [
      [
        "spread, learned ÷ minimum",
        ...clusterCells((m, r) => significant(training[m][r].predictedSpread / training[m][r].learnedSpread)),
      ],
      ["correlation", ...clusterCells((m, r) => significant(training[m][r].correlation))],
      ["not the minimum's", ...clusterCells((m, r) => percent(noiseShare(training[m][r])))],
    ]),
  ];
}

/** Var(learned − minimum) / Var(learned). */
export function noiseShare(
  { r2, learnedSpread, predictedSpread }: LandscapeData["training"]["encoder"]["centre"],
): number {
  return (1 - r2) * learnedSpread ** 2 / predictedSpread ** 2;
}

function predictionText({ stages, passes, shapes, overlapSums }: LandscapeData): string[] {
  const listed = passes.map(({ level, step }) =>
    `${level}: ${
      clusterCells((matrix, region) => step[matrix][region] === null ? "not reached" : `step ${step[matrix][region]}`)
        .join(", ")
    }`
  );
  const kurtosis = (name: "displacement" | "field") =>
    matrices.map((matrix) => {
      const { excessKurtosis, excessKurtosisError } = shapes[name][`${matrix}, centre`];
      return withError(excessKurtosis, excessKurtosisError);
    }).join(" (E), ");
  return [
    "Predictions from S against the displacements at the exact minimum, R². The field and the local formula are fitted by a " +
    "scale, and by a few numbers on the other half of the features; orders sum the answers of pairs to each other at the class " +
    "centres; Newton steps, damped, go from there with the exact force.",
    markdownTable(
      ["", ...clusterNames()],
      stages.map((
        { name, agreement },
      ) => [name, ...clusterCells((matrix, region) => fixed(agreement[matrix][region].r2, 3))]),
    ),
    `Where R² passes (${clusterNames().join(", ")}): ${listed.join("; ")}.`,
    `Excess kurtosis in the centre: field ${kurtosis("field")} (D), displacements ${
      kurtosis("displacement")
    } (D); S Sᵀ S has ${significant(overlapSums.excessKurtosis)} there, with ${
      significant(overlapSums.walks)
    } walks to a zero of S.`,
  ];
}

const who: Readonly<Record<Answering, string>> = {
  feature: "the same feature",
  neuron: "the same neuron",
  neither: "another feature and neuron",
  own: "the pair itself",
};

/** What the classes of walks are called. */
export const walkNames: Readonly<Record<WalkClass, string>> = {
  threeWalks: "walks of three edges, S Sᵀ S",
  dressed: "with degrees on the way",
  oneSigned: "signed at the neuron's end only",
  repeated: "overlaps squared and cubed",
  fiveWalks: "walks of five edges",
  sevenWalks: "walks of seven edges",
};

function orderText({ answers, walks }: LandscapeData): string[] {
  const source = (region: Region) => region === "centre" ? "zeros of S" : "nonzeros of S";
  return [
    "The second order by who makes it: the share of its variance that answers the first order of pairs with the same feature " +
    "(at other neurons), the same neuron (other features), or neither.",
    markdownTable(
      ["answers", ...clusterNames()],
      regions.flatMap((region) =>
        answering.map((name) => [
          `${source(region)}, ${who[name]}`,
          ...clusterCells((matrix, at) => percent(answers[matrix][at][region][name])),
        ])
      ),
    ),
    "What the centre sums over: R² on features that the coefficients were not fitted to, each class of walks from the feature to the " +
    "neuron with all above it.",
    markdownTable(
      [
        "walks",
        ...["first order", "second order", "minimum"].flatMap((name) =>
          matrices.map((m) => `${name}, ${m === "encoder" ? "E" : "D"}`)
        ),
      ],
      walkClasses.map((name) => [
        walkNames[name],
        ...[walks.first, walks.second, walks.displacement].flatMap((shares) =>
          matrices.map((matrix) => fixed(shares[matrix][name], 3))
        ),
      ]),
    ),
  ];
}
