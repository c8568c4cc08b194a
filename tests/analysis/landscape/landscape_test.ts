import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { findClusters } from "../../../analysis/clusters/clusters.ts";
import { matrices, type WeightVector } from "../../../analysis/derivatives/weight_vector.ts";
import { byCluster } from "../../../analysis/displacements/displacement_clusters.ts";
import { answering } from "../../../analysis/landscape/answers.ts";
import { analyseLandscape } from "../../../analysis/landscape/landscape.ts";
import { landscapeSchema } from "../../../analysis/landscape/landscape_schema.ts";
import { landscapeVerdicts } from "../../../analysis/landscape/landscape_verdicts.ts";
import { landscapeSection } from "../../../analysis/landscape/landscape_section.ts";
import { waypointsIn, waypointsInMemory } from "../../../analysis/landscape/waypoints.ts";
import { extractSigns } from "../../../analysis/signs/signs.ts";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { randomStream } from "../../../models/random.ts";
import { train } from "../../../models/training/trainer.ts";
import { stateAt, weightsOf } from "../../../models/training/training_state.ts";
import { createRun } from "../../../models/run/create_run.ts";
import { bruteForceObjective } from "../../models/training/brute_force.ts";
import { inFolder } from "../../tasks/run_task.ts";

const size = { features: 16, hidden: 8 };
const config = parseConfig({
  name: "tiny",
  model: size,
  task: { noise: "averaged", supports: "balanced", noiseVariance: 0.01 },
  optimizer: { learningRate: 0.03 },
  training: { steps: 1500, batch: 120, chunk: 1500 },
}, "test");

/** A network that has settled, its S, and where it began: at a planted S with every feature on two neurons. */
async function settled() {
  const planted = iidSigns({ ...size, edges: 2 * size.features }, randomStream(12));
  let state = stateAt(config, {
    encoder: Float32Array.from(planted.entries, (sign) => 1.6 * sign),
    decoder: Float32Array.from(planted.entries, (sign) => 0.4 * sign),
  });
  for await (const chunk of train(config, { from: state })) ({ state } = chunk);
  const weights = weightsOf(config, state);
  return { weights, signs: extractSigns(weights, { threshold: 0.8 }) };
}

const plan = {
  starts: ["learned", "perturbed1"],
  trainings: 0.01,
  rateShare: 0.3,
  forceLeft: 1e-3,
  mostSteps: 6,
  stepsAsARule: 1,
  newtonSteps: 5,
  products: 8,
} as const;

const waypoints = waypointsInMemory();
/** All tests look at one landscape. */
let measured: ReturnType<typeof measure> | undefined;
const landscape = () => measured ??= measure();
async function measure() {
  const { weights, signs } = await settled();
  const data = await analyseLandscape(weights, config, signs, {
    plan,
    waypoints,
    seed: 1,
    device: "cpu",
    report: () => {},
  });
  return { weights, data };
}

Deno.test("analyseLandscape() goes down on what an independent objective in double precision says too", async () => {
  const { weights, data: { continued, descents: [{ objective, before, steps }] } } = await landscape();
  const { weights: end } = (await waypoints.read("learned", weights))!;
  assertEquals(steps, plan.mostSteps);
  assertEquals(continued.steps, plan.trainings * config.training.steps);
  const { weights: settled } = (await waypoints.read("settled", weights))!;
  assertAlmostEquals(continued.objective, bruteForceObjective(config, settled), 1e-3);
  assertLess(continued.forceAfter.decoder, 1);
  const [first, last] = [bruteForceObjective(config, weights), bruteForceObjective(config, end)];
  // What the exact objective leaves out of the noise's covariances is as large as that here.
  assertAlmostEquals(before, first, 1e-3);
  assertAlmostEquals(objective, last, 1e-3);
  assertGreater(before - objective, 0.005);
  assertAlmostEquals(before - objective, first - last, 0.1 * (first - last));
});

