/** The frozen signs, in numbers. */
import type { Section } from "../report/section.ts";
import { type SignStructure, signStructure } from "./signs.ts";
import { signsSchema } from "./signs_schema.ts";
import { signsText } from "./signs_text.ts";
import { signsVerdicts } from "./signs_verdicts.ts";

/** Densities, degrees and purity of S. */
export const signsSection: Section<SignStructure> = {
  title: "Signs",
  schema: signsSchema,
  analyse: ({ weights, signs }) => signStructure(weights, signs),
  summarise: signsText,
  verdicts: signsVerdicts,
};
