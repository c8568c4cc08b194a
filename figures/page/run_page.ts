import type { Analysis } from "../../analysis/report/analysis.ts";
import { reproduction, sizeWords, trainingWords } from "../../analysis/report/analysis_provenance.ts";
import { verdictsOf, warningsOf } from "../../analysis/report/summary.ts";
import type { Verdict } from "../../analysis/report/section.ts";
import type { Config } from "../../models/experiment/config.ts";
import type { Figure } from "../render/figure.ts";
import { escapeHtml, htmlDocument } from "./document.ts";
import { figureElement } from "./figure_element.ts";

/** What the page of a run is made of. */
export interface RunPage {
  readonly config: Config;
  /** `config.yaml` as it is on disk. */
  readonly configText: string;
  readonly analysis: Analysis;
  /** In the order of the page. */
  readonly figures: readonly Figure[];
  /** Whether `movie.html` is beside the page. */
  readonly hasMovie: boolean;
}

/** `index.html` of a run: the headline, the verdicts, every figure with its caption, and how to make the run again. */
export function runPage({ config, configText, analysis, figures, hasMovie }: RunPage): string {
  const [headline, ...others] = figures;
  const links = [
    '<a href="#claims">Claims</a>',
    '<a href="#figures">Figures</a>',
    ...(hasMovie ? ['<a href="movie.html">Training movie</a>'] : []),
    '<a href="#run">Configuration</a>',
    '<a href="summary.md">Summary in Markdown</a>',
    '<a href="../index.html">All runs</a>',
  ];
  const body = `<a class="skip" href="#main">Skip to the content</a>
<header>
<h1>${escapeHtml(config.name)}</h1>
<p>${escapeHtml(config.description)}</p>
<p class="note">${escapeHtml(setting(config))}</p>
<nav aria-label="Page"><ul>${links.map((link) => `<li>${link}</li>`).join("")}</ul></nav>
</header>
<main id="main">
${
    warningsOf(analysis, config).map((warning) =>
      `<p class="warning"><strong>Warning.</strong> ${escapeHtml(warning)}</p>\n`
    ).join("")
  }${inRun(headline)}
<h2 id="claims">Claims</h2>
${claims(verdictsOf(analysis, config))}
<h2 id="figures">Figures</h2>
<nav aria-label="Figures"><ul>${
    others.map(({ name, title }) => `<li><a href="#${name}">${escapeHtml(title)}</a></li>`).join("")
  }</ul></nav>
${others.map(inRun).join("\n")}
<h2 id="run">Configuration and reproduction</h2>
<p>${config.imported === undefined ? trainedHere : importedHere}</p>
<pre>${escapeHtml(reproduction(config))}</pre>
<pre>${escapeHtml(configText)}</pre>
</main>`;
  return htmlDocument({ title: `${config.name} – Pinfield`, body });
}

const trainedHere = `This command trains the run again. With the versions below, on the same CPU with the same number of
threads, it comes to the same bits; on CUDA sums are added in no fixed order, so that runs agree statistically only.`;

const importedHere =
  `The weights were trained elsewhere: there is no record of their training, no loss curve and no movie.
This command imports them again.`;

/** A figure of the run, with a link to its file. */
const inRun = (figure: Figure) => figureElement(figure, `figures/${figure.name}.svg`);

/** The experiment in a line. */
function setting(config: Config): string {
  const { model, task, loss } = config;
  return `${sizeWords(config)}, φ = ${model.activation}, k = ${task.activeFeatures}, ` +
    `σ² = ${task.noiseVariance}, ${loss.name} loss, ${trainingWords(config)}`;
}

function claims(verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) {
    return "<p>Nothing has been measured yet that speaks to a claim: <code>deno task analyse</code> does.</p>";
  }
  const rows = verdicts.map(({ claim, measured, against, verdict }) =>
    `<tr><th scope="row">${escapeHtml(claim)}</th><td data-label="measured">${escapeHtml(measured)}</td>` +
    `<td data-label="null or theory">${escapeHtml(against)}</td>` +
    `<td data-label="verdict" class="verdict ${verdict.replace(" ", "-")}">${verdict}</td></tr>`
  );
  return `<table class="cards">
<thead><tr><th scope="col">claim</th><th scope="col">measured</th><th scope="col">null or theory</th><th scope="col">verdict</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`;
}
