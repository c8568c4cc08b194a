/** Whether features that are on together share neurons, and what that does to their weights. */
import * as d3 from "d3-array";
import type { RandomStream } from "../../models/random.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { spread } from "../statistics/moments.ts";
import { compareWithNull, type ComparisonWithNull } from "../statistics/null_comparison.ts";

/** The nonzeros of S whose neurons serve so many other features of the same block. */
export interface PartnerGroup {
  /** How many others. */
  readonly partners: number;
  /** How many nonzeros. */
  readonly pairs: number;
  /** Mean and spread of |E| on them. */
  readonly encoder: { readonly mean: number; readonly spread: number };
}

/** The neurons of a network whose features are on in blocks. */
export interface BlockNeurons {
  /** Other features of the same block on a nonzero's neuron, on average; in the null model block labels are shuffled. */
  readonly partners: ComparisonWithNull;
  /** Ascending in the number of partners. */
  readonly byPartners: readonly PartnerGroup[];
}

const draws = 200;

/** For each nonzero of S, neuron by neuron, how many other features of its block the neuron serves. */
export function partnersOf({ hidden, featuresOf }: SignMatrix, blockOf: (feature: number) => number): number[] {
  return d3.range(hidden).flatMap((neuron) => {
    const blocks = Array.from(featuresOf(neuron).indices, blockOf);
    const counts = d3.rollup(blocks, (members) => members.length, (block) => block);
    return blocks.map((block) => counts.get(block)! - 1);
  });
}

/**
 * Counts partners within blocks; feature i belongs to block i modulo their number.
 *
 * @param signs S with at least one nonzero
 */
export function blockNeurons(
  encoder: Float32Array,
  signs: SignMatrix,
  blocks: number,
  { integer }: RandomStream,
): BlockNeurons {
  const partners = partnersOf(signs, (feature) => feature % blocks);
  const { start, indices } = signs.byNeuron;
  const sizes = d3.range(signs.hidden).flatMap((neuron) =>
    Array.from(
      indices.subarray(start[neuron], start[neuron + 1]),
      (feature) => Math.abs(encoder[feature * signs.hidden + neuron]),
    )
  );
  const labels = d3.range(signs.features).map((feature) => feature % blocks);
  const drawn = d3.range(draws).map(() => {
    for (let last = labels.length - 1; last > 0; last--) {
      const other = integer(last + 1);
      [labels[last], labels[other]] = [labels[other], labels[last]];
    }
    return d3.mean(partnersOf(signs, (feature) => labels[feature]))!;
  });
  const groups = d3.group(partners.keys(), (edge) => partners[edge]);
  return {
    partners: compareWithNull(d3.mean(partners)!, drawn),
    byPartners: d3.sort(groups, ([count]) => count).map(([count, edges]) => {
      const values = edges.map((edge) => sizes[edge]);
      return {
        partners: count,
        pairs: edges.length,
        encoder: { mean: d3.mean(values)!, spread: spread(values) },
      };
    }),
  };
}
