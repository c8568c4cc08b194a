/** Descent to a minimum by exact slopes alone: the curvature is learned from how they change on the way. */
import { addScaled, innerProduct, matrices, scaled, type WeightVector } from "../derivatives/weight_vector.ts";

/** Height and slope at a point. */
export interface Slope {
  /** The function's value. */
  readonly objective: number;
  /** Its gradient. */
  readonly gradient: WeightVector;
}

/** A place on the way down. */
export interface Descended extends Slope {
  /** Where it is. */
  readonly weights: WeightVector;
  /** Steps that were taken. */
  readonly steps: number;
  /** Slopes that were asked for, this one among them. */
  readonly slopes: number;
}

/** What goes down. */
export interface SlopeProblem {
  /** Exact, but for rounding. */
  slope(at: WeightVector): Promise<Slope>;
  /** B⁻¹·v for a positive B that resembles the Hessian: the better it does, the fewer steps. */
  precondition(v: WeightVector): WeightVector;
  /** No entry moves farther than this in one step, so that none leaps from basin to basin. @default no limit */
  readonly longest?: number;
}

/** Steps that are remembered. More help little, and take two vectors each. */
const memory = 16;
/** Share of the promised decrease that a step must keep, how much shorter the next attempt is, and attempts. */
const [kept, shorter, mostAttempts] = [1e-4, 1 / 3, 8];
/** The first step goes so far of −B⁻¹∇L, which knows nothing of the others' answers. */
const firstLength = 0.5;
/**
 * Share of the objective below which a difference of two of them says nothing: exact means by harmonics scatter by 2e-6, as
 * harmonics come and go with the weights.
 */
const rounding = 1e-5;

/** What a step says of the curvature: Δw, Δ∇L, and 1 / ⟨Δw, Δ∇L⟩. */
interface Memory {
  readonly move: WeightVector;
  readonly change: WeightVector;
  readonly inverse: number;
}

/**
 * L-BFGS (Nocedal, Mathematics of Computation 35 (1980)) without end: take as many steps as are wanted. It ends by itself
 * where no step goes down any more, which is the minimum to rounding.
 *
 * @returns the start first, then the end of each step
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { addScaled, innerProduct, type WeightVector } from "../derivatives/weight_vector.ts";
 * import { slopeDescent } from "./slope_descent.ts";
 * const vector = (...[a, b]: number[]) => ({ encoder: Float32Array.of(a), decoder: Float32Array.of(b) });
 * const bottom = vector(3, -1);
 * const slope = (at: WeightVector) => {
 *   const gradient = addScaled(at, -1, bottom); // of ½|w − bottom|²
 *   return Promise.resolve({ objective: innerProduct(gradient, gradient) / 2, gradient });
 * };
 * let end: WeightVector = vector(0, 0);
 * for await (const { weights } of slopeDescent({ slope, precondition: (v) => v }, end)) end = weights;
 * assertAlmostEquals(end.encoder[0], 3, 1e-4);
 * ```
 */
export async function* slopeDescent(
  { slope, precondition, longest = Infinity }: SlopeProblem,
  start: WeightVector,
): AsyncGenerator<Descended> {
  let at: Descended = { weights: start, ...await slope(start), steps: 0, slopes: 1 };
  const memories: Memory[] = [];
  yield at;
  while (true) {
    const direction = directionOf(at.gradient, memories, precondition);
    const length = Math.min(memories.length === 0 ? firstLength : 1, longest / largestEntry(direction));
    const next = await step(at, direction, length, slope);
    if (next === undefined) {
      if (memories.length === 0) return;
      // What was remembered misleads: begin anew.
      memories.length = 0;
      continue;
    }
    const move = addScaled(next.weights, -1, at.weights);
    const change = addScaled(next.gradient, -1, at.gradient);
    const curvature = innerProduct(move, change);
    if (curvature > 0) memories.push({ move, change, inverse: 1 / curvature });
    if (memories.length > memory) memories.shift();
    at = next;
    yield at;
  }
}

/** −(inverse Hessian)·∇L as the remembered steps have it: the recursion over two loops. */
function directionOf(
  gradient: WeightVector,
  memories: readonly Memory[],
  precondition: SlopeProblem["precondition"],
): WeightVector {
  let rest = gradient;
  const factors = memories.toReversed().map(({ move, change, inverse }) => {
    const factor = inverse * innerProduct(move, rest);
    rest = addScaled(rest, -factor, change);
    return factor;
  }).reverse();
  const last = memories.at(-1);
  const scale = last === undefined ? 1 : 1 / (last.inverse * innerProduct(last.change, precondition(last.change)));
  let direction = scaled(scale, precondition(rest));
  memories.forEach(({ move, change, inverse }, index) => {
    direction = addScaled(direction, factors[index] - inverse * innerProduct(change, direction), move);
  });
  return scaled(-1, direction);
}

function largestEntry(v: WeightVector): number {
  let largest = 0;
  for (const matrix of matrices) for (const value of v[matrix]) largest = Math.max(largest, Math.abs(value));
  return largest;
}

/** Shortens a step until it goes down enough; undefined if none does. */
async function step(
  at: Descended,
  direction: WeightVector,
  firstLength: number,
  slope: SlopeProblem["slope"],
): Promise<Descended | undefined> {
  const along = innerProduct(at.gradient, direction);
  if (!(along < 0)) return undefined;
  for (let attempt = 0, length = firstLength; attempt < mostAttempts; attempt++, length *= shorter) {
    const weights = addScaled(at.weights, length, direction);
    const there = await slope(weights);
    const decrease = at.objective - there.objective;
    // Where heights are equal to rounding the slopes tell: their mean is that of the chord.
    const lower = Math.abs(decrease) > rounding * Math.abs(at.objective)
      ? decrease
      : -length * (along + innerProduct(there.gradient, direction)) / 2;
    if (lower > -kept * length * along) {
      return { weights, ...there, steps: at.steps + 1, slopes: at.slopes + attempt + 1 };
    }
  }
  return undefined;
}
