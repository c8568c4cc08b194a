import * as Plot from "@observablehq/plot";
import { DOMParser } from "linkedom";
import type { Panel } from "../../figures/render/figure.ts";

/** Where a panel of a figure places a value, in its own pixels. */
export function placeOn(panel: Panel, axis: "x" | "y"): (value: number | string) => number {
  const document = new DOMParser().parseFromString("<svg/>", "image/svg+xml") as unknown as Document;
  const scale = Plot.plot({ ...panel.options, document }).scale(axis)!;
  return (value) => scale.apply(value);
}
