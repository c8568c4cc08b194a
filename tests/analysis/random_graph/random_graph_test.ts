import { assertEquals, assertGreaterOrEqual, assertLess, assertLessOrEqual, assertThrows } from "@std/assert";
import { graphStatistics } from "../../../analysis/random_graph/graph_statistics.ts";
import { fixedDegreeSigns, iidSigns, rowSigns } from "../../../analysis/random_graph/null_models.ts";
import { compareWithNulls, type NullName, randomGraphTests } from "../../../analysis/random_graph/random_graph.ts";
import { type SignMatrix, signMatrix } from "../../../analysis/signs/sign_matrix.ts";
import { randomStream } from "../../../models/random.ts";
import { blockSigns, regularSigns } from "../planted.ts";

const size = { features: 128, hidden: 64, edges: 512 };
const random = randomStream(0, "planted truth");

// The first two nulls depend on the size alone, so all repeats below share their draws.
const shared = {
  iid: Array.from({ length: 200 }, () => graphStatistics(iidSigns(size, random))),
  rowSign: Array.from({ length: 200 }, () => graphStatistics(rowSigns(size, random))),
};

function compare(signs: SignMatrix) {
  const fixedDegree = Array.from({ length: 80 }, () => graphStatistics(fixedDegreeSigns(signs, random)));
  return compareWithNulls(graphStatistics(signs), { ...shared, fixedDegree });
}

/** Which nulls each planted truth should contradict. */
const truths: Record<string, { draw: () => SignMatrix; contradicts: readonly NullName[] }> = {
  "iid": { draw: () => iidSigns(size, random), contradicts: ["rowSign"] },
  "row-sign": { draw: () => rowSigns(size, random), contradicts: ["iid"] },
  "degree-regular": {
    draw: () => regularSigns(size.features, size.hidden, 4, random),
    contradicts: ["iid", "rowSign"],
  },
  "block-structured": {
    draw: () => blockSigns(size.features, size.hidden, size.edges, 10, random),
    contradicts: ["iid", "rowSign", "fixedDegree"],
  },
};

for (const [truth, { draw, contradicts }] of Object.entries(truths)) {
  Deno.test(`randomGraphTests() tells a ${truth} S: it rejects ${contradicts.join(", ")} and nothing else`, () => {
    const repeats = 25;
    const rejections: Record<NullName, number> = { iid: 0, rowSign: 0, fixedDegree: 0 };
    for (let repeat = 0; repeat < repeats; repeat++) {
      const { rejected } = compare(draw());
      for (const name of Object.keys(rejections) as NullName[]) if (rejected[name]) rejections[name]++;
    }
    for (const [name, count] of Object.entries(rejections)) {
      if (contradicts.includes(name as NullName)) assertGreaterOrEqual(count, 0.95 * repeats, name);
      else assertLessOrEqual(count, 4, name); // more than 4 of 25 at a level of 5 %: 0.7 %
    }
  });
}

Deno.test("compareWithNulls() raises false alarms at its level, single and family-wise", () => {
  const repeats = 400;
  let alarms = 0;
  let single = 0;
  let tests = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const observed = graphStatistics(iidSigns(size, random));
    const { nulls } = compareWithNulls(observed, { iid: shared.iid, rowSign: shared.iid, fixedDegree: shared.iid });
    const results = Object.values(nulls.iid);
    if (results.some((test) => test.p * results.length <= 0.05)) alarms++;
    single += results.filter((test) => test.p <= 0.05).length;
    tests += results.length;
  }
  assertLess(alarms / repeats, 0.05 + 3 * Math.sqrt(0.05 * 0.95 / repeats));
  assertLess(single / tests, 0.065);
  assertLess(0.035, single / tests);
});

Deno.test("randomGraphTests() repeats with its seed and reports every null", () => {
  const signs = iidSigns({ features: 40, hidden: 20, edges: 80 }, randomStream(4));
  const first = randomGraphTests(signs, { draws: 20, seed: 3 });
  assertEquals(randomGraphTests(signs, { draws: 20, seed: 3 }), first);
  assertEquals(Object.keys(first.nulls), ["iid", "rowSign", "fixedDegree"]);
  assertEquals(first.nulls.fixedDegree.featureDegreeVariance.p, 1);
  assertEquals(first.nulls.rowSign.frustration.z, null);
  assertEquals(first.rejected.rowSign, true);
  assertEquals(JSON.parse(JSON.stringify(first)), first);
});

Deno.test("randomGraphTests() rejects an S without nonzeros", () => {
  assertThrows(() => randomGraphTests(signMatrix(2, 2, new Int8Array(4))), RangeError, "no nonzeros");
});
