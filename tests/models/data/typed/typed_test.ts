import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { featureChances, typed, type TypedOptions } from "../../../../models/data/typed/typed.ts";
import { featuresByType } from "../../../../models/data/typed/feature_types.ts";
import { UsageError } from "../../../../models/errors.ts";
import { type Config, parseConfig } from "../../../../models/experiment/config.ts";
import { heldOutLoss } from "../../../../models/training/evaluation.ts";
import { train } from "../../../../models/training/trainer.ts";
import type { TrainingState } from "../../../../models/training/training_state.ts";

const model = { features: 24, hidden: 6 };

function experiment(task: Record<string, unknown>, training: Record<string, unknown> = {}): Config {
  return parseConfig({ name: "typed", model, task, training: { steps: 6, batch: 36, chunk: 3, ...training } }, "test");
}

const optionsOf = (task: Record<string, unknown>): TypedOptions => {
  const config = experiment({ name: "typed", ...task });
  if (config.task.name !== "typed") throw new TypeError("not typed");
  return config.task;
};

async function trained(config: Config): Promise<TrainingState> {
  let state: TrainingState | undefined;
  for await (const result of train(config)) state = result.state;
  return state!;
}

for (const task of [{ noise: "averaged", supports: "balanced" }, { noise: "sampled", supports: "independent" }]) {
  Deno.test(`typed is k-hot, bit for bit, where types do not differ (${task.noise}, ${task.supports})`, async () => {
    const types = [{ share: 1, noiseVariance: 0.005 }, { share: 2, frequency: { exponent: 0 } }];
    const [found, expected] = await Promise.all(
      [experiment({ name: "typed", types, ...task }), experiment(task)].map(trained),
    );
    assertEquals(found.tensors, expected.tensors);
  });
}

const mixture = [
  { share: 0.5, importance: 4, frequency: 2 },
  { share: 0.25, amplitude: 1.5, noiseVariance: 0.02, frequency: { first: 1, exponent: 0.5 } },
  { share: 0.25, importance: { first: 2, exponent: 1 } },
];

for (const noise of ["averaged", "sampled"]) {
  for (const supports of ["balanced", "independent"]) {
    Deno.test(`typed trains on a mixture, the same every time (${noise}, ${supports})`, async () => {
      const config = experiment({ name: "typed", types: mixture, noise, supports });
      const [first, second] = [await trained(config), await trained(config)];
      assertEquals(first.tensors, second.tensors);
      assert(first.tensors.encoder.data.every(Number.isFinite));
    });
  }
}

Deno.test("typed has a network that returns zero cost λ Σ importance · chance · amplitude²", async () => {
  const config = experiment({ name: "typed", types: mixture });
  const silent = new Float32Array(24);
  const { data, standardError } = await heldOutLoss(
    config,
    { features: 24, hidden: 1, encoder: silent, decoder: silent },
    { samples: 65536 },
  );
  const chances = featureChances(24, optionsOf({ types: mixture }));
  const first = 4 * chances.slice(0, 12).reduce((sum, chance) => sum + chance);
  const second = 1.5 ** 2 * chances.slice(12, 18).reduce((sum, chance) => sum + chance);
  const third = chances.slice(18).reduce((sum, chance, place) => sum + chance * 2 / (place + 1), 0);
  assertAlmostEquals(data, 16 * (first + second + third), 4 * standardError);
});

Deno.test("featuresByType() gives each type its share, and all features to some type", () => {
  assertEquals(featuresByType(10, [{ share: 0.5 }, { share: 0.25 }, { share: 0.25 }]), [5, 3, 2]);
  assertEquals(featuresByType(512, [{ share: 1 }, { share: 1 }, { share: 1 }]), [171, 170, 171]);
});

/** The sets that an experiment draws, and how often each feature is on. */
function drawn(task: Record<string, unknown>, batch = 4000) {
  const options = optionsOf(task);
  const { data } =
    typed.inputs({ features: 24, batch, supportsPerNoise: 1 }, options, { first: 0, count: 1 }, 3).support;
  const k = options.activeFeatures;
  const sets = Array.from(
    { length: batch },
    (_, b) => Array.from(data.slice(b * k, (b + 1) * k) as BigInt64Array, Number),
  );
  const chances = featureChances(24, options);
  assertAlmostEquals(chances.reduce((sum, chance) => sum + chance), k, 1e-12);
  chances.forEach((chance, feature) => {
    const found = sets.filter((set) => set.includes(feature)).length / batch;
    assertAlmostEquals(found, chance, 4.5 * Math.sqrt(chance * (1 - chance) / batch), `feature ${feature}`);
  });
  return sets;
}

const frequencies = [{ frequency: 3 }, { frequency: { first: 2, exponent: 0.5 } }];

Deno.test("typed draws the features of a block together, each as often as its frequency says", () => {
  const all = drawn({ types: frequencies, correlation: { name: "blocks", blocks: 3 } });
  assert(all.every(([a, b]) => a !== b && a % 3 === b % 3));
  const some = drawn({ types: frequencies, correlation: { name: "blocks", blocks: 3, together: 0.4 } });
  const within = some.filter(([a, b]) => a % 3 === b % 3).length / some.length;
  // Of the sets that are drawn from all features some lie in a block by chance, about 0.31 of them.
  assertAlmostEquals(within, 0.4 + 0.6 * 0.31, 0.04);
});

Deno.test("typed draws paths from a root of a tree, each as often as frequencies among siblings say", () => {
  const paths = drawn({ types: frequencies, activeFeatures: 2, correlation: { name: "tree", branches: 3 } });
  assert(paths.every(([root, child]) => root < 6 && Math.floor((child - 6) / 3) === root));
  const chains = drawn({ types: [{}], activeFeatures: 3, correlation: { name: "tree", branches: 1 } });
  assert(chains.every(([root, second, third]) => second === root + 8 && third === root + 16));
});

Deno.test("typed says what does not fit", () => {
  const refused = (task: Record<string, unknown>) => assertThrows(() => optionsOf(task), UsageError).message;
  assertEquals(
    refused({ types: [{ share: 1 }, { share: 0.001 }] }),
    "test: task.types.1.share: must be larger: the type has none of 24 features.",
  );
  assertEquals(
    refused({ types: [{ frequency: { exponent: 2 } }] }),
    "test: task.types: a feature would be on in 1.25 of the samples, at most 0.5 is possible; make frequencies more alike, " +
      "or task.activeFeatures smaller.",
  );
  assertEquals(
    refused({ types: [{}], correlation: { name: "tree", branches: 4 } }),
    "test: task.correlation: 2 levels with 4 branches take 5 features a tree, which must divide model.features = 24.",
  );
  assertEquals(
    refused({ types: [{}], supports: "balanced", correlation: { name: "blocks", blocks: 4 } }),
    "test: task.supports: correlated features are on equally often on average only; use independent.",
  );
  assertEquals(refused({ types: [] }).startsWith("test: task.types: "), true);
  assertEquals(refused({ types: [{ importance: 0 }] }).startsWith("test: task.types.0.importance: "), true);
  assertEquals(refused({ types: [{ weight: 2 }] }).startsWith("test: unknown key task.types.0.weight"), true);
});
