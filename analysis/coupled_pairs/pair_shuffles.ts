/** Null models of a set of pairs: it is dealt out anew among the pairs that are free for it. */
import { type RandomStream, shuffle } from "../../models/random.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";

/** What a shuffle keeps: how many of the set each neuron has (a row of E), each feature (a column), or both. */
export type Kept = "rows" | "columns" | "both";

/**
 * Draws of a set of zeros of S, as many pairs each, over the zeros of S. Rows and columns are dealt out uniformly. Both
 * together are kept by a chain of swaps: two pairs (j, i) and (l, q) become (j, q) and (l, i) where these are free.
 *
 * @param signs S, whose positive nonzeros are never in a set
 * @param pairs the set, i·h + j each
 * @param kept what every draw has in common with the set
 * @param draws how many
 * @returns the pairs of each draw, in no order
 */
export function* shuffledPairs(
  { entries, features, hidden }: Pick<SignMatrix, "entries" | "features" | "hidden">,
  pairs: Int32Array,
  kept: Kept,
  draws: number,
  random: RandomStream,
): Generator<Int32Array> {
  if (kept === "both") {
    yield* swappedPairs(entries, hidden, pairs, draws, random);
    return;
  }
  const lineOf = (pair: number) => kept === "rows" ? pair % hidden : Math.floor(pair / hidden);
  const counts = new Int32Array(kept === "rows" ? hidden : features);
  for (const pair of pairs) counts[lineOf(pair)]++;
  const free: number[][] = Array.from(counts, () => []);
  entries.forEach((sign, pair) => {
    if (sign <= 0 && counts[lineOf(pair)] > 0) free[lineOf(pair)].push(pair);
  });
  for (let draw = 0; draw < draws; draw++) {
    yield Int32Array.from(free.flatMap((places, line) => firstOf(places, counts[line], random)));
  }
}

/** The first places after as many steps of a shuffle. */
function firstOf(places: number[], count: number, { integer }: RandomStream): number[] {
  for (let index = 0; index < count; index++) {
    const other = index + integer(places.length - index);
    [places[index], places[other]] = [places[other], places[index]];
  }
  return places.slice(0, count);
}

/** Attempted swaps for each pair between two draws; the first draw comes after three times as many. */
const swapsPerPair = 5;

function* swappedPairs(
  entries: Int8Array,
  hidden: number,
  pairs: Int32Array,
  draws: number,
  random: RandomStream,
): Generator<Int32Array> {
  const taken = Uint8Array.from(entries, (sign) => Number(sign > 0));
  const set = shuffle(pairs.slice(), random);
  for (const pair of set) taken[pair] = 1;
  for (let draw = 0; draw < draws; draw++) {
    for (let attempt = (draw === 0 ? 3 : 1) * swapsPerPair * set.length; attempt > 0; attempt--) {
      const [first, second] = [random.integer(set.length), random.integer(set.length)];
      const [a, b] = [set[first] % hidden, set[second] % hidden];
      const [moved, back] = [set[first] - a + b, set[second] - b + a];
      if (taken[moved] === 1 || taken[back] === 1) continue;
      taken[set[first]] = taken[set[second]] = 0;
      taken[set[first] = moved] = taken[set[second] = back] = 1;
    }
    yield set.slice();
  }
}
