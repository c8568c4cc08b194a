import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { z } from "zod";
import * as library from "../mod.ts";
import { runFromWeb } from "./run_from_web.ts";

Deno.test("mod.ts trains presets and draws where it comes from the web, without a permission to read", async () => {
  const printed = await runFromWeb(
    (address) =>
      `import { charts, preset, renderFigure, train } from "${address}/mod.ts";
const small = { "model.features": 16, "model.hidden": 8, "training.steps": 2, "training.batch": 16 };
for await (const { state } of train(preset("quick", small))) console.log(state.step);
const rows = [{ step: 1, objective: 32, learningRate: 0.02 }, { step: 10, objective: 7, learningRate: 0.01 }];
console.log(renderFigure(charts.lossCurve(rows)).slice(0, 4));`,
    ["--allow-ffi", "--allow-env=LOG_TOKENS,LOG_STREAM"],
  );
  assertEquals(printed, "2\n<svg\n");
});

Deno.test("mod.ts has what users need by name, and nothing of the inside", () => {
  const names = new Set(Object.keys(library));
  const wanted = [
    ...["forward", "train", "trainRun", "createRun", "openRun", "continueRun", "readSnapshots", "heldOutLoss"],
    ...["activations", "losses", "optimizers", "schedules", "networks", "dataSources", "averagesByNodes", "ridges"],
    ...["newtonSteps", "sampledHessian", "exactHessian", "gaussianity", "charts", "renderFigure", "drawRun", "graph"],
  ];
  assertEquals(wanted.filter((name) => !names.has(name)), []);
  const inside = ["operation", "withinScope", "roofline", "stepWork", "executionProviders", "elementTypeCodes"];
  assertEquals(inside.filter((name) => names.has(name) || name in library.graph), []);
});

Deno.test("a script's own activation, loss, optimiser and schedule are trained with, once registered", async () => {
  const { activations, graph, losses, optimizers, ridges, schedules } = library;
  activations.register("sine", {
    odd: true,
    smooth: true,
    apply: (z) => graph.multiply(graph.tanh(z), graph.exp(graph.negate(graph.square(z)))),
  });
  // Σ (y − x*)², which learns nothing but to return zero: twice the support's size where y = 0.
  losses.register("doubled", {
    options: z.strictObject(ridges),
    dense(output, { support }) {
      const total = graph.reduceSum(graph.square(output), { axes: [1] });
      const on = graph.reduceSum(graph.gatherAlongRows(output, support), { axes: [1] });
      return { data: graph.multiply(graph.add(graph.subtract(total, graph.multiply(on, 2)), 2), 2), parts: { total } };
    },
  });
  optimizers.register("sign-descent", {
    options: z.strictObject({}),
    slots: [],
    coefficients: (_step, learningRate) => ({ learningRate }),
    update({ parameter, gradient, coefficients: { learningRate } }) {
      const sign = graph.where(graph.greater(gradient, 0), learningRate, graph.negate(learningRate));
      return { parameter: graph.subtract(parameter, sign), slots: {} };
    },
  });
  schedules.register("halving", {
    options: z.strictObject({}),
    rate: (step, _steps, peak) => peak / 2 ** (step - 1),
  });
  const config = library.parseConfig({
    name: "own",
    model: { features: 8, hidden: 4, activation: "sine" },
    loss: { name: "doubled", decoderRidge: 0 },
    optimizer: { name: "sign-descent", learningRate: 0.25 },
    schedule: { name: "halving" },
    training: { steps: 3, batch: 16 },
  }, "own");
  const start = library.initialState(config);
  const results = await Array.fromAsync(library.train(config));
  const [{ state, scalars }] = results;
  assertEquals(results.length, 1);
  assertAlmostEquals(scalars.data[0], 4, 0.01);
  assertEquals([...scalars.learningRate], [0.25, 0.125, 0.0625]);
  // Three steps of one size each, up or down: the sum is an odd multiple of the last.
  state.tensors.encoder.data.forEach((value, place) => {
    const moved = Math.abs(value - start.tensors.encoder.data[place]) / 0.0625;
    assert([1, 3, 5, 7].some((multiple) => Math.abs(moved - multiple) < 1e-4), String(moved));
  });
});
