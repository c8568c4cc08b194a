/** The loss of an experiment in words. */
import type { Config } from "../../models/experiment/config.ts";

/** The options of the losses by the symbols that the study has for them. */
const symbols: Readonly<Record<string, string>> = {
  lambdaOn: "λ",
  decoderRidge: "ρ_D",
  encoderRidge: "ρ_E",
};

/** The loss and those of its options that are numbers, such as "rebalanced loss with λ = 16 and ρ_D = 0.03". */
export function lossWords(loss: Config["loss"]): string {
  const options = Object.entries(loss)
    .filter(([, value]) => typeof value === "number")
    .map(([name, value]) => `${symbols[name] ?? name} = ${value}`);
  const last = options.pop();
  if (last === undefined) return `${loss.name} loss`;
  return `${loss.name} loss with ${[options.join(", "), last].filter((words) => words !== "").join(" and ")}`;
}
