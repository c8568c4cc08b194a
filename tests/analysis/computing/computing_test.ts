import { join } from "node:path";
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { hiddenLayer } from "../../../analysis/computing/designs.ts";
import { measureComputing } from "../../../analysis/computing/computing.ts";
import { computingSection } from "../../../analysis/computing/computing_section.ts";
import { fittedReadOut } from "../../../analysis/computing/fitted_read_out.ts";
import { type Computer, functionScores } from "../../../analysis/computing/function_scores.ts";
import { measureLayers } from "../../../analysis/computing/layers.ts";
import { bestLinearReadOut, linearLayer } from "../../../analysis/computing/linear_read_out.ts";
import { analyseRun } from "../../../analysis/report/analyse_run.ts";
import { readAnalysis } from "../../../analysis/report/analysis.ts";
import { drawRun } from "../../../figures/page/gallery.ts";
import { type BooleanOptions, type PairFunction, pairOutputs } from "../../../models/data/pair_functions.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { add } from "../../../models/graph/elementwise_ops.ts";
import { matmul } from "../../../models/graph/linear_algebra_ops.ts";
import { layered } from "../../../models/network/layered.ts";
import { randomStream } from "../../../models/random.ts";
import { createRun } from "../../../models/run/create_run.ts";
import { trainRun } from "../../../models/run/training_run.ts";
import { inFolder } from "../../tasks/run_task.ts";

const [features, hidden, outputs] = [12, 24, 40];

function config(task: object = {}, model: object = {}) {
  return parseConfig({
    name: "computing",
    model: { name: "layered", features, hidden, outputs, activation: "relu", ...model },
    task: { name: "boolean", activeFeatures: 3, ...task },
    training: { steps: 200, batch: 128, initialScale: 1 },
  }, "test");
}

const taskOf = ({ task }: ReturnType<typeof config>) => task as BooleanOptions;

for (const name of ["and", "or", "xor"] as const) {
  Deno.test(`bestLinearReadOut() of ${name} is what it scores on samples, and no other weights are better`, async () => {
    const experiment = config({ functions: [name], noiseVariance: 0.02 });
    const { weights, bias } = linearLayer(experiment, taskOf(experiment), outputs);
    const score = (factor: number, shift: number, thresholds: boolean) =>
      functionScores(experiment, taskOf(experiment), {
        arrays: {
          weights: { data: weights.map((value) => factor * value), shape: [features, outputs] },
          bias: { data: bias.map((value) => value + shift), shape: [1, outputs] },
        },
        output: ({ weights, bias }, x) => add(matmul(x, weights), bias),
      }, { samples: 8192, thresholds });
    const { explained } = bestLinearReadOut(experiment, name);
    const { explained: { value, error }, accuracy } = await score(1, 0, true);
    assertAlmostEquals(value, explained, 4 * error);
    for (const [factor, shift] of [[1.1, 0], [0.9, 0], [1, 0.05], [1, -0.05]]) {
      assertLess((await score(factor, shift, false)).explained.value, value);
    }
    // One threshold cannot tell XOR: of the four states of a pair at most three are right.
    if (name === "xor") assertLess(accuracy.value, 0.78);
    else assertGreater(accuracy.value, 0.9);
  });
}

/** A network without noise whose layers pass x on, add up the pairs of a neuron, and put each function out. */
function exactNetwork(functions: readonly { readonly output: number; readonly pair: readonly [number, number] }[]) {
  const model = { features, hidden: outputs, layers: 2, outputs, biases: true, activation: "relu" };
  const parameters = Object.fromEntries(
    Object.entries(layered.parameters(model)).map(([name, { shape }]) => [name, new Float32Array(shape[0] * shape[1])]),
  );
  for (let feature = 0; feature < features; feature++) parameters.layer1[feature * outputs + feature] = 1;
  for (const { output, pair } of functions) {
    for (const feature of pair) parameters.layer2[feature * outputs + output] = 1;
    parameters.layer2Bias[output] = -1;
    parameters.layer3[output * outputs + output] = 1;
  }
  return parameters;
}

Deno.test("functionScores() gives a network that computes AND exactly 1, and one that returns the best constant 0", async () => {
  const experiment = config({ noiseVariance: 0 }, { hidden: outputs });
  const functions = pairOutputs(features, outputs, taskOf(experiment));
  const parameters = exactNetwork(functions);
  const specs = layered.parameters({ ...experiment.model, layers: 2, biases: true });
  const computer = (parameters: Record<string, Float32Array>): Computer => ({
    arrays: Object.fromEntries(
      Object.entries(parameters).map(([name, data]) => [name, { data, shape: specs[name].shape }]),
    ),
    output: (arrays, x) => layered.forward(arrays, x, { ...experiment.model, layers: 2, biases: true }).output,
  });
  const exact = await functionScores(experiment, taskOf(experiment), computer(parameters), { samples: 2048 });
  assertEquals([exact.explained.value, exact.accuracy.value, exact.byFunction.length], [1, 1, outputs]);
  const chance = 3 * 2 / (features * (features - 1));
  const constant = 16 * chance / (16 * chance + 1 - chance);
  const silent = { ...parameters, layer3: new Float32Array(parameters.layer3.length) };
  const bias = new Float32Array(outputs).fill(constant);
  const none = await functionScores(experiment, taskOf(experiment), computer({ ...silent, layer3Bias: bias }), {
    samples: 16384,
    thresholds: false,
  });
  assertAlmostEquals(none.explained.value, 0, 4 * none.explained.error);
  const learned = { config: experiment, parameters, device: "cpu" } as const;
  const { methods, functionsAbove } = (await measureComputing(learned, { samples: 4096, trial: 4096 }))!;
  assertEquals([methods[0].explained.value, functionsAbove], [1, 1]);
  assert(methods.slice(1).every(({ explained }) => explained.value <= 1));
});

