import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { graphCountsSection } from "../../../analysis/random_graph/graph_counts_section.ts";
import { isingSection } from "../../../analysis/frustration/ising_section.ts";
import type { Subject } from "../../../analysis/report/section.ts";
import { singularSpectrumSection } from "../../../analysis/random_graph/singular_spectrum_section.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { signMatrix } from "../../../analysis/signs/sign_matrix.ts";

/** Two features that share both neurons, one that has one, one that has none. */
const signs = Int8Array.of(1, 1, -1, 1, 0, 1, 0, 0);
const config = parseConfig({ name: "test", model: { features: 4, hidden: 2 }, training: { steps: 1 } }, "test");

function subject(values: Int8Array): Subject {
  const weights = { features: 4, hidden: 2, encoder: Float32Array.from(values), decoder: Float32Array.from(values) };
  const criterion = { neighbours: 1, requiredProminence: 0, rejectedProminence: 0 };
  const clusters = { centres: [], threshold: 0.5, margin: null, criterion };
  return { config, weights, device: "cpu", clusters, signs: signMatrix(4, 2, values) };
}

Deno.test("graphCountsSection puts counts beside both null models", async () => {
  const data = await graphCountsSection.analyse(subject(signs));
  assertStringIncludes(graphCountsSection.summarise(data, config), "| 2 | 2 |");
  const nothing = await graphCountsSection.analyse(subject(new Int8Array(8)));
  assertEquals(nothing, null);
  assertStringIncludes(graphCountsSection.summarise(nothing, config), "nothing to count");
});

Deno.test("singularSpectrumSection names the range of the spectrum", async () => {
  const data = await singularSpectrumSection.analyse(subject(signs));
  // SᵀS = [[2, 0], [0, 3]].
  data!.values.forEach((value, index) => assertAlmostEquals(value, Math.sqrt(2 + index), 1e-9));
  assertStringIncludes(singularSpectrumSection.summarise(data, config), "between 1.41 and 1.73");
  assertEquals(await singularSpectrumSection.analyse(subject(new Int8Array(8))), null);
});

Deno.test("isingSection finds ground states by annealing, Wannier's entropy, and that of S", async () => {
  const data = await isingSection.analyse(subject(signs));
  for (const { annealed, enumerated } of data.lattices) {
    assertAlmostEquals(annealed.energyPerSpin, enumerated.energyPerSpin, 1e-12);
  }
  assertAlmostEquals(data.entropy.extrapolated, 0.32306, 1e-3);
  assertAlmostEquals(data.signs!.density, 5 / 8);
  assertStringIncludes(isingSection.summarise(data, config), "p = 0.625");
  const { signs: none } = await isingSection.analyse(subject(new Int8Array(8)));
  assertEquals(none, null);
});
