/** What the study claims, in its order, and what shows it. */
import type { Config } from "../../../models/experiment/config.ts";
import type { ClaimNumber } from "../../report/section.ts";
import { sideOf } from "../../report/analysis_provenance.ts";

/** A figure of a run that shows a claim. */
export interface ShownBy {
  /** Stem of its file. */
  readonly figure: string;
  /** Of which runs. @default any */
  readonly of?: (config: Config) => boolean;
}

/** A claim of the study. */
export interface Claim {
  /** In the study's order. */
  readonly number: ClaimNumber;
  /** What it says. */
  readonly statement: string;
  /** What of it no test decides, in a sentence. @default nothing */
  readonly undecided?: string;
  /** What to look at. */
  readonly shownBy: readonly ShownBy[];
}

const unsuperposed = (config: Config) => sideOf(config) === "no-superposition";
const superposed = (config: Config) => sideOf(config) === "superposition" && config.loss.name === "rebalanced";

/** The claims, in the order of the study. */
export const claims: readonly Claim[] = [
  {
    number: 1,
    statement:
      "Of two networks with as many weights the one with more neurons than features comes to a few exact values, " +
      "the one with fewer to clusters that look random inside.",
    undecided: "Tests are of the exact values; what is random inside the clusters is judged under claim 5.",
    shownBy: [{ figure: "headline", of: superposed }],
  },
  {
    number: 2,
    statement:
      "E is near 0 or near ±c: the weights are c·S with frozen signs S, and once S is known the decoder follows.",
    undecided: "How near E is to 0 and ±c the histogram shows and no test decides.",
    shownBy: [{ figure: "encoder-histogram", of: superposed }, { figure: "optimal-decoder", of: superposed }],
  },
  {
    number: 3,
    statement:
      "Without superposition each neuron serves at most one feature, and all that remains is how many features " +
      "have 1, 2, 3 … neurons.",
    shownBy: [{ figure: "encoder-histogram", of: unsuperposed }],
  },
  {
    number: 4,
    statement: "With superposition an iid random S is as good as any, and its density p follows from theory.",
    shownBy: [{ figure: "basins" }, { figure: "random-graph", of: superposed }, { figure: "density-scan" }],
  },
  {
    number: 5,
    statement:
      "The frozen signs act on the one minimum of their basin as a random pinning field: the displacements are " +
      "Gaussian, and the corners are of types.",
    undecided:
      "That a basin has one minimum is tested where the section landscape was measured, which the reduced plan leaves out.",
    shownBy: [{ figure: "displacements" }, { figure: "corner-types", of: superposed }],
  },
  {
    number: 6,
    statement:
      "GeLU with the softmax loss gives a small blob that is coupled to a cloud; d = 768, h = 512 is a boundary " +
      "case with regular structure.",
    undecided: "What the regular structure at d = 768, h = 512 is no test decides.",
    shownBy: [
      { figure: "coupled-pairs" },
      { figure: "headline", of: ({ loss }) => loss.name === "softmax" },
      { figure: "headline", of: ({ model }) => model.features === 768 && model.hidden === 512 },
    ],
  },
  {
    number: 7,
    statement:
      "Next: features of different importance, size, noise or correlation; deeper networks; tempered learning.",
    undecided: "Tests are of features of several types and of deeper networks; tempered learning is not judged here.",
    shownBy: [{ figure: "feature-types" }, { figure: "computing" }],
  },
];
