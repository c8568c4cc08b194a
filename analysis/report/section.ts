/** The form that every part of a run's analysis has, so that the summary and the page can show any of them. */
import type { Schema } from "../../models/options_schema.ts";
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import type { ParameterArrays, Weights } from "../../models/network/network_weights.ts";
import type { RunFolder } from "../../models/run/run_folder.ts";
import type { Clusters } from "../clusters/clusters.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";

/** What there is to analyse of any network. */
export interface NetworkSubject {
  /** How it was trained. */
  readonly config: Config;
  /** What came of it: every parameter by name, as the network shapes it. */
  readonly parameters: ParameterArrays;
  /** Where big products run. */
  readonly device: Device;
  /** Where sections that take hours keep how far they came. @default nowhere */
  readonly folder?: RunFolder;
  /** Told what is being computed, in sections that take minutes. @default nobody */
  readonly report?: (stage: string) => void;
}

/** What there is to analyse of a network of one encoder and one decoder. */
export interface Subject extends Omit<NetworkSubject, "parameters"> {
  /** What came of the training. */
  readonly weights: Weights;
  /** The clusters of the weight pairs. */
  readonly clusters: Clusters;
  /** S, as the clusters' threshold gives it. */
  readonly signs: SignMatrix;
}

/** The numbers of the study's claims, in its order; `analysis/study/report/claims.ts` says them. */
export type ClaimNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A claim of the study against what was measured here. */
export interface Verdict {
  /** What the study says. */
  readonly claim: string;
  /** What this network shows. */
  readonly measured: string;
  /** The null model, theory or error that the measurement is compared with. */
  readonly against: string;
  /** What follows. */
  readonly verdict: "supported" | "not supported" | "open";
  /** The study's claims of which it is a part. @default none: a question of this project's own */
  readonly partOf?: readonly ClaimNumber[];
}

/** One part of the analysis. `Data` is plain: what it writes to `analysis.json` is what it reads from there. */
export interface Section<Data> {
  /** Heading in the summary. */
  readonly title: string;
  /** Tells whether what a file holds is `Data`, so that older or damaged data is refused. */
  readonly schema: Schema<Data>;
  /** Measures. */
  analyse(subject: Subject): Promise<Data> | Data;
  /** Measures any network. @default the section is of weight pairs, which only one encoder and one decoder have */
  analyseAny?(subject: NetworkSubject): Promise<Data> | Data;
  /** About how many training steps last as long as measuring, for time plans. @default 0: seconds */
  trainingSteps?(config: Config, device: Device): number;
  /** Says in Markdown, without a heading, what was measured; nothing where the section is no matter of the experiment. */
  summarise(data: Data, config: Config): string;
  /** The claims that the data speaks to. @default none */
  verdicts?(data: Data, config: Config): Verdict[];
  /** Why the network is nothing to study, a sentence each with what to change. @default it is */
  warnings?(data: Data, config: Config): string[];
}

/** Both ways to measure for a section that asks for no weight pairs. */
export function ofAnyNetwork<Data>(
  analyseAny: (subject: NetworkSubject) => Promise<Data> | Data,
): Required<Pick<Section<Data>, "analyse" | "analyseAny">> {
  return {
    analyseAny,
    analyse: ({ weights: { encoder, decoder }, ...subject }) =>
      analyseAny({ ...subject, parameters: { encoder, decoder } }),
  };
}
