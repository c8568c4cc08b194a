import { assertEquals, assertThrows } from "@std/assert";
import { promptSections } from "../../../../analysis/report/sections.ts";
import { parseSweep } from "../../../../analysis/study/sweep/sweep.ts";
import { sweepPoints } from "../../../../analysis/study/sweep/sweep_points.ts";
import { sweepTexts } from "../../../../analysis/study/sweeps/texts.ts";
import { UsageError } from "../../../../models/errors.ts";

const points = (text: string) => sweepPoints(parseSweep(text, "test.yaml"));
const names = (text: string) => points(text).map(({ config }) => config.name);

Deno.test("sweepPoints() takes every combination of the grid, of each all seeds", () => {
  const all = points(`{ preset: quick, set: { training.steps: 5 }, seeds: [3, 7],
    grid: { model.hidden: [8, 16], task.noiseVariance: [0, 0.01] } }`);
  assertEquals(
    all.map(({ config: { model, task, training } }) => [model.hidden, task.noiseVariance, training.seed]),
    [8, 16].flatMap((hidden) => [0, 0.01].flatMap((noise) => [3, 7].map((seed) => [hidden, noise, seed]))),
  );
  assertEquals(new Set(all.map(({ config }) => config.training.steps)), new Set([5]));
  assertEquals(all[1].config.name, "hidden-8-noise-variance-0-seed-7");
  assertEquals(all[1].settings, { "model.hidden": 8, "task.noiseVariance": 0 });
});

Deno.test("sweepPoints() sets several keys by one value of an axis", () => {
  const [, second] = points(`{ preset: quick, grid: { size: [
    { model.features: 12, model.hidden: 8 }, { model.features: 24, model.hidden: 16 }] } }`);
  assertEquals([second.config.model.features, second.config.model.hidden], [24, 16]);
  assertEquals(second.config.name, "features-24-hidden-16");
});

Deno.test("sweepPoints() draws the same random points again, also when there are more of them or more keys", () => {
  const drawn = (count: number, more = "") =>
    points(`{ preset: quick, random: { points: ${count}, seed: 5, keys: {
      optimizer.learningRate: { from: 0.001, to: 0.1, scale: log },
      training.batch: { from: 16, to: 64, whole: true }${more} } } }`).map(({ config }) => config);
  const [few, many] = [drawn(3), drawn(40, ", model.activation: [tanh, tanh-cubed]")];
  const numbers = (configs: typeof few) => configs.map((c) => [c.optimizer.learningRate, c.training.batch]);
  assertEquals(numbers(many).slice(0, 3), numbers(few));
  assertEquals(many.every(({ optimizer: { learningRate } }) => learningRate >= 0.001 && learningRate <= 0.1), true);
  assertEquals(new Set(many.map(({ model }) => model.activation)), new Set(["tanh", "tanh-cubed"]));
  assertEquals(many.every(({ training: { batch } }) => Number.isInteger(batch) && batch >= 16 && batch <= 64), true);
  // All ratios are as likely: half of the points lie below the geometric mean, give or take 3 spreads of 3.2.
  const below = many.filter(({ optimizer: { learningRate } }) => learningRate < 0.01).length;
  assertEquals(below > 10 && below < 30, true, String(below));
});

Deno.test("sweepPoints() takes listed points with presets, names and sections of their own", () => {
  const all = points(`{ preset: quick, sections: [loss], points: [
    { model.hidden: 32 }, { preset: laptop, sections: [prompt, residuals] }, { name: mine, preset: laptop, training.steps: 7 }] }`);
  assertEquals(all.map(({ config, keys }) => [config.name, keys.join()]), [
    ["hidden-32", "loss"],
    ["laptop", [...promptSections, "residuals"].join()],
    ["mine", "loss"],
  ]);
  assertEquals(all.map(({ config }) => config.model.features), [256, 512, 512]);
});

Deno.test("sweepPoints() refuses two points of one name, and settings that do not fit", () => {
  const twice = "{ points: [{ preset: quick }, { preset: quick, training.steps: 3 }] }";
  assertThrows(() => points(twice), UsageError, "Two points of test are called quick");
  assertThrows(() => points("{ preset: quick, grid: { model.width: [3] } }"), UsageError, "unknown key model.width");
  assertThrows(() => points("{ preset: quick, grid: { task.activeFeatures: [300] } }"), UsageError, "activeFeatures");
});

Deno.test("parseSweep() says what is wrong in one sentence", () => {
  const refusals: readonly [string, string][] = [
    ["{ preset: quick, grids: {} }", "test.yaml: unknown key grids; a sweep has name, description,"],
    ["{ grid: { model.hidden: [3] } }", "test.yaml: names no experiment"],
    ["{ preset: quick, config: a.yaml }", "exclude each other"],
    ["{ preset: quick, sections: [signs, spins] }", 'there is no section "spins"; choose from prompt, all, loss'],
    ["{ preset: quick, grid: { model.hidden: [] } }", "test.yaml: grid.model.hidden: "],
    ["{ preset: quick, sections: [] }", "test.yaml: sections: name one section or more"],
    ["{ preset: quick, seeds: 0 }", "test.yaml: seeds: "],
    ["{ preset: quick, random: { points: 2, keys: { a: { from: 0, to: 1, scale: log } } } }", "random.keys.a"],
    ["preset: [", "test.yaml: not valid YAML"],
    ["{ preset: quick, figures: [{ kind: pie, name: a, title: b }] }", "test.yaml: figures.0"],
  ];
  for (const [text, message] of refusals) assertThrows(() => parseSweep(text, "test.yaml"), UsageError, message);
});

Deno.test("the names of points are short, and differ where their settings do", () => {
  const long = `{ preset: quick, grid: { optimizer.learningRate: [0.01, 0.02], x: [{ ${
    [
      "model.features: 300",
      "model.hidden: 200",
      "loss.decoderRidge: 0.0123456",
      "training.batch: 150",
      "loss.lambdaOn: 17",
    ]
      .concat(["training.initialScale: 0.025", "training.steps: 123456"]).join(", ")
  } }] } }`;
  const [first, second] = names(long);
  assertEquals(first === second, false);
  assertEquals([/^point-[0-9a-f]+$/.test(first), /^point-[0-9a-f]+$/.test(second)], [true, true]);
});

Deno.test("every sweep that comes with the project is valid, and named as its file", () => {
  for (const [name, text] of Object.entries(sweepTexts)) {
    const sweep = parseSweep(text, `${name}.yaml`);
    assertEquals(sweep.name, name);
    assertEquals(sweepPoints(sweep).length > 1, true, name);
  }
});
