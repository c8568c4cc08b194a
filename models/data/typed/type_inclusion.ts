/**
 * Sets of k features whose chances to be on differ: among all distributions of such sets the one of the largest entropy,
 * P(I) ∝ Π_{i∈I} θ_i, also known as conditional Poisson sampling (Hájek 1964).
 */
import { type RandomStream, shuffle } from "../../random.ts";

/** The largest chance of a feature to be on: beyond it most of the sets that are tried hold a feature twice. */
export const largestChance = 0.5;

/**
 * The odds θ that give each feature its chance to be on, by the iteration of Chen, Dempster and Liu (Biometrika 81, 1994).
 *
 * @param chances of each feature, below 1; they add up to k
 * @param activeFeatures k
 */
export function inclusionOdds(chances: Float64Array, activeFeatures: number): Float64Array {
  let odds = chances.slice();
  for (let iteration = 0; iteration < 10_000; iteration++) {
    const perOdds = chancePerOdds(odds, activeFeatures);
    let error = 0;
    odds = odds.map((odd, feature) => {
      const next = chances[feature] / perOdds[feature];
      error = Math.max(error, Math.abs(next / odd - 1));
      return next;
    });
    if (error < 1e-12) break;
  }
  return odds;
}

/** Chance to be on over θ: e_{k−1} of the others' θ over e_k of all, e_j the elementary symmetric polynomials. */
function chancePerOdds(odds: Float64Array, activeFeatures: number): Float64Array {
  const symmetric = new Float64Array(activeFeatures + 1);
  symmetric[0] = 1;
  for (const odd of odds) {
    for (let order = activeFeatures; order > 0; order--) symmetric[order] += odd * symmetric[order - 1];
  }
  return odds.map((odd) => {
    let withoutIt = 1;
    for (let order = 1; order < activeFeatures; order++) withoutIt = symmetric[order] - odd * withoutIt;
    return withoutIt / symmetric[activeFeatures];
  });
}

/** Draws a set of k distinct features into a row: features drawn one by one with odds θ, all again if two are the same. */
export function drawSet(cumulativeOdds: Float64Array, row: Int32Array, random: RandomStream): void {
  const total = cumulativeOdds[cumulativeOdds.length - 1];
  let drawn = 0;
  while (drawn < row.length) {
    const feature = firstAbove(cumulativeOdds, random.uniform() * total);
    if (row.subarray(0, drawn).includes(feature)) drawn = 0;
    else row[drawn++] = feature;
  }
}

/** Σ of the values up to each. */
export function cumulative(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => sum += value);
}

/** Index of the first of some ascending values that is above another. */
export function firstAbove(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Draws the sets of a batch so that each feature is on as often as its chance says, up to a rounding that is fair: less than
 * one more or less. The copies of all features are shuffled and cut into sets of k; where a set would hold a feature twice,
 * one of them changes places with a copy drawn from all until both sets are sound. The sets are those of the largest entropy
 * given how often each feature is on.
 *
 * @param chances of each feature; they add up to k
 * @param sets int [B·k], filled
 */
export function drawBalancedSets(
  chances: Float64Array,
  sets: Int32Array,
  activeFeatures: number,
  random: RandomStream,
): void {
  const batch = sets.length / activeFeatures;
  const order = shuffle(Int32Array.from(chances, (_, feature) => feature), random);
  let [reached, written] = [random.uniform(), 0];
  for (const feature of order) {
    reached += batch * chances[feature];
    while (written < sets.length && written + 1 <= reached) sets[written++] = feature;
  }
  // What rounding of the sum may leave.
  while (written < sets.length) sets[written++] = order[order.length - 1];
  shuffle(sets, random);

  const setOf = (place: number) => place - place % activeFeatures;
  const holds = (begin: number, feature: number, except: number) => {
    for (let place = begin; place < begin + activeFeatures; place++) {
      if (place !== except && sets[place] === feature) return true;
    }
    return false;
  };
  for (let place = 0; place < sets.length; place++) {
    while (holds(setOf(place), sets[place], place)) {
      const other = random.integer(sets.length);
      if (setOf(other) === setOf(place)) continue;
      if (holds(setOf(other), sets[place], other) || holds(setOf(place), sets[other], place)) continue;
      [sets[place], sets[other]] = [sets[other], sets[place]];
    }
  }
}
