import { join } from "node:path";
import { parse } from "@std/yaml";
import { assert, assertEquals, assertFalse, assertGreater, assertRejects } from "@std/assert";
import { parseConfig } from "../../../models/experiment/config.ts";
import { FailureError, UsageError } from "../../../models/errors.ts";
import { createRun, openRun } from "../../../models/run/run_directory.ts";
import { transpose } from "../../../models/run/files/transpose.ts";
import { currentVersions } from "../../../models/run/versions.ts";
import { atEveryStep, type Fault } from "./files/faulty_disk.ts";

const config = parseConfig(
  { name: "tiny", description: "yes: #1, ".repeat(30), model: { features: 4, hidden: 3 }, training: { steps: 10 } },
  "test",
);
const otherConfig = { ...config, name: "other" };
const weights = {
  features: 4,
  hidden: 3,
  encoder: Float32Array.from({ length: 12 }, (_, index) => index / 7),
  decoder: Float32Array.from({ length: 12 }, (_, index) => -index),
};
const faults = ["once", "crash"] satisfies Fault[];

/** Gives a test the path of a run that is not there yet, in a folder that is not there either. */
function runTest(name: string, test: (path: string) => Promise<void>): void {
  Deno.test(name, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await test(join(folder, "runs", "tiny"));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

function namesBeside(path: string): string[] {
  return [...Deno.readDirSync(join(path, ".."))].map(({ name }) => name).sort();
}

runTest("createRun() writes the whole experiment and the versions", async (path) => {
  await createRun(path, config);
  const run = await openRun(path);
  assertEquals(await run.readConfig(), config);
  assertEquals(await run.readVersions(), currentVersions());
  assertEquals(parse(await Deno.readTextFile(join(path, "config.yaml"))), { ...config, versions: currentVersions() });
  assertEquals(namesBeside(path), ["tiny"]);
});

runTest("createRun() takes an empty folder", async (path) => {
  await Deno.mkdir(path, { recursive: true });
  assertEquals(await (await createRun(path, config)).readConfig(), config);
});

runTest("createRun() replaces a run only when told to, and then entirely", async (path) => {
  const run = await createRun(path, config);
  await run.write("figures/headline.svg", "<svg/>");
  const error = await assertRejects(() => createRun(path, otherConfig), UsageError);
  assertEquals(
    error.message,
    `${path} exists: go on with it by --resume, choose another --name, or replace it by --overwrite.`,
  );
  assertEquals(await run.readText("figures/headline.svg"), "<svg/>");

  await createRun(path, otherConfig, { overwrite: true });
  assertEquals((await run.readConfig()).name, "other");
  assertFalse(await run.has("figures"));
  assertEquals(namesBeside(path), ["tiny"]);
});

runTest("createRun() never replaces what is no run", async (path) => {
  await Deno.mkdir(path, { recursive: true });
  await Deno.writeTextFile(join(path, "thesis.tex"), "dear");
  await assertRejects(() => createRun(path, config, { overwrite: true }), UsageError, "is no run");
  await assertRejects(() => createRun(join(path, "thesis.tex"), config, { overwrite: true }), UsageError, "is no run");
  assertEquals(await Deno.readTextFile(join(path, "thesis.tex")), "dear");
});

for (const fault of faults) {
  runTest(`createRun() leaves the old run or the new when a step fails (${fault})`, async (path) => {
    const steps = await atEveryStep(
      fault,
      async () => {
        const run = await createRun(path, config, { overwrite: true });
        await run.appendMetrics([{ step: 1 }]);
        return run;
      },
      (_run, disk) => createRun(path, otherConfig, { overwrite: true, disk }),
      async (run, error) => {
        if (error !== undefined) assert(error instanceof FailureError, String(error));
        const aside = join(path, "..", ".tiny.replaced");
        const there = await run.has("config.yaml") ? run : await openRun(aside);
        if (fault === "once") assertEquals(there.path, path);
        const { name } = await there.readConfig();
        assertEquals(await there.readMetrics(), name === "tiny" ? [{ step: 1 }] : []);
        if (error === undefined) assertEquals(name, "other");
      },
    );
    assertGreater(steps, 8);
  });
}

runTest("openRun() says that there is no run", async (path) => {
  await assertRejects(() => openRun(path), UsageError, `There is no run at ${path}`);
});

runTest("readConfig() names a wrong key, and a file that is no YAML", async (path) => {
  const run = await createRun(path, config);
  const text = await run.readText("config.yaml");
  await run.write("config.yaml", text.replace("hidden: 3", "hidden: 0"));
  await assertRejects(() => run.readConfig(), UsageError, `${run.file("config.yaml")}: model.hidden: `);
  await run.write("config.yaml", "model: [");
  const error = await assertRejects(() => run.readConfig(), FailureError, "config.yaml is no YAML: ");
  assertEquals(error.message.split("\n").length, 1);
  await run.write("config.yaml", "");
  await assertRejects(() => run.readConfig(), FailureError, "config.yaml holds no keys");
});

runTest("appendMetrics() adds rows, and mends a line that was cut off", async (path) => {
  const run = await createRun(path, config);
  assertEquals(await run.readMetrics(), []);
  await run.appendMetrics([{ step: 1, objective: 2 }]);
  await Deno.writeTextFile(run.file("metrics.jsonl"), '{"step":2,"objec', { append: true });
  assertEquals(await run.readMetrics(), [{ step: 1, objective: 2 }]);
  await run.appendMetrics([{ step: 2, objective: 1 }, { step: 3, objective: NaN }]);
  assertEquals(await run.readMetrics(), [
    { step: 1, objective: 2 },
    { step: 2, objective: 1 },
    { step: 3, objective: NaN },
  ]);
});

runTest("appendMetrics() mends a cut line that is longer than a block", async (path) => {
  const run = await createRun(path, config);
  await Deno.writeTextFile(run.file("metrics.jsonl"), `{"step":1}\n{"step":${"7".repeat(10_000)}`);
  await run.appendMetrics([{ step: 2 }]);
  assertEquals(await run.readText("metrics.jsonl"), '{"step":1}\n{"step":2}\n');
  await Deno.writeTextFile(run.file("metrics.jsonl"), `{"step":${"7".repeat(10_000)}`);
  await run.appendMetrics([{ step: 2 }]);
  assertEquals(await run.readText("metrics.jsonl"), '{"step":2}\n');
});

runTest("truncateMetrics() removes what comes after a step", async (path) => {
  const run = await createRun(path, config);
  await run.truncateMetrics(5);
  await run.appendMetrics([{ step: 5 }, { step: 10 }, { step: 15 }]);
  await run.truncateMetrics(10);
  assertEquals(await run.readMetrics(), [{ step: 5 }, { step: 10 }]);
});

for (const fault of faults) {
  runTest(`appendMetrics() keeps the rows before when a step fails (${fault})`, async (path) => {
    const steps = await atEveryStep(
      fault,
      async () => {
        const run = await createRun(path, config, { overwrite: true });
        await run.appendMetrics([{ step: 1 }]);
        return run;
      },
      async (_run, disk) => (await openRun(path, disk)).appendMetrics([{ step: 2 }, { step: 3 }]),
      async (run, error) => {
        const whole = [{ step: 1 }, { step: 2 }, { step: 3 }];
        const rows = await run.readMetrics();
        if (error === undefined) return assertEquals(rows, whole);
        assert(error instanceof FailureError);
        assertEquals(rows, whole.slice(0, rows.length));
        assertGreater(rows.length, 0);
        await run.truncateMetrics(1);
        await run.appendMetrics(whole.slice(1));
        assertEquals(await run.readMetrics(), whole);
      },
    );
    assertGreater(steps, 2);
  });

  runTest(`writeWeights() leaves the old weights or the new when a step fails (${fault})`, async (path) => {
    const later = { ...weights, encoder: weights.decoder };
    const steps = await atEveryStep(
      fault,
      async () => {
        const run = await createRun(path, config, { overwrite: true });
        await run.writeWeights(weights);
        return run;
      },
      async (_run, disk) => (await openRun(path, disk)).writeWeights(later),
      async (run, error) => {
        const { encoder } = await run.readWeights();
        const isNew = encoder[1] === later.encoder[1];
        assertEquals(encoder, isNew ? later.encoder : weights.encoder);
        if (error === undefined) assert(isNew);
      },
    );
    assertGreater(steps, 5);
  });
}

runTest("readWeights() gives back what writeWeights() was given", async (path) => {
  const run = await createRun(path, config);
  await run.writeWeights(weights);
  assertEquals(await run.readWeights(), weights);
  // PyTorch's shapes on disk: the encoder [h, d], the decoder [d, h].
  const bytes = await run.readBytes("weights.safetensors");
  const numbers = new Float32Array(bytes.buffer, bytes.length - 2 * 12 * 4);
  assertEquals(numbers.subarray(0, 12), weights.decoder);
  assertEquals(numbers.subarray(12), transpose(weights.encoder, 4, 3));
});

runTest("readWeights() says what is missing or damaged, and what to do", async (path) => {
  const run = await createRun(path, config);
  await assertRejects(() => run.readWeights(), UsageError, `${path} has no weights.safetensors yet`);
  await run.writeWeights(weights);
  const bytes = await run.readBytes("weights.safetensors");
  await run.write("weights.safetensors", bytes.subarray(0, bytes.length - 1));
  await assertRejects(() => run.readWeights(), FailureError, "weights.safetensors is damaged (it ends within tensor");
});

runTest("readAnalysis() gives back what writeAnalysis() was given", async (path) => {
  const run = await createRun(path, config);
  await assertRejects(() => run.readAnalysis(), UsageError, "has no analysis.json yet");
  await run.writeAnalysis({ signs: { degrees: Uint32Array.of(1, 2), density: 0.1 }, undefinedStatistic: NaN });
  assertEquals(await run.readAnalysis(), { signs: { degrees: [1, 2], density: 0.1 }, undefinedStatistic: null });
  await run.write("analysis.json", "{");
  await assertRejects(() => run.readAnalysis(), FailureError, "analysis.json is no JSON");
});

runTest("readText() names a file that the run does not have", async (path) => {
  const run = await createRun(path, config);
  await assertRejects(() => run.readText("summary.md"), UsageError, `There is no ${run.file("summary.md")}`);
});
