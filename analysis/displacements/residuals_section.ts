/** The shapes of the displacements within the clusters and their types, without any prediction. */
import { type ResidualsData, residualShapes } from "./residuals.ts";
import { shapeTable } from "./shape_table.ts";
import { residualsSchema } from "./displacements_schema.ts";
import type { Section } from "../report/section.ts";

/** Displacements from the class centres by cluster, and in the corners by degree of the feature. */
export const residualsSection: Section<ResidualsData> = {
  title: "Displacements within the clusters",
  schema: residualsSchema,
  analyse: ({ weights, signs }) => residualShapes(weights, signs),
  summarise(data) {
    if (data === null) return "Nothing has frozen: there are no clusters to be displaced in.";
    return [
      "Displacements from the class centres, corners folded by their sign; errors from the jackknife over features. KS " +
      "distance ± 95 % band, and p of the KS and Anderson–Darling tests, as if the weights were independent.",
      shapeTable(Object.entries(data)),
    ].join("\n\n");
  },
};
