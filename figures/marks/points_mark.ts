import type * as Plot from "@observablehq/plot";
import { numbered, type NumberedMark } from "./numbered_mark.ts";

/** Points of one look. */
export interface PointLayer {
  /** Which of the coordinates to draw. */
  readonly indices: ArrayLike<number>;
  readonly colour: string;
}

/**
 * A Plot mark that draws many points, each layer as one path of round caps, to a tenth of a pixel: a dozen bytes a
 * point, where Plot's own dots take fifty and an object each.
 *
 * @param xs, ys coordinates in the units of the scales
 * @param layers from the lowest to the one on top
 * @param radius CSS pixels
 */
export function points(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  layers: readonly PointLayer[],
  radius: number,
): NumberedMark {
  const draw: Plot.RenderFunction = (_index, scales, _values, _dimensions, context) => {
    const element = (name: string) => context.document.createElementNS("http://www.w3.org/2000/svg", name);
    const group = element("g");
    group.setAttribute("aria-label", "points");
    group.setAttribute("fill", "none");
    group.setAttribute("stroke-width", String(2 * radius));
    group.setAttribute("stroke-linecap", "round");
    for (const { indices, colour } of layers) {
      const parts: string[] = [];
      for (let next = 0; next < indices.length; next++) {
        const x = scales.x!(xs[indices[next]]);
        const y = scales.y!(ys[indices[next]]);
        parts.push(`M${Math.round(10 * x) / 10} ${Math.round(10 * y) / 10}h0`);
      }
      if (parts.length === 0) continue;
      const path = element("path");
      path.setAttribute("stroke", colour);
      path.setAttribute("d", parts.join(""));
      group.append(path);
    }
    return group as SVGElement;
  };
  return numbered(draw, "points", function* () {
    for (const { indices } of layers) {
      for (let next = 0; next < indices.length; next++) yield { x: xs[indices[next]], y: ys[indices[next]] };
    }
  });
}
