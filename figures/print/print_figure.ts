/** A figure as papers print it. */
import type { Figure } from "../render/figure.ts";
import { drawPlot, element, emptyDocument, placed, rootAttributes, withOwnIds } from "../render/render.ts";
import { type ColourName, theme } from "../render/figure_theme.ts";

/** How wide a figure is printed: in one of two columns, or across the page. */
export type PrintWidth = "column" | "page";

/** Millimetres, as physics journals with two columns have them. */
export const printMillimetres: Readonly<Record<PrintWidth, number>> = { column: 86, page: 178 };

/** Ink on paper: apart in lightness too, so that a grey copy keeps what the colours say. Densities stay as they are. */
export const printColours: Readonly<Record<Exclude<ColourName, "paper">, string>> = {
  ink: "#000000",
  muted: "#555555",
  rule: "#cccccc",
  neutral: "#b5b5b5",
  blue: "#00427f",
  vermilion: "#bf4822",
  purple: "#b46eaf",
  green: "#3aaf86",
  orange: "#deaa3a",
  sky: "#a4d3f5",
};

/** Lines are drawn this much thinner than on a screen. */
const thinner = 0.75;

const inPrint = new Map(Object.entries(printColours).map(([name, colour]) => [theme[name as ColourName], colour]));

/**
 * Draws a figure for print, as one standalone SVG of a size in millimetres: no ground, no title and no caption, which the
 * paper has of its own; thin lines; colours that stay apart for colour-blind readers and in grey.
 * See {@linkcode chart}.
 *
 * @param figure what a figure module returned
 * @param width a column takes the figure's narrow arrangement, a page the wide one
 */
export function printFigure(figure: Figure, width: PrintWidth): string {
  const arrangement = width === "column" ? figure.phone : figure;
  const document = emptyDocument();
  const millimetres = printMillimetres[width];
  const root = element(
    document,
    "svg",
    {
      ...rootAttributes(arrangement.width, arrangement.height),
      width: `${millimetres}mm`,
      height: `${(millimetres * arrangement.height / arrangement.width).toFixed(2)}mm`,
      color: printColours.ink,
      "stroke-width": thinner,
      "aria-labelledby": `${figure.name}-title`,
    },
    element(document, "title", { id: `${figure.name}-title` }, figure.title),
    ...arrangement.panels.map(({ x, y, options }) => placed(drawPlot(options, document), x, y)),
  );
  for (const node of root.querySelectorAll("[fill], [stroke], [stroke-width]")) printed(node);
  return withOwnIds(root.outerHTML, figure.name) + "\n";
}

function printed(node: Element): void {
  for (const name of ["fill", "stroke"]) {
    const colour = inPrint.get(node.getAttribute(name) ?? "");
    if (colour !== undefined) node.setAttribute(name, colour);
  }
  const stroke = node.getAttribute("stroke-width");
  // The width of a point is its size.
  if (stroke !== null && node.getAttribute("aria-label") !== "points") {
    node.setAttribute("stroke-width", String(Number((thinner * Number(stroke)).toFixed(3))));
  }
}