Deno.test("fittedReadOut() computes what the layer holds: everything, what is linear, or nothing", async () => {
  const functions = (name: PairFunction) => config({ functions: [name], noiseVariance: 0.02 });
  const scoreOf = async (experiment: ReturnType<typeof config>, layer: { weights: Float32Array; bias: Float32Array }) =>
    (await functionScores(experiment, taskOf(experiment), await fittedReadOut(experiment, taskOf(experiment), layer), {
      samples: 16384,
      thresholds: false,
    })).explained;
  const quiet = config({ noiseVariance: 0 });
  const design = {
    kind: "dedicated",
    width: outputs,
    featuresPerNeuron: 2,
    signed: false,
    threshold: 1,
    scale: 1,
  } as const;
  const dedicated = hiddenLayer(
    design,
    features,
    pairOutputs(features, outputs, taskOf(quiet)),
    randomStream(0, "test"),
  );
  assertGreater((await scoreOf(quiet, dedicated)).value, 0.999);
  // ReLU far above its threshold is linear: relu(x + 5) = x + 5.
  const identity = Float32Array.from({ length: features ** 2 }, (_, index) => index % (features + 1) === 0 ? 1 : 0);
  for (const name of ["and", "xor"] as const) {
    const { value, error } = await scoreOf(functions(name), {
      weights: identity,
      bias: new Float32Array(features).fill(5),
    });
    assertAlmostEquals(value, bestLinearReadOut(functions(name), name).explained, 4 * error + 0.005);
  }
  const dead = { weights: new Float32Array(features * 3), bias: new Float32Array(3) };
  const { value, error } = await scoreOf(functions("and"), dead);
  assertAlmostEquals(value, 0, 4 * error + 0.005);
});

Deno.test("measureLayers() finds the signs that were planted in each layer, and that a function's neuron hears its features", () => {
  const experiment = config({}, { hidden: outputs });
  const { normal } = randomStream(1, "planted layers");
  const exact = exactNetwork(pairOutputs(features, outputs, taskOf(experiment)));
  const parameters = Object.fromEntries(
    Object.entries(exact).map(([name, values]) => [name, values.map((value) => value + 0.03 * normal())]),
  );
  const { layers, hearing } = measureLayers({ config: experiment, parameters })!;
  assertEquals(layers.map(({ name, shape }) => [name, ...shape]), [
    ["layer1", features, outputs],
    ["layer2", outputs, outputs],
    ["layer3", outputs, outputs],
  ]);
  assertEquals(layers.map(({ histogram }) => histogram.reduce((a, b) => a + b)), [480, 1600, 1600]);
  const [, second, third] = layers;
  assertEquals(second.signs!.intoCounts, [0, 0, outputs]);
  assertEquals(third.signs!.intoCounts, [0, outputs]);
  assertAlmostEquals(second.signs!.amplitude.value, 1, 0.02);
  assertEquals(second.signs!.purity.value, 1);
  assertGreater(hearing!.observed, hearing!.nullMean + 10 * hearing!.nullSd);
});

Deno.test("a layered run is measured, judged and drawn; a denoiser has neither section", async () => {
  await inFolder(async (folder) => {
    const run = await createRun(join(folder, "computing"), config({}, { features: 6, hidden: 5, outputs: 12 }));
    await trainRun(run);
    const { computing, layers, loss } = await analyseRun(run);
    assertEquals(
      JSON.stringify(await readAnalysis(run)),
      JSON.stringify({ ...await readAnalysis(run), computing, layers }),
    );
    assertEquals(computing!.methods.map(({ name, neurons }) => [name, neurons]), [
      ["learned", 10],
      ["linear", 0],
      ["random", 5],
      ["dedicated", 5],
      ["random", 10],
      ["dedicated", 10],
    ]);
    const { value } = computing!.methods[0].explained;
    // The share of the loss that is taken away is that of the held-out loss of all functions.
    const chance = 3 * 2 / (6 * 5);
    const constant = 12 * 16 * chance * (1 - chance) / (16 * chance + 1 - chance);
    assertAlmostEquals(value, 1 - loss!.heldOut.data / constant, 0.02);
    assertEquals((await drawRun(run)).map(({ name }) => name), ["computing", "layers", "loss-curve", "embedding"]);
    const [{ verdict }] = computingSection.verdicts!(computing!, await run.readConfig());
    assertEquals(verdict, "not supported");
  });
  const denoiser = parseConfig({ name: "plain", model: { features: 4, hidden: 2 }, training: { steps: 1 } }, "test");
  const subject = { config: denoiser, parameters: {}, device: "cpu" } as const;
  assertEquals([await measureComputing(subject), measureLayers(subject)], [null, null]);
});
