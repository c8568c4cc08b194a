import type { z } from "zod";

/** What checks the options of a registry's entry: an object schema, whose keys join those of a section of an experiment. */
export type OptionsSchema<Options> = z.ZodType<Options> & {
  /** A schema for each key. */
  readonly shape: Readonly<Record<string, z.ZodType>>;
};
