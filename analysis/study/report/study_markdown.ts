import { markdownTable } from "../../report/markdown.ts";
import { type JudgedClaim, type StudyReport, tally } from "./study_report.ts";

/** `REPORT.md`, which stands beside the directories of the runs. */
export function studyMarkdown({ claims, warnings }: StudyReport, command: string): string {
  const overview = markdownTable(
    ["", "claim", "conclusion"],
    claims.map(({ number, statement, conclusion }) => [String(number), statement, conclusion]),
  );
  return `${
    [
      "# The study and what was found",
      `Made by \`${command}\`. A claim is judged by the verdicts of the runs below and by nothing else: it is supported if all ` +
      "tests that decide support it.",
      overview,
      ...warnings.map(({ run, warning }) => `**Warning.** ${run.config.name}: ${warning}`),
      ...claims.flatMap(claimText),
    ].join("\n\n")
  }\n`;
}

function claimText({ number, statement, undecided, conclusion, findings, figures }: JudgedClaim): string[] {
  return [
    `## ${number}. ${statement}`,
    [`**${conclusion}**: ${tally(findings)}.`, undecided ?? ""].join(" ").trimEnd(),
    ...figures.map(({ run: { config: { name } }, figure }) => `![${figure} of ${name}](${name}/figures/${figure}.svg)`),
    ...(findings.length === 0 ? [] : [markdownTable(
      ["run", "test", "measured", "null or theory", "verdict", "made by"],
      findings.map(({ run: { config: { name }, command }, claim, measured, against, verdict }) => [
        `[${name}](${name}/index.html)`,
        claim,
        measured,
        against,
        verdict,
        `\`${command}\``,
      ]),
    )]),
  ];
}
