import { assertEquals } from "@std/assert";
import { sizeSeries } from "../../../figures/transforms/size_series.ts";
import { parseConfig } from "../../../models/experiment/config.ts";

const run = (name: string, features: number, hidden: number, others: Record<string, unknown> = {}) => ({
  config: parseConfig({ name, model: { features, hidden }, training: { steps: 1 }, ...others }, "test"),
});

Deno.test("sizeSeries() groups runs that differ in size alone", () => {
  const runs = [
    run("large", 96, 32, { loss: { decoderRidge: 0.01 } }),
    run("small", 24, 8, { loss: { decoderRidge: 0.04 } }),
    run("longer", 24, 8, { loss: { decoderRidge: 0.04 }, training: { steps: 2 } }),
    run("other-ridge", 192, 64, { loss: { decoderRidge: 0.01 } }),
    run("other-task", 48, 16, { task: { activeFeatures: 3 } }),
    run("other-ratio", 48, 24),
  ];
  const names = sizeSeries(runs).map((group) => group.map(({ config }) => config.name));
  assertEquals(names, [["longer", "large"]]);
});
