import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../../models/errors.ts";
import { serialize } from "../../../../models/graph/serialize.ts";
import { constant } from "../../../../models/graph/tensor.ts";
import { activations } from "../../../../models/network/activations/activations.ts";
import type { Averages, NormalInput } from "../../../../models/network/averages/averages.ts";
import { averagesByNodes } from "../../../../models/network/averages/by_nodes.ts";
import { normalRule } from "../../../../models/network/averages/normal_rule.ts";
import { runOnce } from "../../../../models/runtime/session.ts";
import { averageOf, type Quantity } from "./reference.ts";

const means = Array.from({ length: 17 }, (_, place) => -4 + place / 2);
const quantities: readonly Quantity[] = ["square", 0, 1, 2];

interface Evaluated {
  readonly quantity: Quantity;
  readonly s: number;
  readonly v: number;
  readonly value: number;
}

/** Averages at every s of the grid and some v. */
async function evaluate(
  write: (input: NormalInput) => Averages,
  { nodes, variances, type, wanted = quantities }: {
    nodes: number;
    variances: readonly number[];
    type: "float32" | "float64";
    wanted?: readonly Quantity[];
  },
): Promise<Evaluated[]> {
  const tensor = (values: readonly number[], shape: readonly number[]) =>
    constant(type === "float64" ? Float64Array.from(values) : Float32Array.from(values), shape);
  const grid = means.flatMap((s) => variances.map((v) => ({ s, v })));
  const averages = write({
    mean: tensor(grid.map(({ s }) => s), [means.length, variances.length]),
    variance: tensor(variances, [variances.length]),
    rule: normalRule(nodes),
  });
  const outputs = Object.fromEntries(wanted.map((quantity) => {
    if (quantity === "square") return ["square", averages.square];
    return [`derivative${quantity}`, quantity === 0 ? averages.mean : averages.derivative(quantity)];
  }));
  const results = Object.values(
    await runOnce(serialize({ name: "averages", inputs: {}, outputs }), {}, { threads: 1 }),
  );
  return wanted.flatMap((quantity, place) => {
    assertEquals(results[place].shape, [means.length, variances.length]);
    return grid.map(({ s, v }, point) => ({ quantity, s, v, value: Number(results[place].data[point]) }));
  });
}

/** The largest error against the reference, for those that a condition picks. */
function largestError(activation: string, found: readonly Evaluated[]): number {
  assert(found.length > 0);
  return Math.max(...found.map(({ quantity, s, v, value }) => Math.abs(value - averageOf(activation, quantity, s, v))));
}

/** The averages that an experiment with the activation uses. */
const ownAverages = (name: string) => (input: NormalInput) => {
  const activation = activations.get(name);
  return activation.averages?.(input) ?? averagesByNodes(activation, input);
};

/**
 * Errors as measured, by the number of nodes: the largest over s, over φ, φ², φ′ and φ″, and over v up to 0.2 (trained
 * networks have up to 0.25), at 0.36 and at 1.
 */
const errorsByNodes: Readonly<Record<string, Readonly<Record<number, readonly [number, number, number]>>>> = {
  tanh: {
    5: [2.8e-3, 3.4e-3, 4.1e-2],
    7: [6.9e-4, 1.0e-3, 1.1e-2],
    9: [1.5e-4, 2.4e-4, 1.3e-3],
    13: [6.5e-6, 9.6e-6, 5.6e-4],
    21: [1.0e-8, 6.8e-9, 3.8e-5],
    41: [2e-14, 2.1e-13, 5.6e-8],
  },
  "tanh-cubed": {
    5: [1.4e-2, 1.3e-2, 3.4e-1],
    7: [3.0e-3, 9.6e-3, 1.0e-1],
    9: [5.3e-4, 2.7e-3, 1.8e-2],
    13: [1.7e-5, 1.0e-4, 1.7e-2],
    21: [2.5e-8, 8.9e-7, 1.8e-3],
    41: [2e-14, 5.1e-11, 5.8e-6],
  },
};

for (const [name, byNodes] of Object.entries(errorsByNodes)) {
  for (const [nodes, bounds] of Object.entries(byNodes)) {
    Deno.test(`the averages of ${name} by ${nodes} nodes are as close to brute force as stated`, async () => {
      const variances = [0, 1e-4, 0.05, 0.2, 0.36, 1];
      const found = await evaluate(ownAverages(name), { nodes: Number(nodes), variances, type: "float64" });
      const groups = [
        found.filter(({ v }) => v <= 0.2),
        found.filter(({ v }) => v === 0.36),
        found.filter(({ v }) => v === 1),
      ];
      groups.forEach((group, place) => {
        const error = largestError(name, group);
        // The bounds are rounded to two digits.
        assert(error <= 1.05 * bounds[place], `${error} instead of ${bounds[place]}`);
      });
      const still = found.filter(({ v }) => v === 0);
      assert(largestError(name, still) < 2e-14, "without noise there is nothing to average over");
    });
  }
}

