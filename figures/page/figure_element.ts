import type { Figure, NumberTable } from "../render/figure.ts";
import { renderFigure } from "../render/render.ts";
import { escapeHtml } from "./document.ts";

/**
 * A figure inside a page, in its wide and its narrow arrangement, of which the style sheet shows one.
 *
 * @param figure the figure
 * @param file where the same figure is on its own, relative to the page; default nowhere
 */
export function figureElement(figure: Figure, file?: string): string {
  const { name, title, caption, tables } = figure;
  const link = file === undefined ? "" : ` <a href="${file}">${escapeHtml(title)} as SVG</a>`;
  return `<figure id="${name}">
<div class="wide-only">${renderFigure(figure, { caption: false })}</div>
<div class="phone">${renderFigure(figure, { caption: false, phone: true })}</div>
<figcaption>
<p>${escapeHtml(caption)}${link}</p>
${tables.map((table) => numberTable(table, title)).join("\n")}</figcaption>
</figure>`;
}

/** Scrolls sideways where a screen is too narrow for it. */
function numberTable({ columns, rows }: NumberTable, title: string): string {
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join("");
  const body = rows.map(([about, ...numbers]) =>
    `<tr><th scope="row">${escapeHtml(about)}</th>${
      numbers.map((number) => `<td>${escapeHtml(number)}</td>`).join("")
    }</tr>`
  );
  return `<div class="numbers" role="region" aria-label="Numbers: ${escapeHtml(title)}" tabindex="0"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table></div>`;
}
