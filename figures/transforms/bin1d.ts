/** One bar of a histogram; the shape that Plot's rect marks take. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Where bars on a logarithmic scale stand: below one, so that a single count is seen. */
export const leastCount = 0.5;

/**
 * Counts values in equal bins over [low, high]; a value on `high` falls into the last bin, others outside are left out.
 * Empty bins give no bar, so that the bars can stand on a logarithmic scale.
 *
 * @throws {RangeError} unless low < high and there is at least one bin
 */
export function bin1d(values: ArrayLike<number>, [low, high]: readonly [number, number], bins: number): Bar[] {
  if (!(low < high)) throw new RangeError(`The lower bound must be below the upper one, got ${low} and ${high}.`);
  if (!(bins >= 1)) throw new RangeError(`There must be at least one bin, got ${bins}.`);
  const counts = new Uint32Array(bins);
  const scale = bins / (high - low);
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value >= low && value <= high) counts[Math.min(bins - 1, Math.floor((value - low) * scale))]++;
  }
  const bars: Bar[] = [];
  counts.forEach((count, bin) => {
    if (count > 0) bars.push({ from: low + bin / scale, to: low + (bin + 1) / scale, count });
  });
  return bars;
}
