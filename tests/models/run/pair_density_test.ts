import { assertEquals } from "@std/assert";
import { pairDensity } from "../../../models/run/pair_density.ts";
import { randomStream } from "../../../models/random.ts";

Deno.test("pairDensity() counts every pair once, in the cell where it lies, those on the edges too", () => {
  const { normal } = randomStream(1, "pairs");
  const encoder = Float32Array.from({ length: 5000 }, normal);
  const decoder = Float32Array.from({ length: 5000 }, () => 0.1 * normal());
  const { range, counts } = pairDensity(encoder, decoder, 16);
  assertEquals([...range], [Math.min(...encoder), Math.max(...encoder), Math.min(...decoder), Math.max(...decoder)]);
  const cell = (value: number, low: number, high: number) =>
    Math.min(15, Math.floor((value - low) * (16 / (high - low))));
  const expected = new Uint32Array(16 * 16);
  encoder.forEach((weight, pair) =>
    expected[16 * cell(decoder[pair], range[2], range[3]) + cell(weight, range[0], range[1])]++
  );
  assertEquals(counts, expected);
  assertEquals(counts.reduce((sum, count) => sum + count, 0), 5000);
});

Deno.test("pairDensity() puts equal weights into one cell", () => {
  assertEquals([...pairDensity(new Float32Array(5).fill(3), new Float32Array(5), 2).counts], [5, 0, 0, 0]);
});
