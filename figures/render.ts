/// <reference lib="dom" />
import * as Plot from "@observablehq/plot";
import { DOMParser } from "linkedom";
import type { Figure, Panel } from "./figure.ts";
import { wrapText } from "./text.ts";
import { darkStyles, theme } from "./theme.ts";

const namespace = "http://www.w3.org/2000/svg";
const edge = 8;
const titleHeight = 34;
const captionLine = 18;

/** How a figure is rendered. */
export interface RenderOptions {
  /** Whether the caption is drawn under the panels. Default true; a page that prints the caption itself leaves it out. */
  caption?: boolean;
}

/**
 * Draws a figure as one standalone SVG: no script, no external file, no style sheet of the page needed.
 *
 * Colours are attributes for a light ground, on a ground of their own, so the file opens alike in every viewer; one
 * media query exchanges them where the reader prefers dark. Ids begin with the figure's name, so several SVGs can be
 * put into one page.
 *
 * @param figure what a figure module returned
 * @returns the text of the SVG; the same figure gives the same text
 */
export function renderFigure(figure: Figure, { caption = true }: RenderOptions = {}): string {
  const document = new DOMParser().parseFromString(
    `<svg xmlns="${namespace}"/>`,
    "image/svg+xml",
  ) as unknown as Document;
  const element = (name: string, attributes: Record<string, string | number>, ...children: (string | Node)[]) => {
    const node = document.createElementNS(namespace, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
    node.append(...children);
    return node;
  };
  const lines = caption ? wrapText(figure.caption, figure.width - 2 * edge, theme.textSize) : [];
  const captionTop = titleHeight + figure.height + 8;
  const height = captionTop + (lines.length > 0 ? lines.length * captionLine + edge : 0);
  const root = element(
    "svg",
    {
      xmlns: namespace,
      class: "pinfield",
      viewBox: `0 0 ${figure.width} ${height}`,
      width: figure.width,
      height,
      role: "img",
      "aria-labelledby": `${figure.name}-title ${figure.name}-caption`,
      "font-family": theme.fontFamily,
      color: theme.ink,
    },
    element("title", { id: `${figure.name}-title` }, figure.title),
    element("desc", { id: `${figure.name}-caption` }, figure.caption),
    element("style", {}, darkStyles(".pinfield")),
    element("rect", { width: figure.width, height, fill: theme.paper }),
    element(
      "text",
      { x: edge, y: 23, "font-size": theme.titleSize, "font-weight": "bold", fill: theme.ink },
      figure.title,
    ),
    ...figure.panels.map((panel) => drawPanel(panel, document)),
    ...lines.map((line, index) =>
      element(
        "text",
        { x: edge, y: captionTop + 13 + index * captionLine, "font-size": theme.textSize, fill: theme.muted },
        line,
      )
    ),
  );
  return withOwnIds(root.outerHTML, figure.name) + "\n";
}

/** A panel as an inner `<svg>`: Plot's output without its style sheet, in the theme's type. */
function drawPanel({ x, y, options }: Panel, document: Document): Element {
  const plot = Plot.plot({ ...options, document, figure: false });
  plot.querySelector("style")?.remove();
  plot.removeAttribute("class");
  plot.removeAttribute("font-family");
  plot.setAttribute("x", String(x));
  plot.setAttribute("y", String(y + titleHeight));
  plot.setAttribute("overflow", "visible");
  plot.setAttribute("font-size", String(theme.tickSize));
  return plot;
}

/** Plot counts its clip paths from the start of the process; here they count from the start of the figure. */
function withOwnIds(svg: string, name: string): string {
  const numbers = new Map<string, number>();
  return svg.replaceAll(/plot-clip-\d+/g, (id) => {
    if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
    return `${name}-clip-${numbers.get(id)}`;
  });
}
