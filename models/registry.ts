import { UsageError } from "./errors.ts";

/**
 * A look-up in a table of named parts.
 *
 * @param key the key of the configuration that holds the name, for the message
 * @param table the parts by name
 * @returns a function from a name to the part; it throws UsageError with the names that there are
 */
export function fromRegistry<Part>(key: string, table: Readonly<Record<string, Part>>): (name: string) => Part {
  return (name) => {
    if (Object.hasOwn(table, name)) return table[name];
    throw new UsageError(`${key}: there is no "${name}"; choose one of ${Object.keys(table).join(", ")}.`);
  };
}
