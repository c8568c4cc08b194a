/** Spin models beside S: the pictures behind "frozen", "frustrated" and "random", computed. */
import { isingSchema } from "./ising_schema.ts";
import { isingText } from "./ising_text.ts";
import type { Section } from "../report/section.ts";
import { type IsingData, spinModels } from "./spin_models.ts";

/** Three spin models, the entropy that frustration leaves, and that of S. */
export const isingSection: Section<IsingData> = {
  title: "Frustration",
  schema: isingSchema,
  analyse: spinModels,
  summarise: isingText,
};
