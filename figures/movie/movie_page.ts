import { deflateRawSync } from "node:zlib";
import { max } from "d3-array";
import { margins } from "../render/render_axis.ts";
import { escapeHtml, htmlDocument } from "../page/document.ts";
import { renderPlot } from "../render/render.ts";
import { roundedTo, significant, wholeNumber } from "../../analysis/report/number_text.ts";
import { ramp } from "../marks/ramp_mark.ts";
import { theme } from "../render/figure_theme.ts";
import { densityLayer, fullestCell } from "./movie_density.ts";
import { degreeLevels, type MovieFrames, sampleInWords, shownPairs } from "./movie_frames.ts";
import script from "./player.js" with { type: "text" };
import { objectiveCurve, type ObjectiveRecord, pairPlane } from "./movie_plots.ts";

/** Weights are kept as whole numbers up to this, a fraction of a pixel on any screen. */
const quantum = 4095;
/** Bounds the size of the page. */
const mostPairs = 8192;
const planeHeight = 460;
const curveHeight = 240;

/**
 * `movie.html`: a training to play, with the loss curve beside it.
 *
 * The plots are drawn here, so that the script only moves points and densities over them. Weights are quantised, and
 * kept as differences from frame to frame, compressed: 8192 pairs in 90 frames take 2.6 MB, and forty densities 0.1 MB.
 * See {@linkcode drawRun}.
 *
 * @param name of the run
 * @param frames at least one
 * @param records the objective at the logged steps
 */
export function moviePage(name: string, frames: MovieFrames, records: readonly ObjectiveRecord[]): string {
  const { steps } = frames;
  const pairs = shownPairs(frames, mostPairs);
  const density = densityLayer(frames);
  const plane = renderPlot(pairPlane(frames, planeHeight, []), "plane", "The plane of weight pairs");
  const domain = [steps[0], steps[steps.length - 1]] as const;
  const curve = renderPlot(objectiveCurve(records, domain, curveHeight, []), "curve", "The objective against the step");
  const largestDegree = max(frames.degree) ?? 0;
  const levelOf = degreeLevels(frames.degree);
  const body = `<header>
<h1>${escapeHtml(name)}: the training</h1>
<nav aria-label="Page"><ul><li><a href="index.html">The run</a></li><li><a href="../index.html">All runs</a></li></ul></nav>
<p>${sampleInWords(frames, pairs)} They are shown at ${steps.length} steps spread evenly in the logarithm.</p>
</header>
<main>
<div class="controls">
<button id="play" type="button">Play</button>
<input id="frame" type="range" min="0" max="${steps.length - 1}" value="${
    steps.length - 1
  }" step="1" aria-label="frame">
<output id="step" for="frame"></output>
</div>
<div class="stage">
<div>
<div class="plot">${plane.svg}<canvas id="pairs" style="${
    placedOver(planeHeight)
  }" role="img" aria-label="Weight pairs"></canvas></div>
</div>
<div>
<div class="plot">${curve.svg}<div id="marker" class="marker" style="${verticallyOver(curveHeight)}"></div></div>
<div class="controls">
<label for="colours">Colours <select id="colours">
<option value="cluster">final cluster</option>
<option value="degree">degree of the feature</option>
<option value="followed">a few, with their trails</option>
</select></label>
<button id="others" type="button" hidden>Follow others</button>
${density === undefined ? "" : densityButton}</div>
<ul id="legend" class="legend"></ul>
${
    density === undefined
      ? ""
      : densityKey(frames)
  }<p class="note">Space plays and pauses, the arrow keys go frame by frame, Home and End to either end${
    density === undefined ? "" : ", D shows and hides the density"
  }.</p>
</div>
</div>
</main>`;
  const data = {
    steps,
    stepLabels: steps.map(wholeNumber),
    markers: steps.map((step) => curve.place("x", step) / theme.phoneWidth),
    pairs: pairs.length,
    quantum,
    frames: base64(compressed(frames, pairs)),
    cluster: base64(Uint8Array.from(pairs, (pair) => frames.cluster[pair])),
    degree: base64(Uint8Array.from(pairs, (pair) => frames.degree[pair])),
    density,
    clusters: frames.clusters.map(({ encoder, decoder, colour, sign }) => ({
      label: `${sign === 0 ? "centre" : "corner"} (${roundedTo(encoder, frames.reach.x / 10)}, ${
        roundedTo(decoder, frames.reach.y / 10)
      })`,
      colour,
      ground: sign === 0,
    })),
    degrees: Array.from({ length: largestDegree + 1 }, (_, degree) => ({
      label: significant(degree),
      colour: `level-${levelOf(degree)}`,
    })),
  };
  return htmlDocument({ title: `${name}: the training – Pinfield`, body, data, script, wide: true });
}

const densityButton = '<button id="density" type="button" >Hide the density</button>\n';

function densityKey(frames: MovieFrames): string {
  const { cells } = densityLayer(frames)!;
  const key = renderPlot(
    ramp("1 pair", `${wholeNumber(fullestCell(frames))} pairs`),
    "density-ramp",
    "Colours of counts",
  );
  return `<div id="density-key" class="note"><div>${key.svg}</div>
Colour counts all ${wholeNumber(frames.population)} pairs <span id="density-step"></span> in the logarithm, in the cells
of a grid, ${cells} × ${cells}, that just holds them. Points are then the pairs that end in a
corner, or those with trails.</div>
`;
}

/** Whole numbers, frame by frame: all encoder weights, then all decoder weights, as differences from the frame before. */
function compressed({ encoder, decoder, middle, reach }: MovieFrames, pairs: readonly number[]): Uint8Array {
  const count = pairs.length;
  const differences = new Int16Array(2 * count * encoder.length);
  const before = new Int16Array(2 * count);
  let next = 0;
  for (let frame = 0; frame < encoder.length; frame++) {
    for (let index = 0; index < 2 * count; index++) {
      const fraction = index < count
        ? (encoder[frame][pairs[index]] - middle.x) / reach.x
        : (decoder[frame][pairs[index - count]] - middle.y) / reach.y;
      const value = Math.round(quantum * fraction);
      differences[next++] = value - before[index];
      before[index] = value;
    }
  }
  return deflateRawSync(new Uint8Array(differences.buffer), { level: 9 });
}

const base64 = (bytes: Uint8Array) => bytes.toBase64();

const cssShare = (fraction: number) => `${(100 * fraction).toFixed(4)}%`;

/** Where the frame of a plot lies, as a share of the plot. */
function placedOver(height: number): string {
  const { marginLeft, marginRight } = margins;
  return `left:${cssShare(marginLeft / theme.phoneWidth)};` +
    `width:${cssShare((theme.phoneWidth - marginLeft - marginRight) / theme.phoneWidth)};${verticallyOver(height)}`;
}

function verticallyOver(height: number): string {
  const { marginTop, marginBottom } = margins;
  return `top:${cssShare(marginTop / height)};height:${cssShare((height - marginTop - marginBottom) / height)}`;
}
