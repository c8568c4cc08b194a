/** How the weights of a run came about: in words, and as a command. */
import type { Config } from "../../models/experiment/config.ts";
import { wholeNumber } from "./number_text.ts";

/** On which side of the study a network is: fewer neurons than features force superposition. */
export type Side = "superposition" | "no-superposition";

/** The side of an experiment. */
export function sideOf({ model: { features, hidden } }: Config): Side {
  return hidden < features ? "superposition" : "no-superposition";
}

/** "d = 512 features, h = 256 neurons", or layer by layer. */
export function sizeWords({ model }: Pick<Config, "model">): string {
  const { features, hidden } = model;
  if (!("layers" in model)) return `d = ${features} features, h = ${hidden} neurons`;
  const { layers, outputs = features } = model;
  return `d = ${features} features, ${layers} hidden ${layers === 1 ? "layer" : "layers"} of h = ${hidden} neurons, ` +
    `${outputs} outputs`;
}

/** "600 steps of 256 samples, seed 0", or where the weights were imported from. */
export function trainingWords({ training: { steps, batch, seed }, imported }: Config): string {
  return imported === undefined ? `${steps} steps of ${batch} samples, seed ${seed}` : `imported from ${imported.file}`;
}

/** The steps of a training in a table; a dash where there was none here. */
export function stepsWords({ training: { steps }, imported }: Config): string {
  return imported === undefined ? wholeNumber(steps) : "–";
}

/** The command that makes the run again, without its pair. */
export function reproduction(config: Config): string {
  const { name, pair, imported } = config;
  const again = `--config runs/${name}/config.yaml --name ${name}-again`;
  if (imported !== undefined) {
    const { file, encoder, decoder, transposed } = imported;
    const names = `--encoder ${encoder} --decoder ${decoder}${transposed ? " --transposed" : ""}`;
    return `deno task import ${file} ${names} ${again}`;
  }
  const alone = pair === undefined ? "" : ` --only ${sideOf(config)}`;
  return `deno task train-superposition ${again}${alone}`;
}
