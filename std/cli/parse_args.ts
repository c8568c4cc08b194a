/**
 * `parseArgs` of `jsr:@std/cli` over npm's minimist, from which the original descends. What differs between the two
 * is settled here: which options repeat, which can be negated, what `unknown` is told.
 */
// @ts-types="@types/minimist"
import minimist from "minimist";

/** Names of options: one, or several. */
type Names<N extends string> = N | readonly N[];

/** What a command line may hold. Names are without dashes; names with dots are not supported. */
export interface ParseOptions<
  Booleans extends string,
  Strings extends string,
  Collected extends string,
  Negatable extends string,
  Defaults extends Partial<Record<Booleans | Strings, unknown>>,
  DoubleDash extends boolean,
> {
  /** Options without a value: `--name` is true. False when absent. */
  boolean?: Names<Booleans>;
  /** Options whose value stays text, even if it looks like a number. */
  string?: Names<Strings>;
  /** String options that may be repeated; their values come in an array, empty when absent. */
  collect?: Names<Collected>;
  /** Options that `--no-name` sets to false. */
  negatable?: Names<Negatable>;
  /** Values of absent options. */
  default?: Defaults;
  /** Other names of an option. */
  alias?: Partial<Record<Booleans | Strings, Names<string>>>;
  /** Puts what follows `--` under `"--"` instead of `_`. */
  "--"?: DoubleDash;
  /**
   * Called for every argument that no option declares, positional ones (which have no key) included; the argument
   * is dropped when it returns false. `value` is known for `--key=value` only.
   */
  unknown?: (argument: string, key?: string, value?: unknown) => unknown;
}

/** The options found: every declared name with its type, anything else as `unknown`. */
export type Args<
  Booleans extends string,
  Strings extends string,
  Collected extends string,
  Negatable extends string,
  Defaults,
  DoubleDash extends boolean,
> =
  & { [Name in Booleans]: boolean | (Name extends keyof Defaults ? Defaults[Name] : never) }
  & {
    [Name in Exclude<Strings, Collected | keyof Defaults | "_">]?: string | (Name extends Negatable ? false : never);
  }
  & {
    [Name in Exclude<Strings, Collected | "_"> & keyof Defaults]:
      | string
      | Defaults[Name]
      | (Name extends Negatable ? false : never);
  }
  & { [Name in Strings & Collected]: string[] }
  & { /** What is not an option. */ _: (string | number)[] }
  & (DoubleDash extends true ? { "--": string[] } : Record<never, never>)
  & Record<string, unknown>;

function list(names: Names<string> | undefined): string[] {
  return names === undefined ? [] : typeof names === "string" ? [names] : [...names];
}

function keyOf(argument: string): [key?: string, value?: string] {
  const [, key, value] = argument.match(/^--?([^=]+)(?:=(.*))?$/s) ?? [];
  return value === undefined ? [key] : [key, value];
}

/**
 * Reads a command line. Numbers are read as numbers unless the option is declared as a string.
 *
 * @example
 * ```ts
 * import { parseArgs } from "@std/cli";
 * import { assertEquals } from "@std/assert";
 * const args = parseArgs(["--resume", "--name", "7", "quick"], { boolean: ["resume"], string: ["name"] });
 * assertEquals(args, { _: ["quick"], resume: true, name: "7" });
 * ```
 */
export function parseArgs<
  Booleans extends string = never,
  Strings extends string = never,
  Collected extends string = never,
  Negatable extends string = never,
  Defaults extends Partial<Record<Booleans | Strings, unknown>> = Record<never, never>,
  DoubleDash extends boolean = false,
>(
  argumentList: readonly string[],
  options: ParseOptions<Booleans, Strings, Collected, Negatable, Defaults, DoubleDash> = {},
): Args<Booleans, Strings, Collected, Negatable, Defaults, DoubleDash> {
  const alias = new Map<string, string[]>();
  for (const [name, others] of Object.entries<Names<string> | undefined>(options.alias ?? {})) {
    const group = [name, ...list(others)];
    for (const member of group) alias.set(member, group);
  }
  const withAliases = (names: Names<string> | undefined) =>
    new Set(list(names).flatMap((name) => alias.get(name) ?? [name]));
  const booleans = withAliases(options.boolean);
  const strings = withAliases(options.string);
  const collected = withAliases(options.collect);
  const negatable = withAliases(options.negatable);
  const defaults = Object.entries<unknown>(options.default ?? {})
    .flatMap(([name, value]) => (alias.get(name) ?? [name]).map((member) => [member, value] as const));
  const unknown = (argument: string) => options.unknown?.(argument, ...keyOf(argument)) !== false;

  // minimist negates any option; the original only the negatable ones, and takes `--no-other` for a flag `no-other`.
  const end = argumentList.includes("--") ? argumentList.indexOf("--") : argumentList.length;
  const flags: string[] = [];
  const rest = argumentList.filter((argument, index) => {
    const [, name] = argument.match(/^--no-([^=]+)$/) ?? [];
    if (index >= end || name === undefined || negatable.has(name)) return true;
    if (booleans.has(`no-${name}`) || unknown(argument)) flags.push(`no-${name}`);
    return false;
  });

  const parsed: Record<string, unknown> = minimist(rest, {
    boolean: [...booleans],
    string: [...strings],
    alias: Object.fromEntries([...alias].map(([name, group]) => [name, group.filter((other) => other !== name)])),
    default: Object.fromEntries(defaults.filter(([name]) => booleans.has(name))),
    "--": options["--"],
    unknown,
  });

  for (const name of flags) parsed[name] = true;
  for (const [name, value] of Object.entries(parsed)) {
    if (name === "_" || name === "--") continue;
    if (collected.has(name)) parsed[name] = Array.isArray(value) || value === false ? value : [value];
    else if (Array.isArray(value)) parsed[name] = value.at(-1);
  }
  for (const [name, value] of defaults) if (!Object.hasOwn(parsed, name)) parsed[name] = value;
  for (const name of collected) if (!Object.hasOwn(parsed, name)) parsed[name] = [];
  return parsed as Args<Booleans, Strings, Collected, Negatable, Defaults, DoubleDash>;
}
