import { parse } from "@std/yaml";
import { UsageError } from "../../models/errors.ts";
import type { Settings } from "../../models/experiment/presets.ts";

/**
 * Reads the values of `--set`.
 *
 * @param assignments `key.path=value` each, the value in YAML
 * @throws {UsageError} if one is not of that form
 */
export function parseSettings(assignments: readonly string[]): Settings {
  return Object.fromEntries(assignments.map((assignment) => {
    const [, key, value] = assignment.match(/^([\w.]+)=(.+)$/) ?? [];
    if (key === undefined) {
      throw new UsageError(`--set: expected key=value such as model.hidden=384, got "${assignment}".`);
    }
    return [key, parseValue(key, value)];
  }));
}

function parseValue(key: string, value: string): unknown {
  try {
    return parse(value);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`--set ${key}: not valid YAML (${error.message.split("\n")[0]}).`);
  }
}
