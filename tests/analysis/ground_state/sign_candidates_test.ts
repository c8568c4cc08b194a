import { assertEquals } from "@std/assert";
import { hadamardSigns } from "../../../analysis/ground_state/hadamard_signs.ts";
import { signCandidates } from "../../../analysis/ground_state/sign_candidates.ts";
import { randomStream } from "../../../models/random.ts";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";

Deno.test("signCandidates() have as many nonzeros as the learned S, the designs the degree that is nearest to its own", () => {
  const learned = hadamardSigns(32, 32, 8, randomStream(1, "learned"));
  assertEquals([...signCandidates(learned, 0)].map(([kind, { edges }]) => [kind, edges]), [
    ["learned", 256],
    ["random", 256],
    ["regular", 256],
    // Eight groups would be of four neurons each, fewer than groups; four groups of eight.
    ["transversal", 128],
    ["hadamard", 256],
  ]);
});

Deno.test("signCandidates() leave a design out where there is none", () => {
  const learned = iidSigns({ features: 30, hidden: 9, edges: 60 }, randomStream(1, "nine"));
  assertEquals([...signCandidates(learned, 0).keys()], ["learned", "random", "regular"]);
});
