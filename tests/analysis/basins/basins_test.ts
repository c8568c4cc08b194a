import { assert, assertEquals, assertGreater, assertLess, assertRejects, assertStringIncludes } from "@std/assert";
import { analyseBasins, type Basins } from "../../../analysis/basins/basins.ts";
import type { Descent } from "../../../analysis/basins/measured_descent.ts";
import { signChanges } from "../../../analysis/basins/basin_descent.ts";
import { basinsSection } from "../../../analysis/basins/basins_section.ts";
import { regularSigns } from "../../../analysis/random_graph/sign_designs.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { UsageError } from "../../../models/errors.ts";
import { randomStream } from "../../../models/random.ts";
import { signMatrix } from "../../../analysis/signs/sign_matrix.ts";

const [features, hidden] = [64, 32];
const config = parseConfig({
  name: "small",
  model: { features, hidden },
  training: { steps: 1, batch: 256, chunk: 50 },
}, "test");

/** A network whose S is better than random: a regular design with little noise on it. */
function plantedNetwork() {
  const signs = regularSigns({ features, hidden, edges: 300 }, randomStream(1));
  const { normal } = randomStream(2);
  const planted = (amplitude: number) =>
    Float32Array.from(signs.entries, (sign) => amplitude * (sign + 0.02 * normal()));
  return { signs, weights: { features, hidden, encoder: planted(1.5), decoder: planted(0.15) } };
}

Deno.test("signChanges() counts what crosses half the amplitude", () => {
  const before = Float32Array.of(0, 0.9, 1, -1, 1, 0.2);
  const after = Float32Array.of(1, 1.1, 0.4, 1.2, 1, -0.2);
  assertEquals(signChanges(before, after, 1), { created: 1, pruned: 1, flipped: 1 });
});

Deno.test("analyseBasins() finds that a planted regular S is better than random ones", async () => {
  const { signs, weights } = plantedNetwork();
  const seen: Descent[] = [];
  const options = { draws: 2, steps: 40, densities: [0.5, 2], samples: 4096 };
  const basins = await analyseBasins(weights, config, signs, {
    ...options,
    onDescent: (descent, done, total) => {
      seen.push(descent);
      assertEquals([done, total], [seen.length, 2 + 4 * 2 + 2]);
    },
  });
  assertEquals(seen.length, 12);
  assertEquals(basins.random.length, 2);
  assertEquals(basins.scan.map(({ density }) => Math.round(density * features * hidden)), [150, 300, 300, 600]);
  assertLess(basins.rounded, Math.min(...basins.random));
  for (const { kind, before, after } of seen) if (kind !== "learned") assertLess(after, before);
  const rounded = basins.ladder.find(({ kind }) => kind === "rounded")!;
  assertEquals(rounded.changedShare.value, 0);
  assertGreater(basins.recovered.encoder, 0.3);
  assertEquals(basinsSection.schema.parse(JSON.parse(JSON.stringify(basins))), basins);
});

Deno.test("analyseBasins() refuses too few draws, no signs and another loss", async () => {
  const { signs, weights } = plantedNetwork();
  await assertRejects(() => analyseBasins(weights, config, signs, { draws: 1 }), UsageError, "2 draws");
  const none = signMatrix(features, hidden, new Int8Array(features * hidden));
  await assertRejects(() => analyseBasins(weights, config, none), UsageError, "S is zero");
  const softmax = { ...config, loss: { ...config.loss, name: "softmax" } } as typeof config;
  await assertRejects(() => analyseBasins(weights, softmax, signs, { steps: 1 }), UsageError, "rebalanced");
});

/** A ladder on which iid signs end `excess` above the learned ones, relatively. */
function ladderWith(excess: number): Basins {
  const descent = (kind: Descent["kind"], after: number): Descent => ({
    kind,
    draw: 0,
    density: 0.1,
    before: 12,
    after,
    refitted: after,
    standardError: 0.01,
    signsChanged: { created: 0, pruned: 0, flipped: 0 },
  });
  const random = 10 * (1 + excess);
  const ends = { learned: 10, rounded: 10, random, rowSign: random, fixedDegree: 10, regular: 9.5 } as const;
  const kinds = Object.keys(ends) as Descent["kind"][];
  const sure = (value: number) => ({ value, error: 0.01 });
  return {
    learned: 10,
    rounded: 10,
    random: [random],
    rowSign: [random],
    fixedDegree: [10],
    regular: [9.5],
    amplitude: 1.5,
    density: 0.1,
    ladder: kinds.map((kind) => ({
      kind,
      draws: 3,
      before: sure(12),
      after: sure(ends[kind]),
      refitted: sure(ends[kind]),
      changedShare: sure(0),
    })),
    descents: kinds.map((kind) => descent(kind, ends[kind])),
    scan: [descent("random", random)],
    bestDensity: null,
    recovered: { encoder: 0.9, decoder: 0.8 },
    steps: 100,
    learningRate: 0.004,
  };
}

Deno.test("basinsSection says which claims hold", () => {
  const iid = (excess: number) =>
    basinsSection.verdicts!(ladderWith(excess), config).find(({ claim }) =>
      claim.includes("of the learned density is as")
    )!;
  assertEquals(iid(0.05).verdict, "not supported");
  assertEquals(iid(0.005).verdict, "supported");
  assertStringIncludes(iid(0.05).measured, "+5\u00a0%");
  const best = basinsSection.verdicts!(ladderWith(0), config).at(-1)!;
  assertEquals(best.verdict, "not supported");
  assertStringIncludes(best.against, "level degrees");
  const text = basinsSection.summarise(ladderWith(0.05), config);
  assertStringIncludes(text, "| c·S, iid S | 3 | 12.000 ± 0.010 | 10.500 ± 0.010 |");
  assert(text.includes("no minimum within the scan"));
});
