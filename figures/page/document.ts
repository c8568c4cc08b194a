/** HTML documents that work from a file, without a network: style and script inside. */
import { darkPartner, theme } from "../render/figure_theme.ts";
import style from "./page.css" with { type: "text" };

/** The parts of a document. */
export interface DocumentParts {
  readonly title: string;
  /** HTML. */
  readonly body: string;
  /** Data for the script, which finds it as JSON in the element `data`. Default none. */
  readonly data?: unknown;
  /** JavaScript. Default none. */
  readonly script?: string;
  /** Whether the page uses the whole width of a screen rather than that of a column of text. Default false. */
  readonly wide?: boolean;
}

/** A whole document in the style of the figures. */
export function htmlDocument({ title, body, data, script, wide = false }: DocumentParts): string {
  const json = data === undefined ? "" : `<script type="application/json" id="data">${
    // So that no text in it can end the element.
    JSON.stringify(data).replaceAll("<", "\\u003c")}</script>\n`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>
${colourVariables()}${style}</style>
</head>
<body${wide ? ' class="wide"' : ""}>
${body}
${json}${script === undefined ? "" : `<script>\n${script}</script>\n`}</body>
</html>
`;
}

/** Text as it stands in HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character]);
}

/** The theme's colours as variables, with their dark partners where the reader prefers dark. */
function colourVariables(): string {
  const { paper, ink, muted, rule, neutral, blue, vermilion, green, purple, orange, sky, levels } = theme;
  const named = { paper, ink, muted, rule, neutral, blue, vermilion, green, purple, orange, sky };
  const colours = [...Object.entries(named), ...levels.map((colour, level) => [`level-${level}`, colour] as const)];
  const block = (of: (colour: string) => string) =>
    `:root{${colours.map(([name, colour]) => `--${name}:${of(colour)}`).join(";")};--font:${theme.fontFamily}}`;
  return `${block((colour) => colour)}\n@media (prefers-color-scheme:dark){${
    block((colour) => darkPartner.get(colour)!)
  }}\n`;
}
