import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { scaled, type WeightVector } from "../../../analysis/derivatives/weight_vector.ts";
import { descendTo, type DescentTask } from "../../../analysis/landscape/minima.ts";
import { waypointsInMemory } from "../../../analysis/landscape/waypoints.ts";

/** ½|w − (2, −1)|² with a curvature of 3 in the decoder. */
const slope = ({ encoder: [x], decoder: [y] }: WeightVector) =>
  Promise.resolve({
    objective: (x - 2) ** 2 / 2 + 3 * (y + 1) ** 2 / 2,
    gradient: { encoder: Float32Array.of(x - 2), decoder: Float32Array.of(3 * (y + 1)) },
  });

const from = { encoder: Float32Array.of(0), decoder: Float32Array.of(0) };
const metric = { apply: (v: WeightVector) => v, solve: (v: WeightVector) => scaled(0.2, v) };

function task(changes: Partial<DescentTask>): DescentTask {
  return {
    start: "learned",
    from,
    slopeNear: () => slope,
    longest: Infinity,
    metric,
    fieldNorm: { encoder: 2, decoder: 3 },
    forceLeft: 1e-4,
    mostSteps: 100,
    waypoints: waypointsInMemory(),
    onStep: () => {},
    ...changes,
  };
}

Deno.test("descendTo() ends where the force is small enough, in units of the field's", async () => {
  const forces: number[] = [];
  const { before, end } = await descendTo(task({ onStep: (_, force) => void forces.push(force) }));
  assertEquals([before, forces[0]], [3.5, 1]);
  assertLess(forces.at(-1)!, 1e-4);
  // The point where the rough function has done its work is looked at once more.
  assert(forces.slice(0, -2).every((force) => force > 0.8e-4));
  assertAlmostEquals(end.weights.encoder[0], 2, 1e-3);
  assertAlmostEquals(end.weights.decoder[0], -1, 1e-3);
});

Deno.test("descendTo() goes on from where it was interrupted and counts on", async () => {
  const waypoints = waypointsInMemory();
  const cut = await descendTo(task({ waypoints, mostSteps: 2 }));
  assertEquals(cut.end.steps, 2);
  const heights: number[] = [];
  const counted = async (at: WeightVector) => {
    const there = await slope(at);
    heights.push(there.objective);
    return there;
  };
  const { before, end } = await descendTo(task({ waypoints, slopeNear: () => counted }));
  assertEquals([before, heights[0]], [3.5, cut.end.objective]);
  // The force that is reported is asked for beside the descent.
  assertEquals(end.slopes, cut.end.slopes - 1 + heights.length);
  assertLess(end.objective, 1e-6);
});

Deno.test("descendTo() leaves an end where it is that was reached before", async () => {
  const waypoints = waypointsInMemory();
  const { end } = await descendTo(task({ waypoints }));
  const again = await descendTo(task({ waypoints }));
  assertEquals(again.end.weights, end.weights);
  assertEquals(again.end.steps, end.steps);
});
