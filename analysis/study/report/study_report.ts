/** What the finished runs of the study say of its claims. */
import type { Config } from "../../../models/experiment/config.ts";
import type { Analysis } from "../../report/analysis.ts";
import type { Verdict } from "../../report/section.ts";
import { verdictsOf, warningsOf } from "../../report/summary.ts";
import { type Claim, claims } from "./claims.ts";

/** A run of the study that has been measured. */
export interface FinishedRun {
  /** How it was trained; its name is the run's. */
  readonly config: Config;
  /** What was measured. */
  readonly analysis: Analysis;
  /** Stems of the files of its figures. */
  readonly figures: readonly string[];
  /** What trains and measures it. */
  readonly command: string;
}

/** What a run says of a claim. */
export interface Finding extends Verdict {
  readonly run: FinishedRun;
}

/** What there is to say of a claim. */
export type Conclusion = "supported" | "not supported" | "supported in part" | "open" | "not measured";

/** A claim with all that was found. */
export interface JudgedClaim extends Claim {
  readonly conclusion: Conclusion;
  readonly findings: readonly Finding[];
  /** The figures that there are of it. */
  readonly figures: readonly { readonly run: FinishedRun; readonly figure: string }[];
}

/** The report: every claim of the study in its order, and what is wrong with the runs. */
export interface StudyReport {
  readonly claims: readonly JudgedClaim[];
  readonly warnings: readonly { readonly run: FinishedRun; readonly warning: string }[];
}

/** Judges the claims by the verdicts of the runs, and by nothing else. */
export function studyReport(runs: readonly FinishedRun[]): StudyReport {
  const findings = runs.flatMap((run) =>
    verdictsOf(run.analysis, run.config).map((verdict): Finding => ({ ...verdict, run }))
  );
  return {
    claims: claims.map((claim) => {
      const own = findings.filter(({ partOf }) => partOf?.includes(claim.number));
      return { ...claim, findings: own, conclusion: conclusionOf(own), figures: figuresOf(claim, runs) };
    }),
    warnings: runs.flatMap((run) => warningsOf(run.analysis, run.config).map((warning) => ({ run, warning }))),
  };
}

/** What follows from several verdicts; those that are open decide nothing where others do. */
export function conclusionOf(verdicts: readonly Pick<Verdict, "verdict">[]): Conclusion {
  if (verdicts.length === 0) return "not measured";
  const decided = verdicts.filter(({ verdict }) => verdict !== "open");
  if (decided.length === 0) return "open";
  const supporting = decided.filter(({ verdict }) => verdict === "supported").length;
  if (supporting === decided.length) return "supported";
  return supporting === 0 ? "not supported" : "supported in part";
}

/** For each figure that shows a claim, that of the first run that has it. */
function figuresOf({ shownBy }: Claim, runs: readonly FinishedRun[]): JudgedClaim["figures"] {
  return shownBy.flatMap(({ figure, of = () => true }) => {
    const run = runs.find(({ config, figures }) => of(config) && figures.includes(figure));
    return run === undefined ? [] : [{ run, figure }];
  });
}

/** The verdicts on a claim in numbers, "3 of 5 tests support it, 1 does not, 1 is open". */
export function tally(findings: readonly Pick<Verdict, "verdict">[]): string {
  const count = (wanted: Verdict["verdict"]) => findings.filter(({ verdict }) => verdict === wanted).length;
  if (findings.length === 0) return "nothing that was measured decides it";
  const [supporting, against, open] = [count("supported"), count("not supported"), count("open")];
  return [
    `${supporting} of ${findings.length} ${findings.length === 1 ? "test supports" : "tests support"} it`,
    ...(against > 0 ? [`${against} ${against === 1 ? "does" : "do"} not`] : []),
    ...(open > 0 ? [`${open} ${open === 1 ? "is" : "are"} open`] : []),
  ].join(", ");
}
