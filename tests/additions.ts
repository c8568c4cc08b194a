/** One new entry of each kind that the project can be extended by: the file, and its line in the table. */

/** A file of its own, the table that names it, and under which name. */
export interface Addition {
  /** What is added. */
  readonly kind: string;
  readonly file: string;
  readonly text: string;
  /** The file of the table, and how the table begins. */
  readonly table: readonly [file: string, opening: string];
  /** The line in the table. */
  readonly line: string;
  /** The line that imports it, where the table needs it. */
  readonly import?: string;
}

export const additions: readonly Addition[] = [
  {
    kind: "activation",
    file: "models/network/activations/wave.ts",
    text: `import { exp, multiply, negate, square } from "../../graph/elementwise_ops.ts";
import type { Activation } from "./activation.ts";

/** z·exp(−z²). */
export const wave: Activation = {
  odd: true,
  smooth: true,
  apply: (z) => multiply(z, exp(negate(square(z)))),
};
`,
    table: ["models/network/activations/activations.ts", 'registry("activation", {'],
    line: "  wave,",
    import: 'import { wave } from "./wave.ts";',
  },
  {
    kind: "loss",
    file: "models/losses/quartic.ts",
    text: `import { z } from "zod";
import { add, multiply, square, subtract } from "../graph/elementwise_ops.ts";
import { gatherAlongRows, reduceSum } from "../graph/layout_ops.ts";
import { type Loss, type Ridges, ridges } from "./loss.ts";

/** The options of the quartic loss. */
export interface QuarticOptions extends Ridges {
  /** Weight of the coordinates in the support. @default 4 */
  readonly emphasis: number;
}

/** The fourth power of the error, those of the support weighted. */
export const quartic: Loss<QuarticOptions> = {
  options: z.strictObject({ ...ridges, emphasis: z.number().positive().default(4) }),
  dense(output, { support }, { emphasis }) {
    const onSupport = gatherAlongRows(output, support);
    const all = reduceSum(square(square(output)), { axes: [1] });
    const off = subtract(all, reduceSum(square(square(onSupport)), { axes: [1] }));
    const on = reduceSum(square(square(subtract(onSupport, 1))), { axes: [1] });
    return { data: add(multiply(on, emphasis), off), parts: { on, off } };
  },
};
`,
    table: ["models/losses/losses.ts", "ownLosses = {"],
    line: "  quartic,",
    import: 'import { quartic } from "./quartic.ts";',
  },
  {
    kind: "optimiser",
    file: "models/optimizers/heavy_ball.ts",
    text: `import { z } from "zod";
import { add, multiply, subtract } from "../graph/elementwise_ops.ts";
import type { Optimizer } from "./optimizer.ts";

/** The options of the heavy ball. */
export interface HeavyBallOptions {
  /** Share of a step that the next one repeats. @default 0.9 */
  readonly momentum: number;
}

/** Gradient descent that keeps its speed. */
export const heavyBall: Optimizer<HeavyBallOptions> = {
  options: z.strictObject({ momentum: z.number().min(0).lt(1).default(0.9) }),
  slots: ["velocity"],
  coefficients: (_step, learningRate) => ({ learningRate }),
  update({ parameter, gradient, slots, coefficients: { learningRate }, options: { momentum } }) {
    const velocity = add(multiply(slots.velocity, momentum), multiply(gradient, learningRate));
    return { parameter: subtract(parameter, velocity), slots: { velocity } };
  },
};
`,
    table: ["models/optimizers/optimizers.ts", "ownOptimizers = {"],
    line: '  "heavy-ball": heavyBall,',
    import: 'import { heavyBall } from "./heavy_ball.ts";',
  },
  {
    kind: "schedule",
    file: "models/schedules/linear.ts",
    text: `import { z } from "zod";
import type { Schedule } from "./schedule.ts";

/** From the peak in a straight line to almost 0. */
export const linear: Schedule = {
  options: z.strictObject({}),
  rate: (step, steps, peak) => peak * (steps + 1 - step) / steps,
};
`,
    table: ["models/schedules/schedules.ts", "ownSchedules = {"],
    line: "  linear,",
    import: 'import { linear } from "./linear.ts";',
  },
  {
    kind: "network",
    file: "models/network/two_layers.ts",
    text: `import { z } from "zod";
import { matmul } from "../graph/linear_algebra_ops.ts";
import { labelled } from "../graph/tensor.ts";
import { activations } from "./activations/activations.ts";
import type { DenoiserOptions } from "./denoiser.ts";
import type { Network } from "./network.ts";

/** The options of the network with two hidden layers. */
export interface TwoLayersOptions extends DenoiserOptions {
  /** Neurons of the second hidden layer. */
  readonly second: number;
}

/** Linear | φ | Linear | φ | Linear. */
export const twoLayers: Network<TwoLayersOptions> = {
  options: z.strictObject({
    features: z.int().positive(),
    hidden: z.int().positive(),
    second: z.int().positive(),
    activation: z.string().default("tanh"),
  }),
  parameters: ({ features, hidden, second }) => ({
    below: { shape: [features, hidden] },
    between: { shape: [hidden, second] },
    above: { shape: [second, features], ridge: "decoderRidge" },
  }),
  forward({ below, between, above }, x, { activation }) {
    const { apply } = activations.get(activation);
    const first = labelled("first", () => apply(matmul(x, below)));
    const second = labelled("second", () => apply(matmul(first, between)));
    return { first, second, output: matmul(second, above) };
  },
};
`,
    table: ["models/network/networks.ts", "ownNetworks = {"],
    line: '  "two-layers": twoLayers,',
    import: 'import { twoLayers } from "./two_layers.ts";',
  },
  {
    kind: "data source",
    file: "models/data/neighbours.ts",
    text: `import { z } from "zod";
import { add, greaterOrEqual, subtract, where } from "../graph/elementwise_ops.ts";
import { concatenate } from "../graph/layout_ops.ts";
import { randomNormal } from "../graph/random_ops.ts";
import type { DataSource } from "./data_source.ts";
import { kHot, type KHotOptions, sampleSupports } from "./k_hot.ts";

/** The options of neighbours: two are on, and noise is drawn, whatever those of the k-hot task say. */
export interface NeighbourOptions extends KHotOptions {
  /** How far the two stand apart. @default 1 */
  readonly distance: number;
}

/** Two features at a distance on a circle: correlated. */
export const neighbours: DataSource<NeighbourOptions> = {
  options: z.strictObject({ ...kHot.options.shape, distance: z.int().positive().default(1) }),
  inputs: () => ({}),
  draw({ features, batch, supportsPerNoise }, { noiseVariance, distance }, _inputs, nextSeed) {
    const first = sampleSupports(features, 1, batch, nextSeed);
    const next = add(first, distance);
    const second = where(greaterOrEqual(next, features), subtract(next, features), next);
    return {
      support: concatenate([first, second], 1),
      noise: randomNormal("float32", [batch / supportsPerNoise, features], Math.sqrt(noiseVariance), nextSeed),
    };
  },
};
`,
    table: ["models/data/data_sources.ts", "ownDataSources = {"],
    line: "  neighbours,",
    import: 'import { neighbours } from "./neighbours.ts";',
  },
  {
    kind: "figure",
    file: "figures/charts/weights/largest_weights.ts",
    text: `import * as Plot from "@observablehq/plot";
import { max, range } from "d3-array";
import type { Weights } from "../../../models/network/network_weights.ts";
import { margins, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

/** The largest encoder weight of every feature. */
export const largestWeights: Chart<Weights> = chart(draw, ({ weights }) => weights);

function draw({ features, hidden, encoder }: Weights): Figure {
  const largest = range(features).map((i) => max(encoder.subarray(i * hidden, (i + 1) * hidden), Math.abs)!);
  const plot: Plot.PlotOptions = {
    ...margins,
    height: 200,
    x: xAxis("feature"),
    y: yAxis("largest |E|", { zero: true }),
    marks: [Plot.dot(largest, { x: (_, i) => i, y: (value) => value, fill: theme.blue })],
  };
  const text = { name: "largest-weights", title: "The largest weights", caption: "One dot a feature.", tables: [] };
  return gridFigure(text, [plot]);
}
`,
    table: ["figures/charts/charts.ts", "charts = {"],
    line: "  largestWeights,",
    import: 'import { largestWeights } from "./weights/largest_weights.ts";',
  },
  {
    kind: "section",
    file: "analysis/signs/norms_section.ts",
    text: `import { z } from "zod";
import type { Section } from "../report/section.ts";

/** Key \`norms\` of \`analysis.json\`. */
export interface NormsData {
  /** ‖E‖². */
  readonly encoder: number;
}

/** How large the weights are. */
export const normsSection: Section<NormsData> = {
  title: "Norms",
  schema: z.strictObject({ encoder: z.number() }),
  analyse: ({ weights: { encoder } }) => ({ encoder: encoder.reduce((sum, value) => sum + value * value, 0) }),
  summarise: ({ encoder }) => \`The squared norm of the encoder is \${encoder}.\`,
};
`,
    table: ["analysis/report/sections.ts", "ownSections = {"],
    line: "  norms: normsSection,",
    import: 'import { normsSection } from "../signs/norms_section.ts";',
  },
  {
    kind: "operation",
    file: "models/graph/arctangent.ts",
    text: `import { operation, type Tensor } from "./tensor.ts";

/** The angle whose tangent is x. */
export function arctangent(x: Tensor): Tensor {
  return operation("Atan", [x], [{ type: x.type, shape: x.shape }])[0];
}
`,
    table: ["models/graph/gradients.ts", "gradientRules: Readonly<Record<string, GradientRule>> = {"],
    line: "  Atan: (g, [x]) => [divide(g, add(1, square(x)))],",
  },
];

