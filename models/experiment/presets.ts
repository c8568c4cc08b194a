/** Reading experiments: the presets that come with the project, and files of one's own. */
import { basename, dirname, resolve } from "node:path";
import { parse } from "@std/yaml";
import { type Config, optionKeys, parseConfig } from "./config.ts";
import { experimentOf } from "./former_keys.ts";
import { presetTexts } from "./presets/texts.ts";
import { UsageError } from "../errors.ts";

/** The name of a preset. */
export type PresetName = keyof typeof presetTexts;

/** The names of the presets, in alphabetical order. See {@linkcode parseConfig}. */
export function presetNames(): PresetName[] {
  return (Object.keys(presetTexts) as PresetName[]).sort();
}

/** The keys of each of some alternatives. */
export type KeyOf<Options> = Options extends unknown ? keyof Options & string : never;

/** What a key may be in those of some alternatives that have it. */
export type ValueOf<Options, Key> = Options extends unknown ? Key extends keyof Options ? Options[Key] : never : never;

/** The keys of a section of the experiment, with its name before them, and what each may be. */
export type SectionSettings<Section extends keyof Config> = {
  readonly [Key in KeyOf<Config[Section]> as `${Section}.${Key}`]?:
    | ValueOf<Config[Section], Key>
    // An entry that a script has registered.
    | (Key extends "name" ? string : never);
};

/**
 * Changes to an experiment as read from YAML, before it is checked: `{ "model.hidden": 384 }`. The keys of the networks,
 * losses, … that come with the project are known; those of entries that a script has registered may stand beside them.
 */
export type Settings =
  & Partial<Pick<Config, "name" | "description" | "pair">>
  & SectionSettings<"model">
  & SectionSettings<"task">
  & SectionSettings<"loss">
  & SectionSettings<"optimizer">
  & SectionSettings<"schedule">
  & SectionSettings<"training">
  & Readonly<Record<string, unknown>>;

/**
 * A preset, with changes.
 *
 * @throws {UsageError} if a setting does not fit
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { preset } from "./presets.ts";
 * const { name, model } = preset("laptop", { name: "wider", "model.hidden": 384 });
 * assertEquals([name, model.features, model.hidden], ["wider", 512, 384]);
 * ```
 */
export function preset(name: PresetName, settings: Settings = {}): Config {
  return loadPreset(name, settings);
}

/**
 * Reads a preset by a name that a user gave.
 *
 * @throws {UsageError} if there is no such preset or a setting does not fit
 */
export function loadPreset(name: string, settings: Readonly<Record<string, unknown>> = {}): Config {
  const names: readonly string[] = presetNames();
  if (!names.includes(name)) throw new UsageError(`There is no preset "${name}"; choose one of ${names.join(", ")}.`);
  const source = `preset ${name}`;
  return experiment(keysOf(presetTexts[name as PresetName], source), source, settings);
}

/**
 * Reads an experiment from a YAML file, which may be the `config.yaml` of a run: the name is then its directory's, also where
 * that was copied or renamed. See {@linkcode parseConfig}.
 *
 * @param settings changes to what the file says
 * @param defaults what holds where the file says nothing
 * @throws {UsageError} if the file is not there, is no YAML, or does not hold a valid experiment
 */
export function loadConfigFile(path: string, settings: Settings = {}, defaults: Settings = {}): Config {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UsageError(`There is no file ${path}.`);
  }
  const keys = keysOf(text, path);
  // Only a run says what it was made with and where its weights come from, and these are no settings.
  const { imported: _, ...own } = experimentOf(keys);
  const name = keys.versions === undefined ? {} : { name: basename(dirname(resolve(path))) };
  const stated = { ...own, ...name };
  const missing = Object.entries(defaults).filter(([key]) => !states(stated, key.split(".")));
  return experiment(stated, path, { ...Object.fromEntries(missing), ...settings });
}

/** Whether an experiment has a value for a key. */
function states(experiment: Readonly<Record<string, unknown>>, [key, ...rest]: string[]): boolean {
  const value = experiment[key];
  if (rest.length === 0 || value === undefined) return value !== undefined;
  // What is no section is refused, with its name, when the settings are made.
  return typeof value === "object" && value !== null && states(value as Record<string, unknown>, rest);
}

function keysOf(text: string, source: string): Record<string, unknown> {
  const value = yaml(text, source);
  if (typeof value !== "object" || value === null) throw new UsageError(`${source}: holds no keys.`);
  return { ...value };
}

function experiment(
  keys: Record<string, unknown>,
  source: string,
  settings: Readonly<Record<string, unknown>>,
): Config {
  const changed = structuredClone(keys);
  for (const [path, setting] of Object.entries(settings)) makeRoom(changed, path.split("."), setting);
  for (const [path, setting] of Object.entries(settings)) assign(changed, path.split("."), setting);
  return parseConfig(changed, source);
}

/** Where a setting names another optimiser, loss, …, what the file says of the former one's options goes. */
function makeRoom(experiment: Record<string, unknown>, [section, key, ...rest]: string[], value: unknown): void {
  const options = experiment[section];
  if (key !== "name" || rest.length > 0 || typeof options !== "object" || options === null) return;
  const known = optionKeys(section, String(value));
  if (known === undefined) return;
  experiment[section] = Object.fromEntries(Object.entries(options).filter(([option]) => known.includes(option)));
}

function assign(target: Record<string, unknown>, [key, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  // An unknown section is made here and refused, with its name, by the schema.
  const section = target[key] ?? {};
  if (typeof section !== "object") throw new UsageError(`${key} is not a section that has keys.`);
  target[key] = section;
  assign(section as Record<string, unknown>, rest, value);
}

function yaml(text: string, source: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`${source}: not valid YAML (${error.message.split("\n")[0]}).`);
  }
}
