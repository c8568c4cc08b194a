import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { signEnergy } from "../../../analysis/ground_state/sign_energy.ts";
import { searchSigns } from "../../../analysis/ground_state/sign_search.ts";
import { randomStream } from "../../../models/random.ts";

const problem = {
  features: 6,
  hidden: 12,
  noiseVariance: 0.005,
  lambdaOn: 16,
  decoderRidge: 0.05,
  encoderRidge: 0,
  activation: (z: number) => Math.tanh(z) ** 3,
  mehlerOrder: 2,
};
const start = () => {
  const random = randomStream(1, "start");
  return Int8Array.from({ length: 72 }, () => random.uniform() < 0.3 ? 1 : 0);
};
const search = (moves: number, temperatures: [number, number]) =>
  searchSigns(problem, start(), 1.5, { moves, temperatures, random: randomStream(2, "moves") });

Deno.test("searchSigns() ends among the lowest hundredth of all S, where they can be gone through", () => {
  const tiny = { ...problem, features: 4, hidden: 2 };
  const energies = Array.from({ length: 3 ** 8 }, (_, number) => {
    const entries = Int8Array.from({ length: 8 }, (_, entry) => Math.floor(number / 3 ** entry) % 3 - 1);
    return signEnergy(tiny, entries, 1.5).energy();
  }).sort((a, b) => a - b);
  const random = randomStream(2, "moves");
  const { after, before, moves } = searchSigns(tiny, Int8Array.of(1, 0, 1, 1, -1, 1, 0, 0), 1.5, {
    moves: 1500,
    temperatures: [2, 1e-3],
    random,
  });
  assertLess(after, energies[Math.floor(energies.length / 100)]);
  assertLess(energies[Math.floor(energies.length / 100)], before);
  for (const { tried, accepted } of Object.values(moves)) assert(tried > 0 && accepted <= tried);
});

Deno.test("searchSigns() ends at the energy that it says, and repeats itself", () => {
  const first = search(400, [0.05, 0.01]);
  assertAlmostEquals(signEnergy(problem, first.entries, 1.5).energy(), first.after, 1e-9);
  assertEquals(search(400, [0.05, 0.01]), first);
  assertEquals(first.trace.length, 101);
});

Deno.test("searchSigns() never goes up where it is cold", () => {
  const { trace } = search(400, [1e-12, 1e-12]);
  trace.forEach((energy, index) => assert(index === 0 || energy <= trace[index - 1] + 1e-9));
});
