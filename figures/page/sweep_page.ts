/** The page of a sweep: its points in a plane of one's choice, its figures, and what failed. */
import type { Sweep } from "../../analysis/study/sweep/sweep.ts";
import type { Quantity, SweepFigure } from "../../analysis/study/sweep/sweep_figures.ts";
import { statusCounts, type Table } from "../../analysis/study/sweep/sweep_table.ts";
import type { Figure } from "../render/figure.ts";
import { escapeHtml, htmlDocument } from "./document.ts";
import { figureElement } from "./figure_element.ts";
import script from "./sweep.js" with { type: "text" };

/** A sweep with its results. */
export interface SweepPage {
  readonly sweep: Sweep;
  /** The text of its file. */
  readonly text: string;
  readonly table: Table;
  /** The page of each run, relative to the sweep's, by its name. */
  readonly links: ReadonlyMap<string, string>;
  /** Over all points. */
  readonly figures: readonly Figure[];
}

/** `index.html` of a sweep. */
export function sweepPage({ sweep, text, table, links, figures }: SweepPage): string {
  const { done, failed, missing } = statusCounts(table);
  const failures = table.rows.filter(({ status }) => status === "failed");
  const body = `<header>
<h1>${escapeHtml(sweep.name)}</h1>
<p>${escapeHtml(sweep.description)}</p>
<p class="note">${done} of ${table.rows.length} runs are done, ${failed} failed, ${missing} are missing.</p>
<nav aria-label="Page"><ul><li><a href="#points">Points</a></li><li><a href="#figures">Figures</a></li>
<li><a href="table.csv">Table as CSV</a></li><li><a href="table.parquet">as Parquet</a></li><li><a href="#sweep">The sweep</a></li></ul></nav>
</header>
<main>
<h2 id="points">Points</h2>
<div class="pair choose sweep">
${[["x", "Across"], ["y", "Up"], ["colour", "Colour"]].map(([id, label]) => choice(id, label)).join("\n")}
</div>
<svg id="plot" class="sweep-plot" role="group" aria-label="The runs of the sweep; every point leads to its run"></svg>
<p class="note"><span id="from"></span> <svg id="ramp" width="140" height="12" aria-hidden="true"></svg> <span id="to"></span>
<span id="shown"></span></p>
<p id="point" aria-live="polite">Point at a run to see what it is, click it to open it.</p>
<h2 id="figures">Figures</h2>
${figures.map((figure) => figureElement(figure, `figures/${figure.name}.svg`)).join("\n")}
${failures.length === 0 ? "" : `<h2>Failed</h2>\n<ul>${failures.map(failure).join("\n")}</ul>`}
<h2 id="sweep">The sweep</h2>
<pre>${escapeHtml(text)}</pre>
</main>`;
  return htmlDocument({
    title: `${sweep.name} – Pinfield`,
    body,
    data: dataOf(sweep, table, links),
    script,
    wide: true,
  });
}

function choice(id: string, label: string): string {
  return `<div><label for="${id}">${label} <select id="${id}"></select></label>
<label><input type="checkbox" id="${id}-log"> log</label></div>`;
}

const failure = ({ point, failure }: Table["rows"][number]) =>
  `<li>${escapeHtml(String(point))}: ${escapeHtml(String(failure))}</li>`;

/** What a figure has across, up and as its colour. */
function axesOf(figure: SweepFigure): readonly (Quantity | undefined)[] {
  if (figure.kind === "map") return [figure.x, figure.y, figure.colour];
  return [figure.x, figure.kind === "curves" ? figure.y[0] : figure.y, figure.series];
}

/** The columns of numbers that are not the same everywhere, and the runs that are done. */
function dataOf(sweep: Sweep, { columns, rows }: Table, links: ReadonlyMap<string, string>) {
  const done = rows.filter(({ status }) => status === "done");
  const numbers = columns.filter((column) => {
    const values = new Set(done.map((row) => row[column]).filter((value) => typeof value === "number"));
    return values.size > 1;
  });
  const [wanted = []] = sweep.figures.map(axesOf);
  const chosen = [0, 1, 2].map((place) => {
    // A ratio is no column: its first part stands for it, if that varies, or its second.
    const names = wanted[place]?.of.split(" / ") ?? [];
    const found = names.map((name) => numbers.indexOf(name)).find((index) => index >= 0);
    return found ?? Math.min(place, Math.max(0, numbers.length - 1));
  });
  return {
    columns: numbers,
    chosen,
    logs: [0, 1, 2].map((place) => wanted[place]?.scale === "log"),
    points: done.map((row) => ({
      name: row.point,
      link: links.get(String(row.point)) ?? "",
      numbers: numbers.map((column) => typeof row[column] === "number" ? row[column] : null),
    })),
  };
}
