/** Is the trained S an ordinary random graph? Measurements of S against three null models. */
import { randomStream } from "../../models/random.ts";
import { type GraphStatistics, graphStatistics } from "./graph_statistics.ts";
import { holmAdjusted } from "../statistics/multiple_testing.ts";
import { familyWiseLevel as level } from "../report/thresholds.ts";
import { fixedDegreeSigns, iidSigns, rowSigns } from "./null_models.ts";
import { compareWithNull, type ComparisonWithNull } from "../statistics/null_comparison.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";

/**
 * The hypotheses: `iid`: any entries and any signs are equally likely; `rowSign`: any entries, one sign a neuron;
 * `fixedDegree`: any graph with the degrees of S, each neuron keeping its numbers of + and −. See `null_models.ts`.
 */
export type NullName = "iid" | "rowSign" | "fixedDegree";

/** A test of one statistic, and its p value after correction for all the tests of all the nulls. */
export interface StatisticTest extends ComparisonWithNull {
  /** Holm's; see `holmAdjusted`. */
  readonly adjustedP: number;
}

/** Tests of every statistic. */
export type StatisticTests = Readonly<Record<keyof GraphStatistics, StatisticTest>>;

/** A largest singular value beside the edge of the spectrum of a random matrix with entries of the same variance. */
export interface SpectralEdge {
  /** The largest singular value. */
  readonly observed: number;
  /** √variance · (√d + √h), where Marchenko and Pastur's density ends. */
  readonly edge: number;
}

/** S against its null models. */
export interface RandomGraphTests {
  /** Draws of each null. */
  readonly draws: number;
  /** Family-wise level at which `rejected` is decided. */
  readonly level: number;
  /** Tests of every statistic against each null. */
  readonly nulls: Readonly<Record<NullName, StatisticTests>>;
  /** Whether any statistic rejects the null at the level, after correction. */
  readonly rejected: Readonly<Record<NullName, boolean>>;
  /** Largest singular values of S and of |S| − p. */
  readonly marchenkoPastur: { readonly signs: SpectralEdge; readonly support: SpectralEdge };
}

/** How many draws, and which. */
export interface RandomGraphOptions {
  /** Draws of each null; default 200. */
  readonly draws?: number;
  /** Default 0. */
  readonly seed?: number;
}

/** What a null fixes by construction at a value that S need not have. */
const fixedByNull: Readonly<Record<NullName, readonly (keyof GraphStatistics)[]>> = {
  iid: [],
  rowSign: ["frustration", "neuronSignCorrelation"],
  fixedDegree: [],
};

/**
 * Tests S against the three null models; 40 s at d = 3072, h = 1024 and 37,000 nonzeros, in proportion to the nonzeros.
 *
 * @param signs S
 * @param options number of draws and seed
 * @throws {RangeError} if S has no nonzeros
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream } from "../../models/random.ts";
 * import { neighbourhood } from "../pinning_field/local_theory.ts";
 * import { graphCounts } from "./graph_counts.ts";
 * import { graphStatistics } from "./graph_statistics.ts";
 * import { fixedDegreeSigns, iidSigns, rowSigns } from "./null_models.ts";
 * import { compareWithNulls, randomGraphTests } from "./random_graph.ts";
 * import { signDesigns } from "./sign_designs.ts";
 * import { singularSpectrum } from "./singular_spectrum.ts";
 * const random = randomStream(1);
 * const signs = iidSigns({ features: 32, hidden: 16, edges: 100 }, random);
 * const { draws, rejected } = randomGraphTests(signs, { draws: 20 }); // rejected.iid: whether S is no iid draw
 * assertEquals([draws, rejected.rowSign], [20, true]); // its neurons have both signs
 * // The same by hand, with other draws or another S:
 * const few = (draw: () => typeof signs) => Array.from({ length: 3 }, () => graphStatistics(draw()));
 * compareWithNulls(graphStatistics(signDesigns.regular(signs, random)), {
 *   iid: few(() => iidSigns(signs, random)),
 *   rowSign: few(() => rowSigns(signs, random)),
 *   fixedDegree: few(() => fixedDegreeSigns(signs, random)),
 * });
 * assertEquals(graphCounts(signs, { draws: 2 }).degrees.features.observed.reduce((sum, count) => sum + count), 32);
 * console.log(singularSpectrum(signs)); // beside Marchenko and Pastur's law
 * assertEquals(neighbourhood(signs).walks.length, 32 * 16); // how many walks over S end at each weight
 * ```
 */
export function randomGraphTests(
  signs: SignMatrix,
  { draws = 200, seed = 0 }: RandomGraphOptions = {},
): RandomGraphTests {
  const { features, hidden, edges } = signs;
  if (edges === 0) throw new RangeError("S has no nonzeros, so there is no graph to test.");
  const sample = (name: NullName): GraphStatistics[] => {
    const random = randomStream(seed, "random graph", name);
    const draw = {
      iid: () => iidSigns(signs, random),
      rowSign: () => rowSigns(signs, random),
      fixedDegree: () => fixedDegreeSigns(signs, random),
    }[name];
    return Array.from({ length: draws }, () => graphStatistics(draw()));
  };
  const observed = graphStatistics(signs);
  const { nulls, rejected } = compareWithNulls(observed, {
    iid: sample("iid"),
    rowSign: sample("rowSign"),
    fixedDegree: sample("fixedDegree"),
  });

  const density = edges / (features * hidden);
  const reach = Math.sqrt(features) + Math.sqrt(hidden);
  return {
    draws,
    level,
    nulls,
    rejected,
    marchenkoPastur: {
      signs: { observed: observed.signedSingularValue, edge: Math.sqrt(density) * reach },
      support: { observed: observed.supportSingularValue, edge: Math.sqrt(density * (1 - density)) * reach },
    },
  };
}

/**
 * Compares measurements with samples of the same measurements under each null, as one family of tests.
 * See {@linkcode randomGraphTests}.
 *
 * @param observed measurements of S
 * @param samples draws under each null
 */
export function compareWithNulls(
  observed: GraphStatistics,
  samples: Readonly<Record<NullName, readonly GraphStatistics[]>>,
): Pick<RandomGraphTests, "nulls" | "rejected"> {
  const names = Object.keys(samples) as NullName[];
  const statistics = Object.keys(observed) as (keyof GraphStatistics)[];
  const family = names.flatMap((name) =>
    statistics.map((statistic) => {
      const draws = samples[name].map((draw) => draw[statistic]);
      return compareWithNull(observed[statistic], draws, fixedByNull[name].includes(statistic));
    })
  );
  const adjusted = holmAdjusted(family.map((test) => test.p));
  const testsOf = (name: NullName) =>
    Object.fromEntries(statistics.map((statistic, index) => {
      const test = names.indexOf(name) * statistics.length + index;
      return [statistic, { ...family[test], adjustedP: adjusted[test] }];
    })) as Record<keyof GraphStatistics, StatisticTest>;
  const nulls = { iid: testsOf("iid"), rowSign: testsOf("rowSign"), fixedDegree: testsOf("fixedDegree") };
  const isRejected = (name: NullName) => Object.values(nulls[name]).some((test) => test.adjustedP <= level);
  return {
    nulls,
    rejected: { iid: isRejected("iid"), rowSign: isRejected("rowSign"), fixedDegree: isRejected("fixedDegree") },
  };
}
