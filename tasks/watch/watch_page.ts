/**
 * The page that shows a training: a shell that stays, and what is inside of it, which the server draws again and again. It
 * takes its two charts from their files, as the table of all charts reaches what needs the runtime, and permission for it.
 */
import { significant, wholeNumber } from "../../analysis/report/number_text.ts";
import { lossCurve, type LossRecord } from "../../figures/charts/training/loss_curve_chart.ts";
import { pairDensity } from "../../figures/charts/training/pair_density_chart.ts";
import { escapeHtml, htmlDocument } from "../../figures/page/document.ts";
import { figureElement } from "../../figures/page/figure_element.ts";
import type { MetricsRow } from "../../models/run/metrics.ts";
import { duration } from "../command/progress.ts";
import script from "./watch.js" with { type: "text" };
import type { WatchedRun } from "./watched_run.ts";

/** The one script of the page as it stands in its element, which the page's policy names by its hash. */
export const pageScript = `\n${script}`;

/** The shell. */
export function watchPage(name: string): string {
  const body = `<header>
<h1>${escapeHtml(name)}</h1>
<p id="lost" class="warning" role="alert" hidden>The watch has ended; this is how it was at last.</p>
</header>
<main id="now" aria-busy="true"><p>Reading the run …</p></main>`;
  return htmlDocument({ title: `${name} – Pinfield`, body, script, wide: true });
}

/** What is inside: where the training stands in words, the loss curve, and the density of all weight pairs. */
export function watchFragment(run: WatchedRun): string {
  const { config: { description, training }, metrics, density } = run;
  const step = metrics.at(-1)?.step ?? 0;
  const figures = [
    ...metrics.length > 1 && metrics.every(isLoss) ? [lossCurve(metrics)] : [],
    ...density === undefined ? [] : [pairDensity(density)],
  ];
  return `<p>${escapeHtml(description)}</p>
<p role="status">${escapeHtml(standing(run))}</p>
<progress value="${step}" max="${training.steps}" aria-label="steps done"></progress>
<div class="pair figures">
${figures.map((figure) => `<div>${figureElement(figure)}</div>`).join("\n")}
</div>`;
}

const isLoss = (row: MetricsRow): row is MetricsRow & LossRecord => "objective" in row && "learningRate" in row;

function standing({ config: { training: { steps } }, metrics, secondsLeft, finished, quiet }: WatchedRun): string {
  const last = metrics.at(-1);
  if (last === undefined) return "No step is logged yet.";
  const done =
    `Step ${wholeNumber(last.step)} of ${wholeNumber(steps)}, objective ${significant(last.objective, 4)}, ` +
    `${duration(last.seconds)} so far`;
  if (finished) return `${done}. The training is finished.`;
  if (quiet) return `${done}. No step was logged for over a minute: the training may have been stopped.`;
  return secondsLeft === undefined ? `${done}.` : `${done}, ${duration(secondsLeft)} left.`;
}
