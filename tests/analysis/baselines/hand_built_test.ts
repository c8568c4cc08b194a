import { assert, assertAlmostEquals, assertEquals, assertLess, assertRejects, assertStringIncludes } from "@std/assert";
import { buildByHand, type HandBuilt } from "../../../analysis/baselines/hand_built.ts";
import { handBuiltSchema } from "../../../analysis/baselines/hand_built_schema.ts";
import { handBuiltText } from "../../../analysis/baselines/hand_built_text.ts";
import { handBuiltVerdicts } from "../../../analysis/baselines/hand_built_verdicts.ts";
import { exactObjective, parseConfig, preset, UsageError } from "../../../mod.ts";

const config = parseConfig({
  name: "tiny",
  model: { features: 16, hidden: 8 },
  task: { noise: "averaged", supports: "balanced" },
  training: { steps: 20, batch: 8 },
}, "test");
const zero = { features: 16, hidden: 8, encoder: new Float32Array(128), decoder: new Float32Array(128) };

Deno.test("buildByHand() scans both constructions, refines the best, and knows what was learned", async () => {
  const built = await buildByHand(config, { weights: zero, signs: { edges: 40 } }, { draws: 2 });
  assertEquals(handBuiltSchema.parse(JSON.parse(JSON.stringify(built))), built);
  assertEquals(built.learned.value, (await exactObjective(config, zero)).objective);
  const tried = (construction: string) => [
    ...new Set(
      built.scan.filter((point) => point.construction === construction).map((point) => point.neuronsPerFeature),
    ),
  ];
  assertEquals([tried("random"), tried("hadamard")], [[2, 4, 8], [2, 4, 8]]);
  assertEquals(built.asSparse!.neuronsPerFeature, 2.5);
  for (const { construction, neuronsPerFeature, amplitude, objective, spread } of built.best) {
    const own = built.scan.filter((point) => point.construction === construction);
    const lowest = Math.min(...own.map((point) => point.objective));
    assertEquals(own.find((point) => point.objective === lowest)!.neuronsPerFeature, neuronsPerFeature);
    // Other signs of the same kind at a better scale.
    assertLess(objective, lowest + 3 * spread + 0.05);
    assert(amplitude > 0.5 && amplitude < 2.3);
    assertLess(objective, built.learned.value);
  }
  assertLess(built.theory.length, 40);
});

Deno.test("buildByHand() refuses samples and activations for which the energy of S is not known", async () => {
  const relu = preset("quick", { "model.activation": "relu", "task.noise": "sampled" });
  await assertRejects(() => buildByHand(relu, { weights: zero, signs: { edges: 0 } }), UsageError, "odd");
});

function planted(learned: number, sparse: number, random: number, hadamard: number): HandBuilt {
  const best = (construction: "random" | "hadamard", neuronsPerFeature: number, objective: number) => ({
    construction,
    neuronsPerFeature,
    amplitude: 1.5,
    objective,
    spread: 0.01,
    draws: 3,
  });
  return {
    learned: { value: learned, error: 0 },
    scan: (["random", "hadamard"] as const).flatMap((construction) =>
      [2, 4, 8].map((neuronsPerFeature) => ({ construction, neuronsPerFeature, amplitude: 1.5, objective: random }))
    ),
    best: [best("random", 8, random), best("hadamard", 4, hadamard)],
    asSparse: best("random", 3, sparse),
    theory: [{ neuronsPerFeature: 6, amplitude: 1.6, objective: 5.5 }],
  };
}

Deno.test("handBuiltVerdicts() can come out in three ways, each beside a margin and the spread over draws", () => {
  const verdicts = handBuiltVerdicts(planted(5, 6, 5.01, 4.8));
  assertEquals(verdicts.map(({ verdict }) => verdict), ["supported", "open", "not supported"]);
  assertStringIncludes(verdicts[0].against, "6.000 ± 0.010 (spread over 3 draws) from iid signs, 3 neurons a feature");
  assertEquals(handBuiltVerdicts({ ...planted(5, 6, 6, 4.8), asSparse: null }).length, 2);
});

Deno.test("handBuiltText() has a row for each network, and says where denser signs were not tried", () => {
  const text = handBuiltText(planted(5, 6, 5.5, 4.75), 16);
  assertStringIncludes(text, "| Hadamard blocks, best | 4 | 1.5 | 4.750 ± 0.010 | −5\u00a0% |");
  assertStringIncludes(text, "The scan ends at the best iid signs");
  assert(!handBuiltText(planted(5, 6, 5.5, 4.75), 8).includes("The scan ends"));
  assertAlmostEquals(Number(text.match(/mean-field theory \| 6 \| 1.6 \| ([\d.]+)/)![1]), 5.5);
});
