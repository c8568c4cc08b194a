/** Minimisation of a function of one variable. */

/** Where a function is least, and its value there. */
export interface Minimum {
  readonly argument: number;
  readonly value: number;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The least value of a continuous function between two bounds: a grid finds the best interval, golden sections refine it.
 * Neither step needs a derivative, so corners of the function do no harm; valleys narrower than the grid are missed.
 *
 * @param f the function
 * @param grid ascending arguments, at least 3
 * @param tolerance the minimum is found to this distance
 * @returns the minimum
 * @throws {RangeError} when the grid has fewer than 3 arguments
 */
export function minimize(f: (argument: number) => number, grid: readonly number[], tolerance: number): Minimum {
  if (grid.length < 3) throw new RangeError(`minimize() needs a grid of at least 3 arguments, got ${grid.length}.`);
  const values = grid.map(f);
  const best = values.indexOf(Math.min(...values));
  let low = grid[Math.max(best - 1, 0)];
  let high = grid[Math.min(best + 1, grid.length - 1)];
  let left = { argument: high - GOLDEN * (high - low), value: 0 };
  let right = { argument: low + GOLDEN * (high - low), value: 0 };
  left.value = f(left.argument);
  right.value = f(right.argument);
  while (high - low > tolerance) {
    if (left.value < right.value) {
      high = right.argument;
      right = left;
      const argument = high - GOLDEN * (high - low);
      left = { argument, value: f(argument) };
    } else {
      low = left.argument;
      left = right;
      const argument = low + GOLDEN * (high - low);
      right = { argument, value: f(argument) };
    }
  }
  const found = left.value < right.value ? left : right;
  return found.value < values[best] ? found : { argument: grid[best], value: values[best] };
}
