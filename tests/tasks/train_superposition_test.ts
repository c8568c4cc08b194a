import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { openRun } from "../../mod.ts";
import { inFolder, readResult, runTask, taskCommand, type TaskResult } from "./run_task.ts";

const tiny = `
name: tiny
model: { features: 32, hidden: 16 }
training: { steps: 300, batch: 64, chunk: 20, checkpointSeconds: 0, seed: 5 }
`;

async function withTiny(body: (folder: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/tiny.yaml`, tiny);
    await body(folder);
  });
}

let whole: Promise<{ folder: string; trained: TaskResult }> | undefined;

/** The tiny experiment trained once, without an interruption, for all tests; none of them changes it. */
function wholeRun() {
  whole ??= (async () => {
    const folder = await Deno.makeTempDir({ prefix: "pinfield-" });
    await Deno.writeTextFile(`${folder}/tiny.yaml`, tiny);
    return { folder, trained: await runTask("train-superposition", folder, "--config", "tiny.yaml") };
  })();
  return whole;
}

Deno.test.afterAll(async () => {
  if (whole !== undefined) await Deno.remove((await whole).folder, { recursive: true });
});

/** Starts a training, sends it a signal once it has a checkpoint, and waits for its end. */
async function interrupted(folder: string, signal: Deno.Signal, ...words: string[]) {
  const process = taskCommand("train-superposition", folder, ...words).spawn();
  const checkpoints = `${folder}/runs/stopped/checkpoints`;
  for (let waited = 0; waited < 60_000; waited += 20) {
    const written = await Array.fromAsync(Deno.readDir(checkpoints)).catch(() => []);
    if (written.some(({ name }) => name.endsWith(".safetensors"))) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  process.kill(signal);
  return readResult(await process.output());
}

Deno.test("train-superposition leaves a whole run directory", async () => {
  const { folder, trained: { code, output, errors } } = await wholeRun();
  assertEquals(code, 0, errors);
  assertMatch(output, /held-out objective \d+\.\d+ ± \d+\.\d+/);
  assert(!output.includes("dead"), output);
  const run = await openRun(`${folder}/runs/tiny`);
  const files = [
    "metrics.jsonl",
    "weights.safetensors",
    "denoiser.onnx",
    "snapshots.safetensors",
    "analysis.json",
    "summary.md",
    "figures/headline.svg",
  ];
  for (const file of files) assert(await run.has(file), file);
  const metrics = await run.readMetrics();
  assertEquals(metrics.at(-1)!.step, 300);
  assert(metrics.at(-1)!.objective < 0.8 * metrics[0].objective);

  const again = await runTask("train-superposition", folder, "--config", "tiny.yaml");
  assertEquals(again.code, 2);
  assertStringIncludes(again.errors, "runs/tiny exists and would be replaced; go on with it by --resume, ");
});

Deno.test("train-superposition makes a run again from its config.yaml, bit for bit", async () => {
  const { folder } = await wholeRun();
  const copy = ["--config", "runs/tiny/config.yaml", "--name", "copy"];
  const { code, errors } = await runTask("train-superposition", folder, ...copy);
  assertEquals(code, 0, errors);
  const [first, second] = [await openRun(`${folder}/runs/tiny`), await openRun(`${folder}/runs/copy`)];
  assertEquals(await second.readWeights(), await first.readWeights());
});

Deno.test("the command in the summary makes a run again that was trained beside a pair", async () => {
  await withTiny(async (folder) => {
    await Deno.writeTextFile(`${folder}/paired.yaml`, `${tiny}pair: small-unfrustrated\n`);
    const words = ["--config", "paired.yaml", "--name", "mine", "--steps", "20", "--only", "superposition"];
    const { code, errors } = await runTask("train-superposition", folder, ...words);
    assertEquals(code, 0, errors);
    const run = await openRun(`${folder}/runs/mine`);
    assertEquals((await run.readConfig()).pair, "mine-small-unfrustrated");

    const [, command] = /^deno task train-superposition (.+)$/m.exec(await run.readText("summary.md"))!;
    assertStringIncludes(await run.readText("index.html"), command);
    const reproduced = await runTask("train-superposition", folder, ...command.split(" "));
    assertEquals(reproduced.code, 0, reproduced.errors);
    assertEquals(await (await openRun(`${folder}/runs/mine-again`)).readWeights(), await run.readWeights());

    const both = await runTask("train-superposition", folder, "--config", "runs/mine/config.yaml", "--name", "other");
    assertEquals(both.code, 2);
    assertStringIncludes(
      both.errors,
      "mine-small-unfrustrated is no preset; train without it by --only superposition.",
    );
  });
});

Deno.test("a run with a damaged analysis is one sentence, and stops no task of another run", async () => {
  await withTiny(async (folder) => {
    const short = ["--config", "tiny.yaml", "--steps", "20", "--name"];
    assertEquals((await runTask("train-superposition", folder, ...short, "damaged")).code, 0);
    await Deno.writeTextFile(`${folder}/runs/damaged/analysis.json`, '{"loss": 3, "pinningField": {"solves": []}}');
    const sentence = "runs/damaged/analysis.json: loss, pinningField are not as this Pinfield writes them " +
      "(expected object, received number); measure them again.";

    const trained = await runTask("train-superposition", folder, ...short, "other");
    assertEquals(trained.code, 0, trained.errors);
    assertStringIncludes(trained.errors, `damaged is left out of the page over all runs: ${sentence}`);
    const drawn = await runTask("figures", folder);
    assertEquals(drawn.code, 0, drawn.errors);
    assertStringIncludes(drawn.errors, `runs/damaged is not drawn: ${sentence}`);
    const page = await Deno.readTextFile(`${folder}/runs/index.html`);
    assert(page.includes("other/index.html") && !page.includes("damaged/index.html"));

    const refused = await runTask("figures", folder, "damaged");
    assertEquals([refused.code, refused.errors], [1, `figures: ${sentence}\n`]);
    const sections = ["loss", "clusters", "pinningField"].flatMap((key) => ["--only", key]);
    const healed = await runTask("analyse", folder, "damaged", ...sections);
    assertEquals(healed.code, 0, healed.errors);
    assertStringIncludes(await Deno.readTextFile(`${folder}/runs/index.html`), "damaged/index.html");
  });
});

/** Asserts that an interrupted run, gone on with to its end, is the uninterrupted one, bit for bit. */
async function assertWhole(path: string): Promise<void> {
  const { folder } = await wholeRun();
  const [run, uninterrupted] = [await openRun(path), await openRun(`${folder}/runs/tiny`)];
  assertEquals(await run.readWeights(), await uninterrupted.readWeights());
  assertEquals(await run.readBytes("snapshots.safetensors"), await uninterrupted.readBytes("snapshots.safetensors"));
  const objectives = async (of: typeof run) => (await of.readMetrics()).map(({ step, objective }) => [step, objective]);
  assertEquals(await objectives(run), await objectives(uninterrupted));
}

const stoppedEarly = "the training was over before it could be interrupted";

Deno.test("train-superposition goes on bit for bit after SIGINT", async () => {
  await withTiny(async (folder) => {
    const words = ["--config", "tiny.yaml", "--name", "stopped"];
    const stopped = await interrupted(folder, "SIGINT", ...words);
    assertEquals(stopped.code, 130, stopped.errors);
    assertStringIncludes(stopped.errors, "--config tiny.yaml --name stopped --resume");
    assert(!await (await openRun(`${folder}/runs/stopped`)).has("weights.safetensors"), stoppedEarly);
    const resumed = await runTask("train-superposition", folder, ...words, "--resume");
    assertEquals(resumed.code, 0, resumed.errors);
    await assertWhole(`${folder}/runs/stopped`);
  });
});

Deno.test("train-superposition goes on bit for bit after SIGKILL in a directory that was renamed, by its config.yaml or its name", async () => {
  await withTiny(async (folder) => {
    await interrupted(folder, "SIGKILL", "--config", "tiny.yaml", "--name", "stopped");
    const config = ["--config", "runs/renamed/config.yaml"];
    await Deno.rename(`${folder}/runs/stopped`, `${folder}/runs/renamed`);
    assert(!await (await openRun(`${folder}/runs/renamed`)).has("weights.safetensors"), stoppedEarly);
    const resumed = await runTask("train-superposition", folder, ...config, "--resume");
    assertEquals(resumed.code, 0, resumed.errors);
    assertStringIncludes(resumed.output, "runs/renamed\n");
    assertEquals(Array.from(Deno.readDirSync(`${folder}/runs`), ({ name }) => name).sort(), ["index.html", "renamed"]);
    assertStringIncludes(await Deno.readTextFile(`${folder}/runs/renamed/summary.md`), "# renamed\n");
    await assertWhole(`${folder}/runs/renamed`);
    const named = ["--config", "tiny.yaml", "--name", "renamed", "--resume"];
    const again = await runTask("train-superposition", folder, ...named);
    assertEquals(again.code, 0, again.errors);
  });
});

const mistakes: [string, string[], RegExp][] = [
  ["an unknown option", ["--preste", "quick"], /no option --preste/],
  ["an unknown preset", ["--preset", "huge"], /no preset "huge"; choose one of .*quick/],
  ["an unknown key", ["--set", "model.width=3"], /unknown key model\.width/],
  ["h = 0", ["--set", "model.hidden=0"], /model\.hidden/],
  ["a wrong type", ["--set", "model.hidden=many"], /model\.hidden/],
  ["NaN", ["--set", "loss.lambdaOn=.nan"], /loss\.lambdaOn/],
  ["k above d", ["--set", "task.activeFeatures=1000"], /task\.activeFeatures: must be at most model\.features = 512/],
  ["an unknown activation", ["--set", "model.activation=sine"], /model\.activation: must be one of tanh-cubed, /],
  [
    "a form that the loss lacks",
    ["--set", "loss.name=softmax", "--set", "loss.form=gram"],
    /unknown key loss\.form/,
  ],
  [
    "features that do not fit",
    ["--set", "model.features=2e8"],
    /needs about .* GiB .* has .* GiB; lower model\.features/,
  ],
  [
    "a batch that does not fit",
    ["--set", "training.batch=1e12"],
    /needs about .* GiB .* has .* GiB; lower training\.batch/,
  ],
  ["steps that are no number", ["--steps", "soon"], /--steps must be a whole number/],
  ["an unknown device", ["--device", "abacus"], /no device "abacus"; choose auto, cpu or cuda/],
  ["an operand", ["quick"], /"quick" is not an option/],
];

Deno.test("train-superposition answers each mistake with one sentence and exit code 2", async () => {
  await inFolder(async (folder) => {
    for (const [mistake, words, expected] of mistakes) {
      const { code, errors } = await runTask("train-superposition", folder, "--only", "superposition", ...words);
      const message = errors.split("\n").filter((line) => line.startsWith("train-superposition: "));
      assertEquals([mistake, code, message.length], [mistake, 2, 1], errors);
      assertMatch(message[0], expected);
      assert(!errors.includes("    at "), `${mistake} printed a stack trace`);
    }
    assertEquals(await Array.fromAsync(Deno.readDir(folder)), []);
  });
});

Deno.test("train-superposition --resume refuses another experiment than the run was begun with", async () => {
  await withTiny(async (folder) => {
    const words = ["--config", "tiny.yaml", "--steps", "10"];
    assertEquals((await runTask("train-superposition", folder, ...words)).code, 0);
    const { code, errors } = await runTask("train-superposition", folder, ...words, "--seed", "6", "--resume");
    assertEquals(code, 2);
    assertStringIncludes(errors, "begun with another training.seed; ask for the same experiment");
  });
});

Deno.test("train-superposition stops with one sentence when the objective diverges", async () => {
  await withTiny(async (folder) => {
    const words = ["--config", "tiny.yaml", "--set", "optimizer.name=sgd", "--set", "optimizer.learningRate=1e30"];
    const { code, errors } = await runTask("train-superposition", folder, ...words);
    assertEquals(code, 1, errors);
    assertStringIncludes(errors, "optimizer.learningRate is too high; start again with a lower one, such as --set ");
  });
});

Deno.test("train-superposition says that a network is dead, in what it prints, in the summary and on the page", async () => {
  await withTiny(async (folder) => {
    const words = ["--config", "tiny.yaml", "--steps", "20", "--set", "task.noiseVariance=1e30"];
    const { code, output, errors } = await runTask("train-superposition", folder, ...words);
    assertEquals(code, 0, errors);
    const run = await openRun(`${folder}/runs/tiny`);
    const warning = "The network is dead: its held-out objective, ";
    for (const text of [output, await run.readText("summary.md"), await run.readText("index.html")]) {
      assertStringIncludes(text, warning);
      assertStringIncludes(text, "No weight lies in a corner");
    }
  });
});

Deno.test("figures draws a run again from its directory alone", async () => {
  const { folder } = await wholeRun();
  const path = `${folder}/runs/tiny/figures/headline.svg`;
  const before = await Deno.readTextFile(path);
  await Deno.remove(path);
  const { code, errors } = await runTask("figures", folder, "tiny");
  assertEquals(code, 0, errors);
  assertEquals(await Deno.readTextFile(path), before);
  assertEquals((await runTask("figures", folder, "absent")).code, 2);
});
