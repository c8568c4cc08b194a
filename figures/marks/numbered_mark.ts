import type * as Plot from "@observablehq/plot";

/** Where something is drawn, in the units of the axes; a cell of a density has a count. */
export type Place = Readonly<Partial<Record<"x" | "x1" | "x2" | "y" | "y1" | "y2" | "count", number>>>;

/** A mark of our own that can say what it draws, as Observable Plot's marks can. */
export interface NumberedMark extends Plot.RenderFunction {
  /** What kind of mark it is. */
  readonly kind: string;
  /** What it draws. */
  numbers(): Iterable<Place>;
}

/** Adds to a render function what it draws. */
export function numbered(draw: Plot.RenderFunction, kind: string, numbers: () => Iterable<Place>): NumberedMark {
  return Object.assign(draw, { kind, numbers });
}
