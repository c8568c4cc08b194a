/** Plot marks that move by SVG's own animation (SMIL): no script, and the last frame where a viewer does not animate. */
import type * as Plot from "@observablehq/plot";
import { theme } from "../render/figure_theme.ts";
import type { PointLayer } from "./points_mark.ts";

/** How long an animation runs before it begins again, and the share of that time for which it rests on its last frame. */
const seconds = 12;
const rest = 0.15;

/** When each of a number of frames is shown, as fractions of the whole; the last comes once more at the end. */
function times(frames: number): string {
  const shown = Array.from({ length: frames }, (_, frame) => (1 - rest) * frame / Math.max(1, frames - 1));
  return [...shown, 1].map((time) => String(Math.round(1e4 * time) / 1e4)).join(";");
}

function animate(document: Document, attributeName: string, values: readonly string[], mode: "linear" | "discrete") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", "animate");
  element.setAttribute("attributeName", attributeName);
  element.setAttribute("dur", `${seconds}s`);
  element.setAttribute("repeatCount", "indefinite");
  element.setAttribute("calcMode", mode);
  element.setAttribute("keyTimes", times(values.length));
  element.setAttribute("values", [...values, values[values.length - 1]].join(";"));
  return element;
}

/**
 * Points that move in straight lines from frame to frame: one path whose coordinates are animated.
 *
 * @param xs, ys coordinates, one array a frame
 * @param layer which of the coordinates, and their colour
 * @param radius CSS pixels
 */
export function animatedPoints(
  xs: readonly ArrayLike<number>[],
  ys: readonly ArrayLike<number>[],
  { indices, colour }: PointLayer,
  radius: number,
): Plot.RenderFunction {
  return (_index, scales, _values, _dimensions, { document }) => {
    const frames = xs.map((frame, time) =>
      Array.from(
        indices,
        (index) => `M${Math.round(2 * scales.x!(frame[index]))} ${Math.round(2 * scales.y!(ys[time][index]))}h0`,
      ).join("")
    );
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("aria-label", "moving points");
    path.setAttribute("fill", "none");
    path.setAttribute("stroke", colour);
    path.setAttribute("stroke-linecap", "round");
    // Whole numbers at half a pixel are shorter than decimals.
    path.setAttribute("transform", "scale(0.5)");
    path.setAttribute("stroke-width", String(4 * radius));
    path.setAttribute("d", frames[frames.length - 1]);
    if (indices.length > 0) path.append(animate(document, "d", frames, "linear"));
    return path;
  };
}

/** A vertical line over the whole frame that stands at one place of the horizontal axis after another. */
export function animatedRule(xs: readonly number[]): Plot.RenderFunction {
  return (_index, scales, _values, { marginTop, height, marginBottom }, { document }) => {
    const places = xs.map((x) => scales.x!(x).toFixed(1));
    const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    line.setAttribute("aria-label", "moving rule");
    line.setAttribute("stroke", theme.vermilion);
    line.setAttribute("stroke-width", "2");
    line.setAttribute("y1", String(marginTop));
    line.setAttribute("y2", String(height - marginBottom));
    for (const end of ["x1", "x2"]) {
      line.setAttribute(end, places[places.length - 1]);
      line.append(animate(document, end, places, "linear"));
    }
    return line;
  };
}

/** A text in the upper left of the frame that changes with every frame. */
export function animatedText(texts: readonly string[]): Plot.RenderFunction {
  return (_index, _scales, _values, { marginLeft, marginTop }, { document }) => {
    const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
    group.setAttribute("aria-label", "changing text");
    group.setAttribute("fill", theme.ink);
    group.setAttribute("font-size", String(theme.textSize));
    group.setAttribute("text-anchor", "start");
    texts.forEach((content, frame) => {
      const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
      text.setAttribute("x", String(marginLeft + 10));
      text.setAttribute("y", String(marginTop + 20));
      const visible = texts.map((_, time) => time === frame ? "visible" : "hidden");
      text.setAttribute("visibility", visible[visible.length - 1]);
      text.append(content, animate(document, "visibility", visible, "discrete"));
      group.append(text);
    });
    return group as SVGElement;
  };
}