/** The error of float32, for a value of about this size. */
const rounding = (value: number) => 6e-7 * Math.max(1, Math.abs(value));

function assertExact(name: string, found: readonly Evaluated[]): void {
  for (const { quantity, s, v, value } of found) {
    const expected = averageOf(name, quantity, s, v);
    assertAlmostEquals(value, expected, rounding(expected), `${quantity} of ${name} at s = ${s}, v = ${v}`);
  }
}

Deno.test("the averages of relu are exact to the rounding of float32", async () => {
  const variances = [1e-4, 0.05, 0.2, 0.36, 1];
  assertExact("relu", await evaluate(ownAverages("relu"), { nodes: 3, variances, type: "float32" }));
  // Without noise, away from the kink, the average is the value.
  for (
    const { quantity, s, value } of await evaluate(ownAverages("relu"), { nodes: 3, variances: [0], type: "float32" })
  ) {
    if (s === 0) continue;
    const expected = { square: Math.max(s, 0) ** 2, 0: Math.max(s, 0), 1: s > 0 ? 1 : 0, 2: 0, 3: 0, 4: 0 }[quantity];
    assertAlmostEquals(value, expected, rounding(expected), `${quantity} at s = ${s}`);
  }
});

Deno.test("the averages of gelu are exact to the rounding of float32, its square as close as the nodes bring it", async () => {
  const variances = [0, 1e-4, 0.05, 0.2, 0.36, 1];
  // By number of nodes: the largest error of the square for v up to 0.36, and at v = 1, as measured.
  const errors = {
    5: [1.6e-3, 5.3e-3],
    7: [4.1e-4, 1.2e-3],
    9: [9.6e-5, 2.4e-4],
    13: [5e-6, 1.1e-5],
    21: [2.5e-6, 2.5e-6],
  };
  for (const [nodes, bounds] of Object.entries(errors)) {
    const found = await evaluate(ownAverages("gelu"), { nodes: Number(nodes), variances, type: "float32" });
    assertExact("gelu", found.filter(({ quantity }) => quantity !== "square"));
    const squares = found.filter(({ quantity }) => quantity === "square");
    [squares.filter(({ v }) => v < 1), squares.filter(({ v }) => v === 1)].forEach((group, place) => {
      const error = largestError("gelu", group);
      assert(error <= 1.05 * bounds[place], `${nodes} nodes: ${error} instead of ${bounds[place]}`);
    });
  }
});

for (const name of activations.names()) {
  Deno.test(`the third and fourth derivatives that Mehler's expansion may ask for are right for ${name}`, async () => {
    const type = name.startsWith("tanh") ? "float64" : "float32";
    const variances = [0.1, 0.2];
    const found = await evaluate(ownAverages(name), { nodes: 41, variances, type, wanted: [3, 4] });
    for (const { quantity, s, v, value } of found) {
      const tolerance = type === "float64" ? 1e-11 : 2e-6 * v ** -1.5;
      assertAlmostEquals(value, averageOf(name, quantity, s, v), tolerance, `${quantity} at s = ${s}, v = ${v}`);
    }
  });
}

Deno.test("averagesByNodes() agrees with what the activations do by themselves", async () => {
  for (const name of ["tanh", "tanh-cubed"]) {
    const options = { nodes: 9, variances: [0, 0.2, 1], type: "float64", wanted: ["square", 0, 1, 2, 3, 4] } as const;
    const own = await evaluate(ownAverages(name), options);
    const byNodes = await evaluate((input) => averagesByNodes(activations.get(name), input), options);
    byNodes.forEach(({ value, quantity }, place) =>
      assertAlmostEquals(value, own[place].value, 1e-12, `${quantity} of ${name}`)
    );
  }
});

Deno.test("averagesByNodes() refuses an activation with a kink", () => {
  const input = {
    mean: constant(new Float32Array(2), [2, 1]),
    variance: constant(Float32Array.of(1), [1]),
    rule: normalRule(3),
  };
  assertThrows(() => averagesByNodes(activations.get("relu"), input), UsageError, "kink");
});
