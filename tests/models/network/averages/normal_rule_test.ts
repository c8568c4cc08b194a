import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { normalRule } from "../../../../models/network/averages/normal_rule.ts";

const counts = [1, 3, 5, 7, 9, 13, 21, 41];

Deno.test("normalRule() has symmetric nodes, ascending, and positive weights that add up to 1", () => {
  for (const count of counts) {
    const { nodes, weights } = normalRule(count);
    assertEquals([nodes.length, weights.length], [count, count]);
    nodes.forEach((node, place) => {
      assertAlmostEquals(node, -nodes[count - 1 - place], 1e-15);
      assertAlmostEquals(weights[place], weights[count - 1 - place], 1e-15);
      assert(weights[place] > 0 && (place === 0 || node > nodes[place - 1]));
    });
    assertAlmostEquals(weights.reduce((sum, weight) => sum + weight, 0), 1, 1e-15);
  }
});

Deno.test("normalRule() has the moments of a normal variable: the second exactly, the others closer with more nodes", () => {
  const moment = (count: number, power: number) => {
    const { nodes, weights } = normalRule(count);
    return nodes.reduce((sum, node, place) => sum + weights[place] * node ** power, 0);
  };
  for (const count of counts.slice(1)) assertAlmostEquals(moment(count, 2), 1, 1e-14);
  for (const [power, expected] of [[4, 3], [6, 15]]) {
    const errors = [5, 7, 9, 13, 21].map((count) => Math.abs(moment(count, power) - expected));
    errors.slice(1).forEach((error, place) => assert(error < errors[place] / 2, `${errors}`));
    assert(errors.at(-1)! < 1e-4, `${errors}`);
  }
});

Deno.test("normalRule() refuses an even number of nodes and a step that is none", () => {
  for (const count of [0, 2, 2.5, -1, NaN]) assertThrows(() => normalRule(count), RangeError, "odd number");
  for (const step of [0, -1, NaN]) assertThrows(() => normalRule(3, step), RangeError, "positive step");
});
