/** The held-out loss in words. */
import { markdownTable } from "../report/markdown.ts";
import { significant, withError } from "../report/numbers.ts";
import type { LossData } from "./held_out.ts";

/** The objective and its parts in a table. */
export function lossText({ heldOut: { objective, standardError, ...parts }, samples, zeroNetwork }: LossData): string {
  const rows = Object.entries(parts).map(([name, value]) => [name, significant(value, 4)]);
  if (zeroNetwork !== undefined) rows.push(["objective of the zero network", significant(zeroNetwork.objective, 4)]);
  return `On ${samples} fresh samples:\n\n` +
    markdownTable(["quantity", "mean over samples"], [["objective", withError(objective, standardError)], ...rows]);
}
