import { deflateRawSync } from "node:zlib";
import { max } from "d3-array";
import { logThresholds } from "../marks/density_mark.ts";
import { wholeNumber } from "../../analysis/report/number_text.ts";
import type { MovieFrames } from "./movie_frames.ts";

/** The densities of a movie as its page keeps them. */
export interface DensityLayer {
  /** Along each side of a grid. */
  readonly cells: number;
  /** Base64 of the compressed levels of the theme, density by density, a byte a cell: 0 is empty, 1 is the first level. */
  readonly levels: string;
  /** Left, right, bottom and top of each grid as fractions of half the sides of the frame. */
  readonly ranges: readonly (readonly number[])[];
  /** The step of each density, in words. */
  readonly steps: readonly string[];
  /** The index of the density nearest in step to each frame; −1 where the start of the training is nearer. */
  readonly ofFrame: readonly number[];
}

/** The fullest cell of all densities: the upper end of their common scale. */
export function fullestCell({ density }: MovieFrames): number {
  return max(density, ({ counts }) => max(counts)) ?? 1;
}

/** Quantises the densities of a movie to the theme's levels; undefined if the run kept none. */
export function densityLayer(frames: MovieFrames): DensityLayer | undefined {
  const { density, middle, reach } = frames;
  if (density.length === 0) return undefined;
  const thresholds = logThresholds(1, fullestCell(frames));
  const size = density[0].counts.length;
  const levels = new Uint8Array(density.length * size);
  density.forEach(({ counts }, index) => {
    counts.forEach((count, cell) =>
      levels[index * size + cell] = thresholds.findLastIndex((least) => count >= least) + 1
    );
  });
  const steps = [0, ...density.map(({ step }) => step)];
  const nearest = (step: number) => {
    const distances = steps.map((other) => Math.abs(other - step));
    return distances.indexOf(Math.min(...distances)) - 1;
  };
  return {
    cells: Math.sqrt(size),
    levels: deflateRawSync(levels, { level: 9 }).toBase64(),
    ranges: density.map(({ range: [left, right, bottom, top] }) => [
      (left - middle.x) / reach.x,
      (right - middle.x) / reach.x,
      (bottom - middle.y) / reach.y,
      (top - middle.y) / reach.y,
    ]),
    steps: density.map(({ step }) => wholeNumber(step)),
    ofFrame: frames.steps.map(nearest),
  };
}
