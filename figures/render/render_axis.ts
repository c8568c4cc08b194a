import type * as Plot from "@observablehq/plot";
import { extent, max } from "d3-array";
import { textWidth, wrapText } from "./render_text.ts";
import { theme } from "./figure_theme.ts";

/** Space around a plot with both axes labelled; panels with a title over the frame need `titled`. */
export const margins = { marginLeft: 66, marginRight: 16, marginTop: 14, marginBottom: 44 } as const;

/** The same with room for `panelTitle`. */
export const titled = { ...margins, marginTop: 38 } as const;

/** A horizontal axis with its label under the middle. */
export function xAxis(label: string, options: Plot.ScaleOptions = {}): Plot.ScaleOptions {
  return { label, labelAnchor: "center", labelArrow: "none", labelOffset: 36, ...options };
}

/** A vertical axis with its label along the middle. */
export function yAxis(label: string, options: Plot.ScaleOptions = {}): Plot.ScaleOptions {
  return { label, labelAnchor: "center", labelArrow: "none", labelOffset: 60, ...options };
}

/** A mark that writes a title over the upper left corner of the frame, in two lines where one is too narrow. */
export function panelTitle(title: string): Plot.RenderFunction {
  const face = { size: theme.textSize, weight: "bold" } as const;
  return (_index, _scales, _values, { width, marginLeft, marginRight, marginTop }, { document }) => {
    const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
    const attributes = { "font-size": face.size, "font-weight": face.weight, "text-anchor": "start", fill: theme.ink };
    for (const [name, value] of Object.entries(attributes)) text.setAttribute(name, String(value));
    const lines = wrapText(title, width - marginLeft - marginRight, face);
    lines.forEach((line, index) => {
      const span = document.createElementNS("http://www.w3.org/2000/svg", "tspan");
      span.setAttribute("x", String(marginLeft));
      span.setAttribute(
        "y",
        String(marginTop - (lines.length === 1 ? 12 : 6) - titleLine * (lines.length - 1 - index)),
      );
      span.append(index < lines.length - 1 ? `${line} ` : line);
      text.append(span);
    });
    return text as SVGElement;
  };
}

/** From one line of a title to the next. */
const titleLine = 15;

/** The powers of ten within a domain: the ticks of an axis over many decades. */
export function powersOfTen([low, high]: readonly [number, number]): number[] {
  const powers: number[] = [];
  for (let exponent = Math.ceil(Math.log10(low)); exponent <= Math.log10(high); exponent++) powers.push(10 ** exponent);
  return powers;
}

/** The least and the largest of some numbers with air of a fraction of their span on either side. */
export function paddedDomain(values: Iterable<number>, air = 0.05): [number, number] {
  const [low = 0, high = 0] = extent(values);
  const padding = air * (high - low || Math.abs(high) || 1);
  return [low - padding, high + padding];
}

/** The left margin that holds names as the ticks of a vertical axis. */
export function nameMargin(names: readonly string[]): number {
  return Math.ceil(14 + (max(names, (name) => textWidth(name, { size: theme.tickSize })) ?? 0));
}
