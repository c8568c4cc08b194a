/** The singular values of S, whole. */
import { significant } from "../report/numbers.ts";
import { singularSpectrumSchema } from "./graph_schema.ts";
import type { Section } from "../report/section.ts";
import { type SingularSpectrum, singularSpectrum } from "./singular_spectrum.ts";

/** Key `singularSpectrum` of `analysis.json`; null where nothing has frozen. */
export const singularSpectrumSection: Section<SingularSpectrum | null> = {
  title: "Singular values",
  schema: singularSpectrumSchema,
  analyse: ({ signs }) => signs.edges > 0 ? singularSpectrum(signs) : null,
  summarise(data) {
    if (data === null) return "S has no nonzeros: it has no spectrum.";
    const { values, law } = data;
    const edge = law[law.length - 1].value;
    const beyond = values.filter((value) => value > edge).length;
    return `The ${values.length} singular values of S lie between ${significant(values[0])} and ` +
      `${significant(values[values.length - 1])}; ${beyond} of them beyond ${significant(edge)}, where Marchenko and ` +
      "Pastur's law for independent entries ends (which sparse random matrices overstep a little too; the random-graph " +
      "section tests the largest one against draws).";
  },
};
