import * as Plot from "@observablehq/plot";
import { DOMParser } from "linkedom";
import type { Figure, PlotOptions } from "./figure.ts";
import { wrapText } from "./render_text.ts";
import { darkStyles, theme } from "./figure_theme.ts";

const namespace = "http://www.w3.org/2000/svg";
const edge = 8;
const titleHeight = 34;
const captionLine = 18;

/** How a figure is rendered. */
export interface RenderOptions {
  /** Whether the caption is drawn under the panels. Default true; a page that prints the caption itself leaves it out. */
  caption?: boolean;
  /** Whether the narrow arrangement is drawn, under a name of its own. Default false. */
  phone?: boolean;
}

/**
 * Draws a figure as one standalone SVG: no script, no external file, no style sheet of the page needed.
 *
 * Colours are attributes for a light ground, on a ground of their own, so the file opens alike in every viewer; one
 * media query exchanges them where the reader prefers dark. Ids begin with the figure's name, so several SVGs can be
 * put into one page. See {@linkcode chart}.
 *
 * @param figure what a figure module returned
 * @returns the text of the SVG; the same figure gives the same text
 */
export function renderFigure(figure: Figure, { caption = true, phone = false }: RenderOptions = {}): string {
  const name = phone ? `${figure.name}-phone` : figure.name;
  const { width, height: panelsHeight, panels } = phone ? figure.phone : figure;
  const document = emptyDocument();
  const lines = caption ? wrapText(figure.caption, width - 2 * edge, { size: theme.textSize }) : [];
  const captionTop = titleHeight + panelsHeight + 8;
  const height = captionTop + (lines.length > 0 ? lines.length * captionLine + edge : 0);
  const root = element(
    document,
    "svg",
    {
      ...rootAttributes(width, height),
      "aria-labelledby": `${name}-title ${name}-caption`,
    },
    element(document, "title", { id: `${name}-title` }, figure.title),
    element(document, "desc", { id: `${name}-caption` }, figure.caption),
    element(document, "style", {}, darkStyles(".pinfield")),
    element(document, "rect", { width, height, fill: theme.paper }),
    element(
      document,
      "text",
      { x: edge, y: 23, "font-size": theme.titleSize, "font-weight": "bold", fill: theme.ink },
      figure.title,
    ),
    ...panels.map(({ x, y, options }) => placed(drawPlot(options, document), x, y + titleHeight)),
    ...lines.map((line, index) =>
      element(
        document,
        "text",
        { x: edge, y: captionTop + 13 + index * captionLine, "font-size": theme.textSize, fill: theme.muted },
        line,
      )
    ),
  );
  return withOwnIds(root.outerHTML, name) + "\n";
}

/** A plot without title and caption, for a page that has its own words. */
export interface RenderedPlot {
  /** The text of the SVG. */
  readonly svg: string;
  /** Where the plot places a value along an axis, in its own pixels. */
  readonly place: (axis: "x" | "y", value: number) => number;
}

/**
 * Draws a plot as one standalone SVG. See {@linkcode chart}.
 *
 * @param options with width and height
 * @param name begins every id
 * @param label what the plot shows, for those who do not see it
 */
export function renderPlot(options: PlotOptions, name: string, label: string): RenderedPlot {
  const document = emptyDocument();
  const plot = drawPlot(options, document);
  const { width = theme.width, height = 0 } = options;
  const root = element(
    document,
    "svg",
    { ...rootAttributes(width, height), "aria-label": label },
    element(document, "style", {}, darkStyles(".pinfield")),
    element(document, "rect", { width, height, fill: theme.paper }),
    plot,
  );
  return {
    svg: withOwnIds(root.outerHTML, name),
    place: (axis, value) => plot.scale(axis)!.apply(value),
  };
}

export const rootAttributes = (width: number, height: number) => ({
  xmlns: namespace,
  class: "pinfield",
  viewBox: `0 0 ${width} ${height}`,
  width,
  height,
  role: "img",
  "font-family": theme.fontFamily,
  color: theme.ink,
});

export function emptyDocument(): Document {
  return new DOMParser().parseFromString(`<svg xmlns="${namespace}"/>`, "image/svg+xml") as unknown as Document;
}

export function element(
  document: Document,
  name: string,
  attributes: Record<string, string | number>,
  ...children: (string | Node)[]
): Element {
  const node = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

/** Plot's output without its style sheet, in the theme's type. */
export function drawPlot(options: Plot.PlotOptions, document: Document): (SVGSVGElement | HTMLElement) & Plot.Plot {
  const plot = Plot.plot({ ...options, document, figure: false });
  plot.querySelector("style")?.remove();
  plot.removeAttribute("class");
  plot.removeAttribute("font-family");
  plot.setAttribute("overflow", "visible");
  plot.setAttribute("font-size", String(theme.tickSize));
  return plot;
}

export function placed(plot: Element, x: number, y: number): Element {
  plot.setAttribute("x", String(x));
  plot.setAttribute("y", String(y));
  return plot;
}

/** Plot counts its clip paths from the start of the process; here they count from the start of the figure. */
export function withOwnIds(svg: string, name: string): string {
  const numbers = new Map<string, number>();
  return svg.replaceAll(/plot-clip-\d+/g, (id) => {
    if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
    return `${name}-clip-${numbers.get(id)}`;
  });
}