/** A script that trains with all of them, measures and draws; it prints what came of it as JSON. */
export const trial = `import {
  analyseRun, charts, type Config, createRun, drawRun, forward, graph, initialState, parseConfig, runOnce, train, trainRun,
} from "./mod.ts";
import { arctangent } from "./models/graph/arctangent.ts";

const common = {
  task: { name: "neighbours", distance: 3, noiseVariance: 0 },
  loss: { name: "quartic", emphasis: 8, decoderRidge: 0 },
  optimizer: { name: "heavy-ball", momentum: 0.5, learningRate: 0.01 },
  schedule: { name: "linear" },
  training: { steps: 20, batch: 64, initialScale: 1 },
};
const deep: Config = parseConfig({
  name: "deep",
  model: { name: "two-layers", features: 8, hidden: 6, second: 7, activation: "wave" },
  ...common,
}, "trial");
const deepRun = await createRun("runs/deep", deep);
const finished = await trainRun(deepRun);
const rows = await deepRun.readMetrics();
const parameters = initialState(deep).tensors;
const layers = await forward(
  deep,
  { below: parameters.below.data, between: parameters.between.data, above: parameters.above.data },
  new Float32Array(3 * 8),
);

const flat = parseConfig({ name: "flat", model: { features: 8, hidden: 6, activation: "wave" }, ...common }, "trial");
const run = await createRun("runs/flat", flat);
await trainRun(run);
const analysis = await analyseRun(run, { only: ["clusters", "norms"] });
const figures = await drawRun(run);

const x = graph.input("x", "float32", []);
const [slope] = graph.gradient(arctangent(x), [x]);
const slopes = await runOnce(graph.serialize({ name: "slope", inputs: { x }, outputs: { slope } }), {
  x: { data: Float32Array.of(3), shape: [] },
});

console.log(JSON.stringify({
  finished,
  slope: slopes.slope.data[0],
  objectives: [rows[0].objective, rows[rows.length - 1].objective],
  parts: Object.keys(rows[0]),
  layers: Object.entries(layers).map(([name, values]) => [name, values.length]),
  norms: analysis.norms!.encoder,
  figures: figures.map(({ name }) => name),
  summary: await run.readText("summary.md"),
  // Typed from the tables: these lines are checked, not run.
  typed: deep.model.name === "two-layers" && deep.loss.name === "quartic" && deep.model.second + deep.loss.emphasis,
  chart: charts.largestWeights(await run.readWeights()).title,
}));
`;
