import type { Analysis } from "../../analysis/report/analysis.ts";
import type { Config } from "../../models/experiment/config.ts";
import { significant, wholeNumber, withError } from "../../analysis/report/number_text.ts";
import { stepsWords } from "../../analysis/report/analysis_provenance.ts";
import type { Figure } from "../render/figure.ts";
import { escapeHtml, htmlDocument } from "./document.ts";
import script from "./compare.js" with { type: "text" };
import { figureElement } from "./figure_element.ts";

/** A run as the page of all runs shows it. */
export interface ListedRun {
  /** Name of its directory, beside the page. */
  readonly folder: string;
  readonly config: Config;
  readonly analysis: Analysis;
  /** Its figures, in the order of its own page. */
  readonly figures: readonly { readonly name: string; readonly title: string }[];
}

/** The runs' key numbers: names in the order of the table, each with its text for a run, empty where not measured. */
const keyNumbers: Readonly<Record<string, (run: ListedRun) => string>> = {
  "features d": ({ config }) => wholeNumber(config.model.features),
  "neurons h": ({ config }) => wholeNumber(config.model.hidden),
  "activation φ": ({ config }) => config.model.activation,
  "loss": ({ config }) => config.loss.name,
  "noise variance σ²": ({ config }) => significant(config.task.noiseVariance),
  "steps": ({ config }) => stepsWords(config),
  "held-out objective": ({ analysis: { loss } }) =>
    loss === undefined ? "" : withError(loss.heldOut.objective, loss.heldOut.standardError),
  "clusters": ({ analysis: { clusters } }) => String(clusters?.centres.length ?? ""),
  "density p": (run) => estimate(run, "density"),
  "amplitude c": (run) => estimate(run, "amplitude"),
  "neurons per feature": (run) => estimate(run, "neuronsPerFeature"),
  "features per neuron": (run) => estimate(run, "featuresPerNeuron"),
};

function estimate({ analysis }: ListedRun, field: "density" | "amplitude" | "neuronsPerFeature" | "featuresPerNeuron") {
  const measured = analysis.signs?.[field];
  return measured === undefined ? "" : withError(measured.value, measured.error);
}

/**
 * `index.html` over all runs: two of them side by side, a list of all, and what changes from run to run.
 *
 * @param trends figures that are of several runs
 */
export function runsPage(runs: readonly ListedRun[], trends: readonly Figure[]): string {
  const options = runs.map(({ folder }) => `<option>${escapeHtml(folder)}</option>`).join("");
  const choice = (id: string, label: string) =>
    `<label for="${id}">${label} <select id="${id}">${options}</select></label>`;
  const rows = runs.map((run) => {
    const cells = ["features d", "neurons h", "held-out objective", "clusters", "density p", "amplitude c"];
    return `<tr><th scope="row"><a href="${encodeURIComponent(run.folder)}/index.html">${
      escapeHtml(run.folder)
    }</a></th>${
      cells.map((name) => `<td class="number" data-label="${name}">${escapeHtml(keyNumbers[name](run))}</td>`).join("")
    }</tr>`;
  });
  const body = `<header>
<h1>Pinfield runs</h1>
<nav aria-label="Page"><ul><li><a href="#compare">Two side by side</a></li><li><a href="#all">All runs</a></li></ul></nav>
</header>
<main>
<h2 id="compare">Two runs side by side</h2>
<div class="pair choose">${choice("left", "Left")}${choice("right", "Right")}</div>
<div id="comparison" aria-live="polite"></div>
<h2 id="all">All ${runs.length} runs</h2>
<table class="cards">
<thead><tr><th scope="col">run</th><th scope="col">features d</th><th scope="col">neurons h</th><th scope="col">held-out objective</th><th scope="col">clusters</th><th scope="col">density p</th><th scope="col">amplitude c</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
${trends.map((figure) => figureElement(figure)).join("\n")}
</main>`;
  const data = runs.map((run) => ({
    folder: run.folder,
    description: run.config.description,
    numbers: Object.entries(keyNumbers).map(([name, text]) => [name, text(run)]),
    figures: run.figures,
  }));
  return htmlDocument({ title: "Pinfield runs", body, data, script, wide: true });
}
