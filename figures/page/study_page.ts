import { type JudgedClaim, type StudyReport, tally } from "../../analysis/study/report/study_report.ts";
import { escapeHtml, htmlDocument } from "./document.ts";

/** `report.html`, which stands beside the directories of the runs: the claims of the study, each with what was found. */
export function studyPage({ claims, warnings }: StudyReport, command: string): string {
  const overview = claims.map(({ number, statement, conclusion }) =>
    `<tr><th scope="row"><a href="#claim-${number}">${number}. ${escapeHtml(statement)}</a></th>` +
    `<td data-label="conclusion" class="verdict ${className(conclusion)}">${conclusion}</td></tr>`
  );
  const body = `<a class="skip" href="#claim-1">Skip to the first claim</a>
<header>
<h1>The study and what was found</h1>
<p>Made by <code>${escapeHtml(command)}</code>. A claim is judged by the verdicts of the runs and by nothing else: it is
supported if all tests that decide support it.</p>
<nav aria-label="Page"><ul><li><a href="index.html">All runs</a></li><li><a href="REPORT.md">Report in Markdown</a></li></ul></nav>
</header>
<main>
${
    warnings.map(({ run, warning }) =>
      `<p class="warning"><strong>Warning.</strong> ${escapeHtml(`${run.config.name}: ${warning}`)}</p>\n`
    ).join("")
  }<table class="cards">
<thead><tr><th scope="col">claim</th><th scope="col">conclusion</th></tr></thead>
<tbody>
${overview.join("\n")}
</tbody>
</table>
${claims.map(claimElement).join("\n")}
</main>`;
  return htmlDocument({ title: "The study – Pinfield", body });
}

function claimElement({ number, statement, undecided, conclusion, findings, figures }: JudgedClaim): string {
  const images = figures.map(({ run: { config: { name } }, figure }) => {
    const path = `${encodeURIComponent(name)}/figures/${figure}.svg`;
    return `<figure><a href="${encodeURIComponent(name)}/index.html#${figure}"><img src="${path}" alt="${figure} of ${
      escapeHtml(name)
    }"></a></figure>`;
  });
  return `<section>
<h2 id="claim-${number}">${number}. ${escapeHtml(statement)}</h2>
<p><span class="verdict ${className(conclusion)}">${conclusion}</span>: ${tally(findings)}. ${
    escapeHtml(undecided ?? "")
  }</p>
${images.join("\n")}
${findings.length === 0 ? "" : findingsTable(findings)}
</section>`;
}

function findingsTable(findings: JudgedClaim["findings"]): string {
  const rows = findings.map(({ run: { config: { name }, command }, claim, measured, against, verdict }) =>
    `<tr><th scope="row">${escapeHtml(claim)}<br><a href="${encodeURIComponent(name)}/index.html">${
      escapeHtml(name)
    }</a>, <code>${escapeHtml(command)}</code></th><td data-label="measured">${escapeHtml(measured)}</td>` +
    `<td data-label="null or theory">${escapeHtml(against)}</td>` +
    `<td data-label="verdict" class="verdict ${className(verdict)}">${verdict}</td></tr>`
  );
  return `<table class="cards">
<thead><tr><th scope="col">test, run and command</th><th scope="col">measured</th><th scope="col">null or theory</th><th scope="col">verdict</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`;
}

const className = (verdict: string) => verdict.replaceAll(" ", "-");
