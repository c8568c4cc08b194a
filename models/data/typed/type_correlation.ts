/** Which features are on together. */
import { z } from "zod";
import type { Schema } from "../../options_schema.ts";
import type { RandomStream } from "../../random.ts";
import { cumulative, drawSet, firstAbove, inclusionOdds } from "./type_inclusion.ts";

/** How the features of a sample hang together. */
export type Correlation =
  | {
    /** They do not: sets are as random as the features' chances allow. */
    readonly name: "none";
  }
  | {
    /** Feature i belongs to block i modulo their number, so that every block has features of every type. */
    readonly name: "blocks";
    /** How many there are. */
    readonly blocks: number;
    /** Share of the samples whose features are all of one block. @default 1 */
    readonly together: number;
  }
  | {
    /**
     * A feature is on only where its parent is: a sample is a path from a root over k levels, and `frequency` is that among
     * siblings. The features are numbered from the roots down, level by level.
     */
    readonly name: "tree";
    /** Children of a feature. @default 2 */
    readonly branches: number;
  };

/** Checks how features hang together. */
export const correlation: Schema<Correlation> = z.discriminatedUnion("name", [
  z.strictObject({ name: z.literal("none") }),
  z.strictObject({ name: z.literal("blocks"), blocks: z.int().min(2), together: z.number().min(0).max(1).default(1) }),
  z.strictObject({ name: z.literal("tree"), branches: z.int().min(1).default(2) }),
]);

/** Draws the features of a sample into a row of k. */
export type SetSource = (row: Int32Array, random: RandomStream) => void;

/** Features of one tree: 1 + b + … + b^(k−1). */
export function treeSize(branches: number, levels: number): number {
  let size = 0;
  for (let level = 0; level < levels; level++) size = size * branches + 1;
  return size;
}

/** The features that chances of their own are drawn among: all, each block, or the roots and the children of each feature. */
function groupsOf(features: number, activeFeatures: number, correlation: Correlation): number[][] {
  const range = (length: number, of: (index: number) => number) => Array.from({ length }, (_, index) => of(index));
  if (correlation.name === "none") return [range(features, (i) => i)];
  if (correlation.name === "blocks") {
    const { blocks } = correlation;
    return range(blocks, (b) => b).map((b) => range(Math.ceil((features - b) / blocks), (n) => b + n * blocks));
  }
  const { branches } = correlation;
  const roots = features / treeSize(branches, activeFeatures);
  const parents = (features - roots) / branches;
  return [
    range(roots, (i) => i),
    ...range(parents, (parent) => parent).map((parent) => range(branches, (n) => roots + parent * branches + n)),
  ];
}

/** The chance of each feature to be on; they add up to k. */
export function chancesOf(frequency: Float64Array, activeFeatures: number, correlation: Correlation): Float64Array {
  if (correlation.name !== "tree") return proportional(frequency, activeFeatures);
  const chances = new Float64Array(frequency.length);
  groupsOf(frequency.length, activeFeatures, correlation).forEach((group, index) => {
    const reached = index === 0 ? 1 : chances[index - 1];
    const total = group.reduce((sum, feature) => sum + frequency[feature], 0);
    for (const feature of group) chances[feature] = reached * frequency[feature] / total;
  });
  return chances;
}

/** The largest chance of a feature among those that sets are drawn from. */
export function largestChanceAmong(frequency: Float64Array, activeFeatures: number, correlation: Correlation): number {
  if (correlation.name === "tree") return 0;
  return Math.max(
    ...groupsOf(frequency.length, activeFeatures, correlation).map((group) =>
      Math.max(...proportional(Float64Array.from(group, (feature) => frequency[feature]), activeFeatures))
    ),
  );
}

/** What draws the sets of independent samples. */
export function setSource(frequency: Float64Array, activeFeatures: number, correlation: Correlation): SetSource {
  const groups = groupsOf(frequency.length, activeFeatures, correlation);
  const within = groups.map((group) => Float64Array.from(group, (feature) => frequency[feature]));
  if (correlation.name === "tree") return paths(groups, within.map(cumulative));
  const setsAmong = (frequencies: Float64Array) => {
    const odds = cumulative(inclusionOdds(proportional(frequencies, activeFeatures), activeFeatures));
    return (row: Int32Array, random: RandomStream) => drawSet(odds, row, random);
  };
  if (correlation.name === "none") return setsAmong(frequency);
  const ofBlocks = within.map(setsAmong);
  const blockOdds = cumulative(Float64Array.from(within, (frequencies) => frequencies.reduce((sum, f) => sum + f)));
  const ofAll = correlation.together < 1 ? setsAmong(frequency) : undefined;
  return (row, random) => {
    if (ofAll !== undefined && random.uniform() >= correlation.together) return ofAll(row, random);
    const block = firstAbove(blockOdds, random.uniform() * blockOdds[blockOdds.length - 1]);
    ofBlocks[block](row, random);
    row.forEach((member, place) => row[place] = groups[block][member]);
  };
}

/** Paths from a root: `groups` holds the roots, then the children of each feature. */
function paths(groups: readonly number[][], cumulativeOdds: readonly Float64Array[]): SetSource {
  return (row, random) => {
    let group = 0;
    row.forEach((_, level) => {
      const odds = cumulativeOdds[group];
      row[level] = groups[group][firstAbove(odds, random.uniform() * odds[odds.length - 1])];
      group = row[level] + 1;
    });
  };
}

function proportional(frequency: Float64Array, activeFeatures: number): Float64Array {
  const total = frequency.reduce((sum, value) => sum + value, 0);
  return frequency.map((value) => activeFeatures * value / total);
}
