import { assertAlmostEquals, assertGreater } from "@std/assert";
import { signProblem } from "../../../analysis/ground_state/ground_state.ts";
import { signEnergy } from "../../../analysis/ground_state/sign_energy.ts";
import { parseConfig } from "../../../mod.ts";
import { randomStream } from "../../../models/random.ts";
import { exactObjective } from "../../../models/training/exact/exact_objective.ts";

const [features, hidden, amplitude] = [10, 4, 1.6];
const config = parseConfig({
  name: "tiny",
  model: { features, hidden },
  task: { noiseVariance: 0.02 },
  loss: { encoderRidge: 0.01 },
  training: { steps: 1 },
}, "test");
const problem = { ...signProblem(config), mehlerOrder: 6 };
const random = randomStream(3, "sign energy");
const entries = Int8Array.from(
  { length: features * hidden },
  () => random.uniform() < 0.4 ? 1 - 2 * random.integer(2) : 0,
);

/** The objective over all pairs of features, from the training's own graph. */
const objective = async (signs: Int8Array, decoder: Float32Array) => {
  const encoder = Float32Array.from(signs, (sign) => amplitude * sign);
  const options = { mehlerOrder: 6, nodes: 31, precision: "float64" } as const;
  return (await exactObjective(config, { encoder, decoder }, options)).objective;
};

Deno.test("signEnergy() is the exact objective of c·S with its decoder, and no other decoder has a lower one", async () => {
  const signs = signEnergy(problem, entries, amplitude);
  const decoder = signs.decoder();
  assertAlmostEquals(signs.energy(), await objective(entries, decoder), 1e-5);
  for (let trial = 0; trial < 3; trial++) {
    const other = decoder.map((value) => value + 0.003 * random.normal());
    assertGreater(await objective(entries, other), signs.energy() + 1e-5);
  }
});

Deno.test("signEnergy() after many changes is that of the S they lead to", () => {
  const signs = signEnergy(problem, entries, amplitude);
  for (let move = 0; move < 60; move++) {
    const changes = [0, 1].map(() => ({
      feature: random.integer(features),
      neuron: random.integer(hidden),
      sign: random.integer(3) - 1,
    }));
    signs.change(changes);
  }
  const fresh = signEnergy(problem, signs.entries, amplitude);
  assertGreater(signs.entries.filter((sign, entry) => sign !== entries[entry]).length, 10);
  assertAlmostEquals(signs.energy(), fresh.energy(), 1e-9);
  const decoder = fresh.decoder();
  signs.decoder().forEach((value, index) => assertAlmostEquals(value, decoder[index], 1e-6));
});

Deno.test("signEnergy() of a feature without neurons is λ·k/d a feature", () => {
  const silent = signEnergy(problem, new Int8Array(features * hidden), amplitude);
  assertAlmostEquals(silent.energy(), 32, 1e-9);
});
