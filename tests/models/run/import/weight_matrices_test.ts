import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../../models/errors.ts";
import type { StateTensor } from "../../../../models/run/import/state_dict.ts";
import { findMatrices, sizesOf, weightsFrom } from "../../../../models/run/import/weight_matrices.ts";

/** d = 3, h = 2; E[j, i] = 10 j + i and D[i, j] = −E[j, i]. */
const [features, hidden] = [3, 2];
const neuronMajor = { shape: [hidden, features], values: Float32Array.of(0, 1, 2, 10, 11, 12) };
const featureMajor = { shape: [features, hidden], values: Float32Array.of(0, 10, 1, 11, 2, 12) };
const negative = ({ shape, values }: typeof neuronMajor) => ({ shape, values: values.map((value) => 0 - value) });
const [encoder, decoder] = [neuronMajor, negative(featureMajor)];
const expected = { features, hidden, encoder: featureMajor.values, decoder: decoder.values };

function found(tensors: Record<string, StateTensor>, names = {}) {
  return findMatrices(new Map(Object.entries(tensors)), "file", names);
}

Deno.test("findMatrices() knows usual names and takes others", () => {
  for (const [first, second] of [["fc1.weight", "fc2.weight"], ["0.weight", "2.weight"], ["W_enc", "W_dec"]]) {
    const matrices = found({ [second]: decoder, [first]: encoder });
    assertEquals([matrices.encoder.name, matrices.decoder.name], [first, second]);
    assertEquals(weightsFrom(matrices, sizesOf(matrices), "file"), expected);
  }
  const own = found({ a: decoder, b: encoder, c: encoder }, { encoder: "b", decoder: "a" });
  assertEquals(weightsFrom(own, { features, hidden }, "file"), expected);
  const half = found({ "fc1.weight": encoder, out: decoder }, { encoder: undefined, decoder: "out" });
  assertEquals([half.encoder.name, half.decoder.name], ["fc1.weight", "out"]);
});

Deno.test("weightsFrom() takes each matrix as its shape lies", () => {
  const sizes = { features, hidden };
  for (const first of [encoder, featureMajor]) {
    for (const second of [decoder, negative(neuronMajor)]) {
      const matrices = found({ encoder: first, decoder: second });
      assertEquals(weightsFrom(matrices, sizes, "file"), expected);
    }
  }
  const swapped = found({ encoder: featureMajor, decoder: negative(neuronMajor) });
  assertEquals(sizesOf(swapped, true), sizes);
  assertEquals(sizesOf(swapped), { features: hidden, hidden: features });
  assertThrows(
    () => weightsFrom(swapped, { features: 4, hidden }, "file"),
    UsageError,
    "file: encoder [3,2] and decoder [2,3] are not the two matrices of a network with 4 features and 2 neurons.",
  );
});

Deno.test("weightsFrom() takes square matrices as PyTorch has them, unless it is told", () => {
  const square = { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) };
  const matrices = found({ encoder: square, decoder: square });
  const size = { features: 2, hidden: 2 };
  const turned = Float32Array.of(1, 3, 2, 4);
  assertEquals(weightsFrom(matrices, size, "file"), { ...size, encoder: turned, decoder: square.values });
  assertEquals(weightsFrom(matrices, size, "file", true), { ...size, encoder: square.values, decoder: turned });
});

Deno.test("findMatrices() refuses biases by name, unless all are zero", () => {
  const layers = { "fc1.weight": encoder, "fc2.weight": decoder };
  const zero = { shape: [hidden], values: new Float32Array(hidden) };
  const bias = { shape: [hidden], values: Float32Array.of(0, 1e-20) };
  const sentence = "file has biases, fc1.bias [2], and a denoiser has none";
  assertEquals(found({ ...layers, "fc1.bias": zero }).encoder.name, "fc1.weight");
  assertThrows(() => found({ ...layers, "fc1.bias": bias, "fc2.bias": zero }), UsageError, sentence);
  // Two layers picked out of a larger network: only their own biases count.
  const names = { encoder: "fc1.weight", decoder: "fc2.weight" };
  assertThrows(() => found({ ...layers, "fc1.bias": bias, "fc3.bias": bias }, names), UsageError, sentence);
  assertEquals(found({ ...layers, "fc3.weight": encoder, "fc3.bias": bias }, names).decoder.name, "fc2.weight");
});

Deno.test("findMatrices() says what else is in the file, and what is no matrix of numbers", () => {
  const layers = { "fc1.weight": encoder, "fc2.weight": decoder };
  const cases: [Record<string, StateTensor>, string][] = [
    [{ a: encoder, b: decoder }, "file holds a [2,3], b [3,2], and no names say"],
    [{}, "file holds nothing"],
    [{ ...layers, "fc3.weight": encoder }, "also holds fc3.weight [2,3]"],
    [{ ...layers, "fc1.weight": { shape: [2, 3, 1], values: encoder.values } }, "fc1.weight is [2,3,1], and"],
    [{ ...layers, "fc2.weight": { shape: [3, 2], values: undefined } }, "fc2.weight holds no floating-point numbers"],
    [{ ...layers, "fc2.weight": { shape: [1, 2], values: Float32Array.of(1, NaN) } }, "fc2.weight holds numbers that"],
  ];
  for (const [tensors, sentence] of cases) assertThrows(() => found(tensors), UsageError, sentence);
  assertThrows(() => found(layers, { encoder: "fc9.weight" }), UsageError, "no names say");
  assertThrows(() => found(layers, { encoder: "fc9.weight", decoder: "fc2.weight" }), UsageError, "no fc9.weight");
});