Deno.test("analyseLandscape() says how far the ends are from each other, and where the softest directions are", async () => {
  const { data: { descents, modes } } = await landscape();
  assertEquals(descents.map(({ start }) => start), [...plan.starts]);
  assertEquals(descents[0].distance.encoder.corner, 0);
  assertGreater(descents[1].distance.encoder.corner, 0);
  assertGreater(descents[1].before, descents[1].objective);
  const places = matrices.flatMap((matrix) => Object.values(modes.weightOf[matrix]));
  assertAlmostEquals(places.reduce((sum, share) => sum + share), 1, 1e-4);
});

Deno.test("analyseLandscape() predicts displacements stage by stage, and splits the second order", async () => {
  const { data: { stages, answers, training } } = await landscape();
  assertEquals(stages.slice(0, 3).map(({ name }) => name), ["field", "local formula", "order 1"]);
  assertEquals(stages.at(-1)!.name, "Newton step 5");
  for (const matrix of matrices) {
    const shares = Object.values(answers[matrix].centre).flatMap((byWho) => answering.map((who) => byWho[who]));
    assertAlmostEquals(shares.reduce((sum, share) => sum + share), 1, 1e-3);
    assertLess(training[matrix].centre.r2, 1);
  }
});

Deno.test("the landscape section reads back what it wrote, in words and verdicts", async () => {
  const { weights, data } = await landscape();
  assertEquals(landscapeSchema.parse(JSON.parse(JSON.stringify(data))), JSON.parse(JSON.stringify(data)));
  const text = landscapeSection.summarise(data, config);
  for (const word of ["L-BFGS", "Newton step 5", "walks of five edges"]) assert(text.includes(word), word);
  assertEquals(landscapeSection.verdicts!(data, config).length, 4);
  const nothing = await landscapeSection.analyse({
    config,
    weights,
    device: "cpu",
    clusters: findClusters(weights),
    signs: iidSigns({ ...size, edges: 0 }, randomStream(1)),
  });
  assertEquals(nothing, null);
});

Deno.test("landscapeVerdicts() ask for one minimum where S is the same, whatever descents to another S find", async () => {
  const { data } = await landscape();
  const first = { ...data.descents[0], force: { encoder: 0, decoder: 0 } };
  const ended = (created: number, distance: number) => ({
    ...first,
    changes: { created, pruned: 0, flipped: 0 },
    distance: byCluster(() => distance),
  });
  const verdictOf = (others: readonly ReturnType<typeof ended>[], softest: number) =>
    landscapeVerdicts({
      ...data,
      forceLeft: 1e-4,
      descents: [first, ...others],
      modes: { ...data.modes, values: [{ value: softest, residual: 0.01 }] },
    })[0].verdict;
  assertEquals(verdictOf([ended(0, 0.001)], 0.1), "supported");
  assertEquals(verdictOf([ended(0, 0.001), ended(3, 0.5)], 0.1), "supported");
  assertEquals(verdictOf([ended(0, 0.5)], 0.1), "not supported");
  assertEquals(verdictOf([ended(0, 0.001)], -0.1), "not supported");
  assertEquals(verdictOf([ended(0, 0.001)], 0.005), "open");
  assertEquals(verdictOf([ended(3, 0.5)], 0.1), "open");
});

Deno.test("waypointsIn() gives back what was kept of a start, and nothing to another start or objective", async () => {
  const { weights } = await landscape();
  await inFolder(async (folder) => {
    const run = await createRun(`${folder}/tiny`, config);
    const kept = waypointsIn(run, config);
    const start: WeightVector = weights;
    const point = { before: 7, weights: { encoder: weights.decoder, decoder: weights.encoder }, steps: 3, slopes: 5 };
    assertEquals(await kept.read("learned", start), undefined);
    await kept.write("learned", start, point);
    assertEquals(await kept.read("learned", start), point);
    assertEquals(await kept.read("learned", point.weights), undefined);
    const other = waypointsIn(run, { ...config, task: { ...config.task, noiseVariance: 0.03 } });
    assertEquals(await other.read("learned", start), undefined);
  });
});
