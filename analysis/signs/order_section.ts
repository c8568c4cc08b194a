/** The numbers that tell phases apart. */
import { z } from "zod";
import { markdownTable } from "../report/markdown.ts";
import { percent, significant } from "../report/number_text.ts";
import { measured } from "../report/analysis_schema.ts";
import type { Section } from "../report/section.ts";
import { type OrderParameters, orderParameters } from "./order_parameters.ts";

const schema = z.strictObject({
  spreadWithinValues: measured,
  unfrozenShare: measured,
  featureDegreeEntropy: measured,
  neuronDegreeEntropy: measured,
  fourCyclesPerFeature: measured,
  frustratedShare: measured,
  overlapsPerWeight: measured,
  overlapKurtosis: measured,
}).nullable();

/** Order parameters; null where nothing has frozen. */
export const orderSection: Section<OrderParameters | null> = {
  title: "Order parameters",
  schema,
  analyse: ({ weights, signs }) => orderParameters(weights, signs),
  summarise(data) {
    if (data === null) return "Nothing has frozen: S has no nonzeros.";
    return markdownTable(["order parameter", "value"], [
      ["spread of E within its values, in units of c", significant(data.spreadWithinValues)],
      ["unfrozen weights, |E| between c/4 and 3c/4", percent(data.unfrozenShare)],
      ["entropy of the degrees of features", `${significant(data.featureDegreeEntropy)} nats`],
      ["entropy of the degrees of neurons", `${significant(data.neuronDegreeEntropy)} nats`],
      ["4-cycles a feature", significant(data.fourCyclesPerFeature)],
      ["frustrated 4-cycles (independent signs: half)", percent(data.frustratedShare)],
      ["overlaps a weight", significant(data.overlapsPerWeight)],
      ["excess kurtosis of the sums over overlaps, S Sᵀ S", significant(data.overlapKurtosis)],
    ]);
  },
};
