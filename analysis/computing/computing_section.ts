/** Whether a network computes boolean functions, beside what needs no training. */
import { greatest } from "d3-array";
import { withError } from "../report/number_text.ts";
import { ofAnyNetwork, type Section, type Verdict } from "../report/section.ts";
import { equalWithin, explainedShare } from "../report/thresholds.ts";
import { type ComputingData, measureComputing } from "./computing.ts";
import { computingSchema } from "./computing_schema.ts";
import { computingText, functionWords, methodWords } from "./computing_text.ts";

/** The network beside the best linear read-out and layers that are built by hand; null where no functions are asked for. */
export const computingSection: Section<ComputingData | null> = {
  title: "Computing",
  schema: computingSchema,
  ...ofAnyNetwork((subject) => measureComputing(subject)),
  // 40 s on two cores for the preset, whose steps take 4 ms: as many functions and neurons as make a step longer make this so.
  trainingSteps: ({ task }) => task.name === "boolean" ? 10_000 : 0,
  summarise: (data) => data === null ? "" : computingText(data),
  verdicts: (data) => data === null ? [] : [aboveAll(data)],
};

function aboveAll(data: ComputingData): Verdict {
  const [learned, ...others] = data.methods;
  const best = greatest(others, (a, b) => a.explained.value - b.explained.value)!;
  const margin = learned.explained.value - best.explained.value;
  const error = Math.hypot(learned.explained.error, best.explained.error);
  const count = data.functions.reduce((sum, { count }) => sum + count, 0);
  const isAbove = margin - equalWithin.errors * error > explainedShare.little;
  return {
    claim:
      "A deeper network computes more functions than a layer has neurons, well above the best linear read-out and the " +
      "best layer built by hand.",
    measured: `${functionWords(data)} on layers of ${data.neurons.layer} neurons: ${
      withError(learned.explained.value, learned.explained.error)
    } explained, ${withError(margin, error)} more`,
    against: `${methodWords(best)}: ${withError(best.explained.value, best.explained.error)}; a margin of ` +
      `${explainedShare.little} beyond ${equalWithin.errors} errors over samples`,
    partOf: [7],
    verdict: count > data.neurons.layer && isAbove ? "supported" : "not supported",
  };
}
