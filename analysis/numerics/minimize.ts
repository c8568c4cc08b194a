/** Minimisation of a continuous function of one variable without derivatives, so that corners do no harm. */

/** Where a function is least, and its value there. */
export interface Minimum {
  /** Where. */
  readonly argument: number;
  /** The function there. */
  readonly value: number;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Golden-section search: a local minimum between two bounds.
 *
 * @param f the function
 * @param low lower bound
 * @param high upper bound
 * @param tolerance the search stops when the bounds are this close
 * @returns the best point seen
 */
export function goldenSection(f: (argument: number) => number, low: number, high: number, tolerance: number): Minimum {
  const at = (argument: number): Minimum => ({ argument, value: f(argument) });
  let left = at(high - GOLDEN * (high - low));
  let right = at(low + GOLDEN * (high - low));
  while (high - low > tolerance) {
    if (left.value < right.value) {
      high = right.argument;
      right = left;
      left = at(high - GOLDEN * (high - low));
    } else {
      low = left.argument;
      left = right;
      right = at(low + GOLDEN * (high - low));
    }
  }
  return left.value < right.value ? left : right;
}

/**
 * Walks downhill in equal steps until the function rises, then takes the vertex of the parabola through the last three
 * points: for smooth functions, with a step over which a parabola is a good likeness.
 *
 * @param f the function
 * @param start where the walk begins
 * @param step length of a step, > 0
 * @returns a local minimum
 * @throws {RangeError} when the function still falls after 200 steps
 */
export function descend(f: (argument: number) => number, start: number, step: number): Minimum {
  let [behind, here, ahead] = [f(start - step), f(start), f(start + step)];
  let current = start;
  for (let walked = 0; walked < 200; walked++) {
    if (ahead < here && ahead <= behind) {
      current += step;
      [behind, here, ahead] = [here, ahead, f(current + step)];
    } else if (behind < here) {
      current -= step;
      [behind, here, ahead] = [f(current - step), behind, here];
    } else {
      const curvature = behind - 2 * here + ahead;
      const argument = curvature > 0 ? current + step * (behind - ahead) / (2 * curvature) : current;
      const value = f(argument);
      return value < here ? { argument, value } : { argument: current, value: here };
    }
  }
  throw new RangeError(`descend() found no minimum within 200 steps of ${step} from ${start}.`);
}
