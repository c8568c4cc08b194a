/** Tables of what an experiment can name: activations, losses, optimisers, …; users of the library may add to them. */
import { UsageError } from "./errors.ts";

/** Entries by name. */
export interface Registry<Entry> {
  /** What an entry is, in error messages: "activation". */
  readonly kind: string;
  /** The names, those that come with the project first. */
  names(): string[];
  /**
   * The entry of a name.
   *
   * @throws {UsageError} if there is none, naming those that there are
   */
  get(name: string): Entry;
  /**
   * Adds an entry, which experiments can then name.
   *
   * @throws {RangeError} if the name is taken
   */
  register(name: string, entry: Entry): void;
}

/**
 * Makes a table of named entries.
 *
 * @param kind what an entry is, for messages
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { registry } from "./registry.ts";
 * const shapes = registry("shape", { triangle: 3 });
 * shapes.register("square", 4);
 * assertEquals(shapes.names().map(shapes.get), [3, 4]);
 * ```
 */
export function registry<Entry>(kind: string, entries: Readonly<Record<string, Entry>>): Registry<Entry> {
  const table = new Map(Object.entries(entries));
  const names = () => [...table.keys()];
  return {
    kind,
    names,
    get(name) {
      const entry = table.get(name);
      if (entry === undefined) {
        throw new UsageError(`There is no ${kind} "${name}"; choose one of ${names().join(", ")}.`);
      }
      return entry;
    },
    register(name, entry) {
      if (table.has(name)) throw new RangeError(`There is a ${kind} "${name}" already.`);
      table.set(name, entry);
    },
  };
}
