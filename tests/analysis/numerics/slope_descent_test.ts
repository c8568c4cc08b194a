import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { type Descended, type Slope, slopeDescent } from "../../../analysis/numerics/slope_descent.ts";
import type { WeightVector } from "../../../analysis/derivatives/weight_vector.ts";

const same = (v: WeightVector) => v;

async function endOf(
  slope: (at: WeightVector) => Slope,
  start: WeightVector,
  steps: number,
  precondition = same,
): Promise<Descended> {
  let end: Descended | undefined;
  for await (const at of slopeDescent({ slope: (at) => Promise.resolve(slope(at)), precondition }, start)) {
    end = at;
    if (at.steps === steps) break;
  }
  return end!;
}

const vector = (...values: number[]): WeightVector => ({
  encoder: Float32Array.from(values.slice(0, values.length / 2)),
  decoder: Float32Array.from(values.slice(values.length / 2)),
});

/** ½ Σ h (w − m)², curvatures from 0.02 to 2. */
function bowl(at: WeightVector): Slope {
  const [h, m] = [[0.02, 0.3, 1, 2], [3, -1, 0.5, 2]];
  const values = [...at.encoder, ...at.decoder];
  return {
    objective: values.reduce((sum, value, entry) => sum + h[entry] * (value - m[entry]) ** 2 / 2, 0),
    gradient: vector(...values.map((value, entry) => h[entry] * (value - m[entry]))),
  };
}

Deno.test("slopeDescent() reaches the bottom of a bowl a hundred times as wide as deep", async () => {
  const { weights, slopes, steps } = await endOf(bowl, vector(0, 0, 0, 0), 30);
  [3, -1, 0.5, 2].forEach((value, entry) =>
    assertAlmostEquals([...weights.encoder, ...weights.decoder][entry], value, 1e-3)
  );
  assert(slopes > steps && slopes < 2 * steps);
});

Deno.test("slopeDescent() takes half a step and a whole one with the right preconditioner, and ends by itself", async () => {
  const inverse = (v: WeightVector) => vector(v.encoder[0] / 0.02, v.encoder[1] / 0.3, v.decoder[0], v.decoder[1] / 2);
  const { weights, steps } = await endOf(bowl, vector(0, 0, 0, 0), Infinity, inverse);
  assertAlmostEquals(weights.encoder[0], 3, 1e-5);
  assertLess(steps, 8);
});

Deno.test("slopeDescent() goes down a bent valley, never up", async () => {
  const banana = ({ encoder: [x], decoder: [y] }: WeightVector): Slope => ({
    objective: (1 - x) ** 2 + 20 * (y - x ** 2) ** 2,
    gradient: vector(-2 * (1 - x) - 80 * x * (y - x ** 2), 40 * (y - x ** 2)),
  });
  const heights: number[] = [];
  for await (
    const { objective, steps } of slopeDescent(
      { slope: (at) => Promise.resolve(banana(at)), precondition: same },
      vector(-1, 1),
    )
  ) {
    heights.push(objective);
    if (steps === 60) break;
  }
  assertLess(heights.at(-1)!, 1e-6);
  assertEquals(heights, heights.toSorted((a, b) => b - a));
});

Deno.test("slopeDescent() moves no entry farther than it may in a step", async () => {
  const problem = { slope: (at: WeightVector) => Promise.resolve(bowl(at)), precondition: same, longest: 0.2 };
  let before = vector(0, 0, 0, 0);
  for await (const { weights, steps } of slopeDescent(problem, before)) {
    const moves = [...weights.encoder, ...weights.decoder].map((value, entry) =>
      Math.abs(value - [...before.encoder, ...before.decoder][entry])
    );
    assertLess(Math.max(...moves), 0.2 + 1e-6);
    if (steps === 5) assertAlmostEquals(Math.max(...moves), 0.2, 1e-6);
    before = weights;
    if (steps === 5) break;
  }
});
