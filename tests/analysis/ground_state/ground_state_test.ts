import { assertAlmostEquals, assertEquals, assertLess, assertRejects, assertStringIncludes } from "@std/assert";
import {
  analyseGroundState,
  type GroundState,
  type SignCandidate,
} from "../../../analysis/ground_state/ground_state.ts";
import { groundStateSchema } from "../../../analysis/ground_state/ground_state_schema.ts";
import { groundStateText } from "../../../analysis/ground_state/ground_state_text.ts";
import { groundStateVerdicts } from "../../../analysis/ground_state/ground_state_verdicts.ts";
import { hadamardSigns } from "../../../analysis/ground_state/hadamard_signs.ts";
import { parseConfig, UsageError } from "../../../mod.ts";
import { randomStream } from "../../../models/random.ts";
import { signMatrix } from "../../../analysis/signs/sign_matrix.ts";

const config = parseConfig({
  name: "tiny",
  model: { features: 16, hidden: 8 },
  task: { noise: "averaged", supports: "balanced" },
  training: { steps: 20, batch: 8 },
}, "test");
const signs = hadamardSigns(16, 8, 4, randomStream(0, "learned"));
const learned = {
  encoder: Float32Array.from(signs.entries, (sign) => 1.6 * sign),
  decoder: Float32Array.from(signs.entries, (sign) => 0.15 * sign),
  signs,
  amplitude: 1.6,
};

Deno.test("analyseGroundState() measures every S as it is and after its search, in the form of its schema", async () => {
  const found = await analyseGroundState(config, learned, { moves: 60, steps: 10 });
  assertEquals(found.candidates.map(({ kind, searched }) => `${kind}${searched ? "+" : ""}`), [
    "learned",
    "learned+",
    "random",
    "random+",
    "regular",
    "regular+",
    "transversal",
    "hadamard",
  ]);
  const parsed = groundStateSchema.parse(JSON.parse(JSON.stringify(found)));
  assertEquals(parsed, found);
  const [given] = found.candidates;
  assertLess(Math.abs(given.relaxed.value - given.energy), 1, "a short descent from the optimal decoder");
  found.searches.forEach(({ kind, before, amplitude }) => {
    const start = found.candidates.find((candidate) => candidate.kind === kind && !candidate.searched)!;
    assertAlmostEquals(before, start.energy, 1e-9);
    assertEquals(amplitude, start.amplitude);
  });
});

Deno.test("analyseGroundState() refuses an S without nonzeros and samples with other than two features on", async () => {
  const empty = { ...learned, signs: signMatrix(16, 8, new Int8Array(128)) };
  await assertRejects(() => analyseGroundState(config, empty), UsageError, "S is zero");
  const three = { ...config, task: { ...config.task, activeFeatures: 3 } };
  await assertRejects(() => analyseGroundState(three, learned), UsageError, "known for 2, not for 3");
});

function planted(learned: number, relaxed: Record<string, number>): GroundState {
  const candidates = Object.entries(relaxed).map(([name, value]): SignCandidate => ({
    kind: name.replace("+", "") as SignCandidate["kind"],
    searched: name.endsWith("+"),
    amplitude: 1.6,
    energy: value + 0.2,
    relaxed: { value, error: 0.001 },
    changedShare: 0,
    neuronsPerFeature: 8,
    statistics: {
      featureDegreeVariance: 0,
      neuronDegreeVariance: 0,
      featurePairsSharingTwo: 0,
      neuronPairsSharingTwo: 0,
      fourCycles: 0,
      frustration: 0,
      assortativity: 0,
      neuronSignCorrelation: 0,
      signedSingularValue: 0,
      supportSingularValue: 0,
      overlapVariance: 0,
    },
  }));
  return {
    learned: { value: learned, error: 0 },
    candidates,
    searches: [],
    temperatures: [1, 0.1],
    steps: 400,
    exact: true,
  };
}

Deno.test("groundStateVerdicts() can come out either way", () => {
  const verdicts = (learned: number, relaxed: Record<string, number>) =>
    groundStateVerdicts(planted(learned, relaxed)).map(({ verdict }) => verdict);
  assertEquals(verdicts(7, { learned: 7, "random+": 7.05, hadamard: 7.2 }), ["open", "supported"]);
  assertEquals(verdicts(7.2, { learned: 7.2, "random+": 7.4, hadamard: 6.8 }), ["not supported", "not supported"]);
});

Deno.test("groundStateText() names every S with its energy", () => {
  const text = groundStateText(planted(7.2, { learned: 7.21, "random+": 7.4, hadamard: 6.8 }));
  assertStringIncludes(text, "| Hadamard blocks | 8 | 1.6 | 7 |");
  assertStringIncludes(text, "| iid S, searched |");
});
