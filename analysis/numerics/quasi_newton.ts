/** Minimisation of a smooth function of several variables by its values alone. */

/** Where a function of several variables is least, and its value there. */
export interface MinimumAt {
  /** Where. */
  readonly point: Float64Array;
  /** The function there. */
  readonly value: number;
}

/** Distance of the differences that stand for slopes. */
const difference = 1e-4;

/**
 * The method of Broyden, Fletcher, Goldfarb and Shanno (Nocedal and Wright, Numerical Optimization, ch. 6) with slopes from
 * central differences.
 *
 * @param f the function, of variables whose scale is about 1, such as logarithms
 * @param start where it begins
 * @param tolerance it ends where a step gains less than this
 */
export function quasiNewton(
  f: (point: Float64Array) => number,
  start: ArrayLike<number>,
  tolerance: number,
): MinimumAt {
  const size = start.length;
  let point = Float64Array.from(start);
  let value = f(point);
  let slope = slopeAt(f, point);
  let inverse = identity(size);
  for (let iteration = 0; iteration < 200; iteration++) {
    let direction = inverse.map((row) => -dot(row, slope));
    if (dot(direction, slope) >= 0) {
      inverse = identity(size);
      direction = Array.from(slope, (s) => -s);
    }
    const longest = Math.max(...direction.map(Math.abs));
    let length = Math.min(1, 0.5 / longest);
    let next = point.map((x, i) => x + length * direction[i]);
    let reached = f(next);
    while (!(reached < value + 1e-4 * length * dot(direction, slope)) && length * longest > 1e-7) {
      length /= 2;
      next = point.map((x, i) => x + length * direction[i]);
      reached = f(next);
    }
    if (!(reached < value)) break;
    const gained = value - reached;
    const nextSlope = slopeAt(f, next);
    inverse = updated(inverse, next.map((x, i) => x - point[i]), nextSlope.map((s, i) => s - slope[i]));
    [point, value, slope] = [next, reached, nextSlope];
    if (gained < tolerance) break;
  }
  return { point, value };
}

function slopeAt(f: (point: Float64Array) => number, point: Float64Array): Float64Array {
  return point.map((_, moved) => {
    const at = (by: number) => f(point.map((x, i) => i === moved ? x + by : x));
    return (at(difference) - at(-difference)) / (2 * difference);
  });
}

/** The inverse Hessian after a step and the change of slope over it. */
function updated(inverse: number[][], step: Float64Array, change: Float64Array): number[][] {
  const along = dot(step, change);
  if (along <= 1e-14) return inverse;
  const mixed = inverse.map((row) => dot(row, change));
  const factor = (1 + dot(mixed, change) / along) / along;
  return inverse.map((row, i) =>
    row.map((entry, j) => entry + factor * step[i] * step[j] - (mixed[i] * step[j] + step[i] * mixed[j]) / along)
  );
}

function identity(size: number): number[][] {
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => i === j ? 1 : 0));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
