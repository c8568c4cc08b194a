import { join } from "node:path";
import { objectiveLine } from "../../analysis/loss/loss_text.ts";
import { readAnalysis } from "../../analysis/report/analysis.ts";
import { warningsOf } from "../../analysis/report/summary.ts";
import type { Run } from "../../models/run/run.ts";

/** What was measured, in a few lines. */
export async function findings(run: Run): Promise<string> {
  const analysis = await readAnalysis(run);
  const { loss, clusters, signs } = analysis;
  const config = await run.readConfig();
  const lines = [`${run.path}`];
  if (loss !== undefined) lines.push(`  ${objectiveLine(loss, config)}`);
  if (clusters !== undefined) {
    const pairs = clusters.centres.map(({ encoder, decoder }) => `(${encoder.toFixed(2)}, ${decoder.toFixed(2)})`);
    lines.push(`  ${pairs.length} clusters (E, D): ${pairs.join(" ")}`);
  }
  if (signs !== undefined) {
    lines.push(
      `  ${signs.neuronsPerFeature.value.toFixed(2)} neurons per feature, ` +
        `${signs.featuresPerNeuron.value.toFixed(2)} features per neuron`,
    );
  }
  lines.push(...warningsOf(analysis, config).map((warning) => `  Warning: ${warning}`));
  return [...lines, `  ${join(run.path, "index.html")}, ${join(run.path, "summary.md")}`].join("\n");
}
