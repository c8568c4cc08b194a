/** The `config.yaml` of a run: its experiment, and what it was made with. */
import { basename, resolve } from "node:path";
import { parse, stringify } from "@std/yaml";
import { FailureError } from "../errors.ts";
import { type Config, parseConfig } from "../experiment/config.ts";
import { experimentOf } from "../experiment/former_keys.ts";
import { runFiles, type RunFolder } from "./run_folder.ts";
import { currentVersions, type Versions } from "./versions.ts";

/** The text of `config.yaml`: every key of the experiment, and the versions of Pinfield, Deno and ONNX Runtime. */
export function configText(config: Config): string {
  return stringify({ ...config, versions: currentVersions() }, { skipInvalid: true, lineWidth: 120 });
}

/** Reads the experiment of a run, complete and valid; see {@linkcode Run.readConfig}. */
export async function readConfig(folder: RunFolder): Promise<Config> {
  const config = parseConfig(experimentOf(await readKeys(folder)), folder.file(runFiles.config));
  // A directory that was copied or renamed is a run of its own, whatever name its file still says.
  return { ...config, name: basename(resolve(folder.path)) };
}

/** Reads what a run was made with. */
export async function readVersions(folder: RunFolder): Promise<Partial<Versions>> {
  const { versions } = await readKeys(folder);
  return typeof versions === "object" && versions !== null ? versions : {};
}

async function readKeys(folder: RunFolder): Promise<Record<string, unknown>> {
  const path = folder.file(runFiles.config);
  let value: unknown;
  try {
    value = parse(await folder.readText(runFiles.config));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const [reason] = error.message.split("\n");
    throw new FailureError(`${path} is no YAML: ${reason.replace(/[:.]$/, "")}; correct it by hand.`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new FailureError(`${path} holds no keys; write the experiment's keys into it by hand.`);
}
