import type { ZodType } from "zod";

/**
 * A schema of the library zod: checks that something is a value of a type. zod documents its parts.
 *
 * @internal
 */
export type Schema<Value> = ZodType<Value>;

/** What checks the options of a registry's entry: an object schema, whose keys join those of a section of an experiment. */
export type OptionsSchema<Options> = Schema<Options> & {
  /** A schema for each key. */
  readonly shape: { readonly [Key in keyof Options]-?: Schema<Options[Key]> };
};
