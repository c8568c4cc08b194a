import { assertEquals } from "@std/assert";
import { input, scatterAdd, serialize } from "../../../models/graph/mod.ts";
import { openSession } from "../../../models/runtime/session.ts";

Deno.test("scatterAdd() loses no addition where indices occur many times, run after run", async () => {
  const [rows, width, updates] = [4, 256, 16384];
  const target = input("target", "float32", [rows, width]);
  const indices = input("indices", "int64", [updates]);
  const ones = input("ones", "float32", [updates, width]);
  const sums = scatterAdd(target, indices, ones);
  const session = await openSession(serialize({ name: "test", inputs: { target, indices, ones }, outputs: { sums } }));
  const feeds = {
    target: { data: new Float32Array(rows * width), shape: [rows, width] },
    indices: { data: BigInt64Array.from({ length: updates }, (_, place) => BigInt(place % rows)), shape: [updates] },
    ones: { data: new Float32Array(updates * width).fill(1), shape: [updates, width] },
  };
  for (let repeat = 0; repeat < 5; repeat++) {
    const { sums } = await session.run(feeds);
    assertEquals(new Set(sums.data as Float32Array), new Set([updates / rows]));
  }
  await session.release();
});
