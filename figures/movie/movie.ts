import { type Figure, gridFigure } from "../render/figure.ts";
import { animatedPoints, animatedRule, animatedText } from "../marks/animated_mark.ts";
import { firstMoving, type MovieFrames, sampleInWords, shownPairs } from "./movie_frames.ts";
import { objectiveCurve, type ObjectiveRecord, pairPlane } from "./movie_plots.ts";
import { wholeNumber } from "../../analysis/report/number_text.ts";
import { theme } from "../render/figure_theme.ts";

/** Bounds on the size of the file: it grows with their product. */
const mostFrames = 48;
const mostPairs = 1600;

/** Few points are larger, so that they are seen. */
const radiusOf = (count: number) => count > 400 ? 1.3 : count > 40 ? 1.8 : 3;

/** Weight pairs on their way through the training, as an SVG that moves without a script. See {@linkcode drawRun}. */
export function movie(frames: MovieFrames, records: readonly ObjectiveRecord[]): Figure {
  const start = firstMoving(frames);
  const last = frames.steps.length - 1;
  const count = Math.min(mostFrames, last - start + 1);
  const shown = Array.from(
    { length: count },
    (_, index) => Math.round(start + (last - start) * index / Math.max(1, count - 1)),
  );
  const steps = shown.map((frame) => frames.steps[frame]);
  const pairs = shownPairs(frames, mostPairs);
  const layers = frames.clusters.map(({ colour }, cluster) => ({
    indices: pairs.filter((pair) => frames.cluster[pair] === cluster),
    colour: theme[colour],
  }));
  // The centre is drawn first, under the pairs that leave it.
  const order = [...layers.keys()].sort((a, b) => layers[b].indices.length - layers[a].indices.length);
  const caption = "Each pair keeps the colour of the cluster that it ends in, over the objective; steps " +
    `${wholeNumber(steps[0])} to ${wholeNumber(steps[count - 1])} pass evenly in the logarithm. ` +
    sampleInWords(frames, pairs);
  const xs = shown.map((frame) => frames.encoder[frame]);
  const ys = shown.map((frame) => frames.decoder[frame]);
  return gridFigure({ name: "movie", title: "Weight pairs while training", caption, tables: [] }, [
    pairPlane(frames, 420, [
      ...order.map((cluster) => animatedPoints(xs, ys, layers[cluster], radiusOf(layers[cluster].indices.length))),
      animatedText(steps.map((step) => `step ${wholeNumber(step)}`)),
    ]),
    objectiveCurve(records, [steps[0], steps[count - 1]], 170, [animatedRule(steps)]),
  ]);
}
