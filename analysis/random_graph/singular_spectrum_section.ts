/** The singular values of S, whole. */
import { singularSpectrumSchema } from "./graph_schema.ts";
import { singularSpectrumText } from "./graph_text.ts";
import type { Section } from "../report/section.ts";
import { type SingularSpectrum, singularSpectrum } from "./singular_spectrum.ts";

/** Key `singularSpectrum` of `analysis.json`; null where nothing has frozen. */
export const singularSpectrumSection: Section<SingularSpectrum | null> = {
  title: "Singular values",
  schema: singularSpectrumSchema,
  analyse: ({ signs }) => signs.edges > 0 ? singularSpectrum(signs) : null,
  summarise: (data) => data === null ? "S has no nonzeros: it has no spectrum." : singularSpectrumText(data),
};
