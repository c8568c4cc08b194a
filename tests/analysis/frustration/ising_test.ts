import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  annealSpins,
  groundStates,
  isFrustrated,
  type IsingModel,
  latticeBonds,
} from "../../../analysis/frustration/ising.ts";

const models: readonly IsingModel[] = ["ferromagnet", "antiferromagnet", "triangularAntiferromagnet"];

Deno.test("latticeBonds() gives each site its four or six neighbours, each bond once", () => {
  for (const [model, neighbours] of [["ferromagnet", 4], ["triangularAntiferromagnet", 6]] as const) {
    const bonds = latticeBonds(model, 5);
    const pairs = new Set<string>();
    const degree = new Uint8Array(25);
    for (let end = 0; end < bonds.length; end += 2) {
      pairs.add([bonds[end], bonds[end + 1]].sort((a, b) => a - b).join());
      degree[bonds[end]]++;
      degree[bonds[end + 1]]++;
    }
    assertEquals(pairs.size, bonds.length / 2);
    assertEquals(new Set(degree), new Set([neighbours]));
  }
  assertThrows(() => latticeBonds("ferromagnet", 2), RangeError, "at least 3");
});

Deno.test("groundStates() finds two states without frustration and many with it", () => {
  assertEquals(groundStates("ferromagnet", 4), { size: 4, energyPerSpin: -2, count: 2 });
  assertEquals(groundStates("antiferromagnet", 4), { size: 4, energyPerSpin: -2, count: 2 });
  assertEquals(groundStates("triangularAntiferromagnet", 3), { size: 3, energyPerSpin: -1, count: 42 });
  assertThrows(() => groundStates("ferromagnet", 5), RangeError, "size 4");
});

Deno.test("annealSpins() reaches the least energy: -2, -2 and -1 a spin", () => {
  for (const [model, energy] of [[models[0], -2], [models[1], -2], [models[2], -1]] as const) {
    const { spins, energyPerSpin } = annealSpins(model, 12, 1);
    assertAlmostEquals(energyPerSpin, energy, 1e-12, model);
    const bonds = latticeBonds(model, 12);
    let frustrated = 0;
    for (let end = 0; end < bonds.length; end += 2) {
      if (isFrustrated(model, spins[bonds[end]], spins[bonds[end + 1]])) frustrated++;
    }
    // On the triangular lattice a third of the bonds gives way: one in each triangle.
    assertEquals(frustrated, model === "triangularAntiferromagnet" ? 144 : 0);
  }
});

Deno.test("annealSpins() repeats itself for a seed and differs for another", () => {
  const first = annealSpins("triangularAntiferromagnet", 6, 1).spins;
  assertEquals(annealSpins("triangularAntiferromagnet", 6, 1).spins, first);
  assertEquals(
    [2, 3, 4].some((seed) => annealSpins("triangularAntiferromagnet", 6, seed).spins.join() !== first.join()),
    true,
  );
});
