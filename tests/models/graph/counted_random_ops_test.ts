import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { countedNormal, countedNormalRows, keySequence } from "../../../models/graph/counted_random_ops.ts";
import { add } from "../../../models/graph/elementwise_ops.ts";
import { loop } from "../../../models/graph/loop.ts";
import { serialize } from "../../../models/graph/serialize.ts";
import { integers, scalar, type Tensor } from "../../../models/graph/tensor.ts";
import { runOnce } from "../../../models/runtime/session.ts";

const [rows, columns, draws] = [64, 128, 32];
const key = keySequence(1, "counted random test");

/** One draw after another, [draws, rows, columns]. */
async function drawn(key: bigint, count = draws, { first = 0, height = rows, width = columns } = {}) {
  const zero = { unused: scalar(0, "float32") };
  const { record } = loop(count, zero, (next, iteration: Tensor) => ({
    next,
    record: { normals: countedNormal("float32", [height, width], key, add(iteration, first)) },
  }));
  const { normals } = await runOnce(serialize({ name: "draws", inputs: {}, outputs: record }), {});
  return normals.data as Float32Array;
}

const [first, second] = await Promise.all([drawn(key()), drawn(key())]);
const count = first.length;

/** The mean over entries of f, of as many numbers. */
function meanOf(values: Float32Array, f: (value: number, index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += f(values[index], index);
  return sum / values.length;
}

/** How many standard errors a mean of products of independent normal numbers is away from 0. */
const correlation = (a: Float32Array, b: Float32Array) =>
  Math.abs(meanOf(a, (value, index) => value * b[index])) * Math.sqrt(a.length);

// A quarter of a million numbers. With five standard errors a true generator fails once in 2·10⁶ comparisons; a mean off by
// 0.014, a variance off by 2 %, a fourth moment off by 3 % or a correlation of 0.014 is found 99.9 times in 100 (8 errors).
const errors = 5;

Deno.test("countedNormal() has the moments of a normal distribution", () => {
  const moments = [0, 1, 0, 3, 0, 15];
  // The variance of xᵐ is ⟨x²ᵐ⟩ − ⟨xᵐ⟩².
  const variances = [1, 2, 15, 96, 945, 10170];
  for (const [index, moment] of moments.entries()) {
    const found = meanOf(first, (value) => value ** (index + 1));
    assertAlmostEquals(found, moment, errors * Math.sqrt(variances[index] / count), `moment ${index + 1}`);
  }
});

Deno.test("countedNormal() fills bins of equal probability evenly, to the tails", () => {
  // Edges at Φ⁻¹(1/1000), Φ⁻¹(1/100), Φ⁻¹(1/10), Φ⁻¹(1/4), Φ⁻¹(1/2).
  const edges = [[-3.0902, 0.001], [-2.3263, 0.01], [-1.2816, 0.1], [-0.6745, 0.25], [0, 0.5]];
  for (const [edge, probability] of edges) {
    const error = errors * Math.sqrt(probability * (1 - probability) / count);
    assertAlmostEquals(meanOf(first, (value) => value < edge ? 1 : 0), probability, error);
    assertAlmostEquals(meanOf(first, (value) => value > -edge ? 1 : 0), probability, error);
  }
});

Deno.test("countedNormal() is uncorrelated from draw to draw, key to key, row to row and between the numbers of a pair", () => {
  assertLess(correlation(first, second), errors, "keys");
  const size = rows * columns;
  const lags = { column: 1, row: columns, pair: size / 2, draw: size, draws: 7 * size };
  for (const [name, lag] of Object.entries(lags)) {
    const [ahead, behind] = [first.subarray(lag), first.subarray(0, count - lag)];
    assertLess(correlation(ahead, behind), errors, name);
    const energies = [ahead, behind].map((values) => values.map((value) => (value ** 2 - 1) / Math.SQRT2));
    assertLess(correlation(energies[0], energies[1]), errors, `squares, ${name}`);
  }
});

Deno.test("countedNormal() depends on key, number of the draw and place alone", async () => {
  const again = keySequence(1, "counted random test");
  assertEquals(await drawn(again(), 2, { first: 5 }), first.subarray(5 * rows * columns, 7 * rows * columns));
  assert(await drawn(keySequence(2, "counted random test")(), 1).then((other) => other[0] !== first[0]));
});

Deno.test("countedNormal() makes every number once: all of 2¹⁸ differ, and an odd row is left out", async () => {
  // Pairs of single-precision numbers: one value may come twice, a pair not.
  const half = rows * columns / 2;
  const pairs = new Set<string>();
  for (let draw = 0; draw < draws; draw++) {
    for (let place = 0; place < half; place++) {
      const index = draw * 2 * half + place;
      pairs.add(`${first[index]},${first[index + half]}`);
    }
  }
  assertEquals(pairs.size, count / 2);
  const [even, odd] = await Promise.all([4, 3].map((height) => drawn(5n ** 27n, 1, { height, width: 7 })));
  assertEquals(odd, even.subarray(0, 21));
});

Deno.test("countedNormalRows() gives a row again wherever its number comes, and uncorrelated ones elsewhere", async () => {
  const columns = 4095;
  const rows = countedNormalRows("float32", columns, key(), integers([3, 1, 4, 1, 2 ** 40]));
  const outputs = await runOnce(serialize({ name: "rows", inputs: {}, outputs: { rows } }), {});
  const [three, one, four, oneAgain, far] = Array.from(
    { length: 5 },
    (_, row) => (outputs.rows.data as Float32Array).subarray(row * columns, (row + 1) * columns),
  );
  assertEquals(one, oneAgain);
  // Five standard errors are a correlation of 0.08.
  for (const other of [three, four, far]) assertLess(correlation(one, other), errors);
  assertAlmostEquals(meanOf(far, (value) => value ** 2), 1, errors * Math.sqrt(2 / columns));
});

Deno.test("countedNormal() refuses other element types", () => {
  assertThrows(() => countedNormal("int64", [2, 2], 1n, scalar(0, "int64")), TypeError, "float32 or float64");
});
