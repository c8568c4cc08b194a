import type { Figure } from "../render/figure.ts";
import { renderFigure } from "../render/render.ts";
import { escapeHtml } from "./document.ts";

/**
 * A figure inside a page, in its wide and its narrow arrangement, of which the style sheet shows one.
 *
 * @param figure the figure
 * @param file where the same figure is on its own, relative to the page; default nowhere
 */
export function figureElement(figure: Figure, file?: string): string {
  const { name, title, caption } = figure;
  const link = file === undefined ? "" : ` <a href="${file}">${escapeHtml(title)} as SVG</a>`;
  return `<figure id="${name}">
<div class="wide-only">${renderFigure(figure, { caption: false })}</div>
<div class="phone">${renderFigure(figure, { caption: false, phone: true })}</div>
<figcaption>${escapeHtml(caption)}${link}</figcaption>
</figure>`;
}
