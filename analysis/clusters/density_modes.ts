/** The significant peaks of the density of a cloud of points in the plane, by persistence. */
import * as d3 from "d3-array";

/** How finely and how boldly to look. */
export interface DensityModesOptions {
  /** Points that each density estimate averages over; default 25. Its logarithm then has standard error 1/√neighbours. */
  readonly neighbours?: number;
  /** Bins along each axis, which runs over ± the largest absolute value; default 1024. */
  readonly bins?: number;
}

/** A peak of the density that stands out from its surroundings by more than noise can. */
export interface DensityMode {
  /** First coordinate of the densest bin. */
  readonly x: number;
  /** Second coordinate of the densest bin. */
  readonly y: number;
  /** ln(density at the peak / density at the highest pass to a denser peak); null for the densest of all. */
  readonly prominence: number | null;
}

/** The peaks, and which of them each point climbs to. */
export interface DensityModes {
  /** Densest first. */
  readonly modes: readonly DensityMode[];
  /** For each point the index of its mode. */
  readonly labels: Uint16Array;
  /** The least prominence of a mode; below it a peak is merged into its neighbour. */
  readonly requiredProminence: number;
  /** The largest prominence that was merged away: how close the next mode came. */
  readonly rejectedProminence: number;
  /** Points in each density estimate. */
  readonly neighbours: number;
}

/**
 * Finds the modes of a planar density, with their number decided by the noise of the density estimate.
 *
 * The density at a bin is that of the smallest square around it that holds `neighbours` points, so its relative error
 * is the same in a crowded centre as in a thin corner, and heavy tails do not fall apart into components as they do in
 * a Gaussian mixture. Bins are added from dense to thin; where two growing peaks meet, the lower one is merged into the
 * higher one unless it stands out by more than
 *
 *     √(2/K) · √(2 ln(n/K)),    K = neighbours, n = points:
 *
 * the standard error of a difference of two log-densities, times the largest of n/K independent standard normals.
 * With the default K a mode's peak is at least about three times as dense as the pass; finer structure is texture.
 *
 * Source: Chazal, Guibas, Oudot and Skraba, "Persistence-based clustering in Riemannian manifolds", J. ACM 60 (2013).
 *
 * @param x first coordinates
 * @param y second coordinates, as many
 * @throws {RangeError} if there are fewer points than `neighbours`, or a coordinate is not finite
 */
export function densityModes(
  x: Float32Array,
  y: Float32Array,
  { neighbours = 25, bins = 1024 }: DensityModesOptions = {},
): DensityModes {
  const points = x.length;
  if (y.length !== points) throw new RangeError(`x and y must have the same length, got ${points} and ${y.length}.`);
  if (points < neighbours) throw new RangeError(`The density needs at least ${neighbours} points, got ${points}.`);

  const binX = axis(x, bins);
  const binY = axis(y, bins);
  const binOfPoint = new Uint32Array(points);
  for (let point = 0; point < points; point++) binOfPoint[point] = binY.of(y[point]) * bins + binX.of(x[point]);

  const logDensity = neighbourDensity(binOfPoint, bins, neighbours);
  const requiredProminence = Math.sqrt(2 / neighbours) * Math.sqrt(2 * Math.log(points / neighbours));
  const { peaks, prominences, peakOfBin, rejectedProminence } = climb(logDensity, bins, requiredProminence);

  const indexOfPeak = new Map(peaks.map((peak, index) => [peak, index]));
  return {
    modes: peaks.map((peak, index) => ({
      x: binX.middle(peak % bins),
      y: binY.middle(Math.floor(peak / bins)),
      prominence: prominences[index],
    })),
    labels: Uint16Array.from(binOfPoint, (bin) => indexOfPeak.get(peakOfBin[bin])!),
    requiredProminence,
    rejectedProminence,
    neighbours,
  };
}

/** Bins of equal width over ± the largest absolute value. */
function axis(values: Float32Array, bins: number): { of(value: number): number; middle(bin: number): number } {
  let reach = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) throw new RangeError(`Every coordinate must be finite, got ${value}.`);
    reach = Math.max(reach, Math.abs(value));
  }
  if (reach === 0) reach = 1;
  return {
    of: (value) => Math.min(bins - 1, Math.floor((value / reach + 1) * bins / 2)),
    middle: (bin) => ((bin + 0.5) * 2 / bins - 1) * reach,
  };
}

