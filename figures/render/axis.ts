import * as Plot from "@observablehq/plot";
import { extent, max } from "d3-array";
import { textWidth } from "./text.ts";
import { theme } from "./theme.ts";

/** Space around a plot with both axes labelled; panels with a title over the frame need `titled`. */
export const margins = { marginLeft: 66, marginRight: 16, marginTop: 14, marginBottom: 44 } as const;

/** The same with room for `panelTitle`. */
export const titled = { ...margins, marginTop: 32 } as const;

/** A horizontal axis with its label under the middle. */
export function xAxis(label: string, options: Plot.ScaleOptions = {}): Plot.ScaleOptions {
  return { label, labelAnchor: "center", labelArrow: "none", labelOffset: 36, ...options };
}

/** A vertical axis with its label along the middle. */
export function yAxis(label: string, options: Plot.ScaleOptions = {}): Plot.ScaleOptions {
  return { label, labelAnchor: "center", labelArrow: "none", labelOffset: 54, ...options };
}

/** A mark that writes a title over the upper left corner of the frame. */
export function panelTitle(title: string): Plot.Markish {
  return Plot.text([title], {
    frameAnchor: "top-left",
    dy: -20,
    fontSize: theme.textSize,
    fontWeight: "bold",
    fill: theme.ink,
  });
}

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
