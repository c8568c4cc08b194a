/** Networks built by hand in words and a table. */
import * as d3 from "d3-array";
import { markdownTable } from "../report/markdown.ts";
import { percent, significant, withError } from "../report/number_text.ts";
import type { BestHandBuilt, Construction, HandBuilt } from "./hand_built.ts";

/** What the constructions are called. */
export const constructionNames: Readonly<Record<Construction, string>> = {
  random: "iid signs",
  hadamard: "Hadamard blocks",
};

/**
 * What was built.
 *
 * @param hidden h: signs cannot be denser than on all neurons
 */
export function handBuiltText({ learned, scan, best, asSparse, theory }: HandBuilt, hidden: number): string {
  const row = ({ neuronsPerFeature, amplitude, objective, spread }: BestHandBuilt) => [
    significant(neuronsPerFeature),
    significant(amplitude),
    withError(objective, spread),
    percent(objective / learned.value - 1),
  ];
  const expected = d3.least(theory, ({ objective }) => objective);
  return [
    "Networks that nobody trained: signs drawn at random, the encoder c·S, and the decoder that is best for it. Their objectives are exact. " +
    `The signs of the scan were drawn once for each density; the best setting was drawn anew (spread over draws).`,
    markdownTable(["network", "neurons a feature", "c", "objective", "above the learned"], [
      ["learned", "", "", withError(learned.value, learned.error), ""],
      ...best.map((built) => [`${constructionNames[built.construction]}, best`, ...row(built)]),
      ...(asSparse === null ? [] : [["iid signs, as sparse as the learned S", ...row(asSparse)]]),
      ...(expected === undefined ? [] : [[
        "iid signs, lowest of the mean-field theory",
        significant(expected.neuronsPerFeature),
        significant(expected.amplitude),
        significant(expected.objective, 4),
        percent(expected.objective / learned.value - 1),
      ]]),
    ]),
    ...best.filter(({ construction, neuronsPerFeature }) =>
      neuronsPerFeature < hidden &&
      scan.every((point) => point.construction !== construction || point.neuronsPerFeature <= neuronsPerFeature)
    ).map(({ construction }) =>
      `The scan ends at the best ${constructionNames[construction]}: denser ones may be better.`
    ),
  ].join("\n\n");
}