/** ln(points per bin) in the smallest square around each bin that holds `neighbours` points. */
function neighbourDensity(binOfPoint: Uint32Array, bins: number, neighbours: number): Float64Array {
  // A summed-area table, one row and column larger than the grid: any square's count takes four look-ups.
  const width = bins + 1;
  const sums = new Float64Array(width * width);
  for (const bin of binOfPoint) sums[(Math.floor(bin / bins) + 1) * width + bin % bins + 1]++;
  for (let row = 1; row < width; row++) {
    for (let column = 1, along = 0; column < width; column++) {
      along += sums[row * width + column];
      sums[row * width + column] = along + sums[(row - 1) * width + column];
    }
  }
  function countAround(row: number, column: number, radius: number): number {
    const top = Math.max(0, row - radius) * width;
    const bottom = Math.min(bins, row + radius + 1) * width;
    const left = Math.max(0, column - radius);
    const right = Math.min(bins, column + radius + 1);
    return sums[bottom + right] - sums[top + right] - sums[bottom + left] + sums[top + left];
  }
  const logWidth = Float64Array.from({ length: bins + 1 }, (_, radius) => Math.log(2 * radius + 1));
  const logDensity = new Float64Array(bins * bins);
  for (let row = 0, bin = 0; row < bins; row++) {
    // The radius changes by at most one from a bin to the next, because the square around either holds the smaller one of the other.
    let radius = 0;
    for (let column = 0; column < bins; column++, bin++) {
      let count = countAround(row, column, radius);
      while (count < neighbours) count = countAround(row, column, ++radius);
      for (let less: number; radius > 0 && (less = countAround(row, column, radius - 1)) >= neighbours; radius--) {
        count = less;
      }
      logDensity[bin] = Math.log(count) - 2 * logWidth[radius];
    }
  }
  return logDensity;
}

/** Grows basins from dense to thin and merges those whose peaks are not prominent. */
function climb(logDensity: Float64Array, bins: number, requiredProminence: number) {
  // Two forests over the bins, −1 where not reached yet. In `joined` all that has met is one tree, so that the pass
  // between two peaks may lead over a third; in `basin` the prominent peaks stay apart.
  const joined = new Int32Array(logDensity.length).fill(-1);
  const basin = new Int32Array(logDensity.length).fill(-1);
  const prominences = new Map<number, number>();
  let rejectedProminence = 0;
  const reached = new Int32Array(8);
  for (const bin of denseFirst(logDensity)) {
    const count = reachedAround(bin, bins, joined, reached);
    joined[bin] = basin[bin] = bin;
    if (count === 0) continue; // a new peak
    let steepest = reached[0];
    for (let next = 1; next < count; next++) {
      if (logDensity[reached[next]] > logDensity[steepest]) steepest = reached[next];
    }
    joined[bin] = root(joined, steepest);
    basin[bin] = root(basin, steepest);
    for (let next = 0; next < count; next++) {
      const neighbour = reached[next];
      const [here, there] = [root(joined, bin), root(joined, neighbour)];
      if (here === there) continue;
      const lower = logDensity[here] < logDensity[there] ? here : there;
      joined[lower] = lower === here ? there : here;
      const prominence = logDensity[lower] - logDensity[bin];
      if (prominence >= requiredProminence) {
        prominences.set(lower, prominence);
      } else {
        basin[lower] = root(basin, lower === here ? neighbour : bin);
        rejectedProminence = Math.max(rejectedProminence, prominence);
      }
    }
  }
  const peakOfBin = basin.map((_, bin) => root(basin, bin));
  const peaks = [...new Set(peakOfBin)].sort((a, b) => logDensity[b] - logDensity[a]);
  return { peaks, prominences: peaks.map((peak) => prominences.get(peak) ?? null), peakOfBin, rejectedProminence };
}

/** The bins from dense to thin, by counting: a million bins have a few thousand densities. Equal ones keep their order. */
function denseFirst(logDensity: Float64Array): Uint32Array {
  const levels = logDensity.toSorted().filter((density, at, sorted) => density !== sorted[at - 1]);
  const levelOfBin = new Uint32Array(logDensity.length);
  const starts = new Uint32Array(levels.length);
  for (let bin = 0, level = 0; bin < logDensity.length; bin++) {
    // Most bins are as dense as the one before.
    if (levels[level] !== logDensity[bin]) level = d3.bisectLeft(levels, logDensity[bin]);
    levelOfBin[bin] = level;
    starts[level]++;
  }
  for (let level = levels.length - 1, start = 0; level >= 0; level--) {
    const count = starts[level];
    starts[level] = start;
    start += count;
  }
  const ordered = new Uint32Array(logDensity.length);
  for (let bin = 0; bin < ordered.length; bin++) ordered[starts[levelOfBin[bin]]++] = bin;
  return ordered;
}

/** Writes those of the up to eight bins around a bin that have been reached into `into`, and returns how many there are. */
function reachedAround(bin: number, bins: number, joined: Int32Array, into: Int32Array): number {
  const column = bin % bins;
  const [left, right] = [Math.max(0, column - 1), Math.min(bins - 1, column + 1)];
  let count = 0;
  for (let row = bin - column - bins; row <= bin - column + bins; row += bins) {
    if (row < 0 || row >= joined.length) continue;
    for (let place = row + left; place <= row + right; place++) {
      if (place !== bin && joined[place] >= 0) into[count++] = place;
    }
  }
  return count;
}

/** The root of a node, halving the path to it. */
function root(parent: Int32Array, node: number): number {
  while (parent[node] !== node) node = parent[node] = parent[parent[node]];
  return node;
}
