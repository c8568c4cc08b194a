/** Whether the decoder follows from the encoder. */
import { percent, withError } from "../report/number_text.ts";
import type { Verdict } from "../report/section.ts";
import type { DecoderData } from "./decoder_comparison.ts";

/** What the comparison says of the study's claim. */
export function decoderVerdicts(data: DecoderData): Verdict[] {
  return [decoderFollows(data)];
}

function decoderFollows({ trained, optimal, explained }: DecoderData): Verdict {
  return {
    claim: "Once the encoder is known the decoder follows (optimal decoder from the encoder).",
    measured: `objective ${withError(optimal.objective, optimal.standardError)} with the optimal decoder, ` +
      `which explains ${percent(explained)} of the trained one`,
    against: `${withError(trained.objective, trained.standardError)} with the trained one, on the same samples`,
    partOf: [2],
    verdict: optimal.objective <= trained.objective ? "supported" : "not supported",
  };
}
