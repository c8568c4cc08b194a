/** The objective in words. */
import type { Config } from "../../models/experiment/config.ts";
import { markdownTable } from "../report/markdown.ts";
import { roundedTo, significant, withError } from "../report/number_text.ts";
import { agreementWithExact, type ExactLoss, type LossData } from "./held_out.ts";

/** The objective and its parts in a table. */
export function lossText(data: LossData, config: Pick<Config, "task">): string {
  const { heldOut: { objective, standardError, ...parts }, exact, samples, zeroNetwork } = data;
  const zero = zeroNetwork && ["objective of the zero network", significant(zeroNetwork.objective, 4)];
  const sampled = [
    ["objective", withError(objective, standardError)],
    ...Object.entries(parts).map(([name, value]) => [name, significant(value, 4)]),
  ];
  if (!exact) {
    return `On ${samples} fresh samples:\n\n` +
      markdownTable(["quantity", "mean over samples"], zero ? [...sampled, zero] : sampled);
  }
  const { agrees, errors } = agreementWithExact(data, exact);
  const rows = sampled.map(([name, value]) => [
    name,
    name === "objective" ? exactObjectiveWords(exact) : significant(exact[name], 5),
    value,
  ]);
  return `On ${supportWords(exact, config)}, with the noise averaged in closed form, and on ${samples} fresh samples ` +
    `as a check. The two objectives ${agrees ? "agree" : "**do not agree**"}: they are ${
      significant(errors, 2)
    } standard ` +
    `errors of the sampled one apart. More terms in the closed form change the exact one by ` +
    `${significant(exact.closedFormError, 1)}.\n\n` +
    markdownTable(["quantity", "exact", "mean over samples"], zero ? [...rows, [zero[0], zero[1], zero[1]]] : rows);
}

/** The objective in a line: exact where it is, and on fresh samples. */
export function objectiveLine(
  { heldOut: { objective, standardError }, exact, samples }: LossData,
  config: Config,
): string {
  const sampled = `held-out objective ${withError(objective, standardError)} (${samples} samples)`;
  return exact ? `exact objective ${exactObjectiveWords(exact)} (${supportWords(exact, config)}); ${sampled}` : sampled;
}

/** Four decimals, or fewer where the average over the noise is not known so well. */
function exactObjectiveWords({ objective, closedFormError }: ExactLoss): string {
  return roundedTo(objective, Math.max(closedFormError, 1e-3));
}

/** "all 130816 pairs of features", "all 4.1e14 supports of 8 features". */
function supportWords({ supports }: ExactLoss, { task: { activeFeatures } }: Pick<Config, "task">): string {
  const number = supports < 1e9 ? String(supports) : significant(supports, 2);
  const words: Readonly<Record<number, string>> = { 1: "features", 2: "pairs of features" };
  return `all ${number} ${words[activeFeatures] ?? `supports of ${activeFeatures} features`}`;
}
